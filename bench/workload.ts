// The events of a billing day as the worker gets them: the simulated Stripe's, at the size that real ones have.
import { laneRules } from "@stripe-lanes/core/lanes";
import { seeded } from "@stripe-lanes/testing/random";
import type { StripeEvent, StripeObject } from "@stripe-lanes/testing/stripe/event";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { FILLINGS, type Filling } from "./fillings.ts";

/** Gives so many bodies of the lanes' queue, in the order they were sent; the same seed gives the same ones. */
export function workload(seed: number, events: number): string[] {
  return traffic({ seed, events }).events.map((event) => bodyOf(filled(event)));
}

/** Bytes of a body, on average. @throws RangeError when there are none. */
export function meanBody(bodies: readonly string[]): number {
  if (bodies.length === 0) throw new RangeError("There are no bodies.");
  return bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / bodies.length;
}

/** What the rules hand over of a snapshot (D1). */
const FIELDS = fieldsOf(laneRules({ lanes: 2, sourcePrefix: "", set: "snapshot" })[0]?.input);

function fieldsOf(input: ReturnType<typeof laneRules>[number]["input"] | undefined): string[] {
  if (input === undefined || "path" in input) throw new Error("The lanes' rules make no body of a snapshot.");
  return Object.keys(input.paths);
}

/** The body that the lanes' rules make of an event. */
export function bodyOf(event: StripeEvent): string {
  return JSON.stringify(
    Object.fromEntries(FIELDS.map((field) => [field, event[field as keyof StripeEvent]])),
  );
}

/** The same event with the fields that a live account's object carries. */
export function filled(event: StripeEvent): StripeEvent {
  const { object } = event.data;
  const filling = FILLINGS[object.object]?.(seeded(numberOf(`${object.id}`)), object);
  if (filling === undefined) return event;
  return { ...event, data: { ...event.data, object: fill(object, filling) as StripeObject } };
}

/** Takes a field where there is none; what is there stays. */
function fill(object: Filling, filling: Filling): Filling {
  const fields = Object.entries(filling).map(([name, value]) => [name, filledField(object[name], value)]);
  return { ...object, ...Object.fromEntries(fields) };
}

function filledField(present: unknown, value: unknown): unknown {
  if (present === undefined || present === null) return value;
  return isObject(present) && isObject(value) ? fill(present, value) : present;
}

function isObject(value: unknown): value is Filling {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** So that an object carries the same in each of its events. */
function numberOf(id: string): number {
  return [...id].reduce((sum, character) => (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0, 0);
}
