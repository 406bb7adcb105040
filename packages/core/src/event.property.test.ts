import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LARGEST_BODY } from "./envelope.ts";
import { Malformed } from "./errors.ts";
import { objectIdOf, parseEvent, type Snapshot, type StripeEvent } from "./event.ts";
import { type Item, rowItem } from "./item.ts";
import { type Json, type JsonObject, parseJson } from "./json.ts";
import { aggregateOf, ledgerKey } from "./keys.ts";
import { laneOf } from "./lanes.ts";
import { order } from "./order.ts";
import { nounOf } from "./registry.ts";
import { rowOf } from "./row.ts";
import { tell } from "./tell.ts";

const SNAPSHOT = {
  id: "evt_1",
  object: "event",
  type: "checkout.session.completed",
  api_version: "2026-10-28.endive",
  account: "acct_1",
  created: 1_792_000_000,
  livemode: false,
  data: {
    object: {
      object: "checkout.session",
      id: "cs_1",
      customer: { id: "cus_1" },
      status: "complete",
      payment_status: "paid",
      line_items: { data: [{ price: { id: "price_1" }, quantity: 2 }], has_more: false },
      items: { data: [{ id: "si_1", price: { id: "price_1", product: "prod_1" }, quantity: 2 }] },
      metadata: { lines: "[]", price_id: "price_1", quantity: "2" },
      deleted: false,
    },
    previous_attributes: { status: "open", metadata: { lines: null }, items: { data: [] } },
  },
} satisfies JsonObject;

const THIN: JsonObject = {
  id: "evt_2",
  object: "v2.core.event",
  type: "v1.customer.updated",
  created: "2026-11-01T00:00:00Z",
  livemode: true,
  context: "acct_1",
  related_object: { id: "cus_1", type: "customer", url: "/v1/customers/cus_1" },
};

const OBJECT_TYPES = ["customer", "subscription", "checkout.session", "invoice", "product", "constructor"];

function snapshotOf(objectType: string): JsonObject {
  const { data } = SNAPSHOT;
  return { ...SNAPSHOT, data: { ...data, object: { ...data.object, object: objectType } } };
}

/** One value somewhere in the tree gives way to another; to nothing, where that is undefined. */
function mutated(value: Json, path: number[], replacement: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return replacement;
  const names = Object.keys(value);
  if (names.length === 0) return replacement;
  const name = names[step % names.length] as string;
  const copy = structuredClone(value) as JsonObject;
  const member = mutated(copy[name] as Json, rest, replacement);
  if (member === undefined) delete copy[name];
  if (member !== undefined) copy[name] = member;
  return copy;
}

/** Half characters too. */
const character = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const anything = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.constant(undefined),
  fc.constant("__proto__"),
);
/** Mostly inside `data`, a snapshot's eighth member, where an event stays one. */
const inData = fc.array(fc.nat(20), { minLength: 2, maxLength: 5 }).map((steps) => [7, ...steps]);
const anywhere = fc.array(fc.nat(20), { maxLength: 4 });
const paths = fc.oneof({ weight: 9, arbitrary: inData }, { weight: 1, arbitrary: anywhere });
const mutations = fc.array(fc.tuple(paths, anything), { maxLength: 6 });

/** Events that were once Stripe's. */
const bodies = fc
  .tuple(fc.constantFrom(...OBJECT_TYPES.map(snapshotOf), THIN), mutations)
  .map(([event, all]) => {
    const mutant = all.reduce<Json | undefined>((json, [path, by]) => mutated(json ?? null, path, by), event);
    return JSON.stringify(mutant ?? null);
  });

const torn = fc
  .tuple(bodies, fc.nat(400), fc.nat(3), fc.string({ unit: character, maxLength: 3 }))
  .map(([body, at, length, by]) => body.slice(0, at) + by + body.slice(at + length));

/** The event, or why it is refused: no other error is let through. */
function taken(body: string): StripeEvent | Malformed {
  try {
    return parseEvent(body);
  } catch (error) {
    if (error instanceof Malformed) return error;
    throw error;
  }
}

function parsed(body: string): StripeEvent | null {
  const event = taken(body);
  return event instanceof Malformed ? null : event;
}

/** The kind of event it is, or the reason it is refused for. */
function outcome(body: string): string {
  const event = taken(body);
  return event instanceof Malformed ? event.reason : event.kind;
}

function itemOf(event: Snapshot, id: string): Item {
  const noun = nounOf(event.object.object);
  const { part } = order(undefined, tell(noun, event));
  const object = noun.keyedByType ? { object: event.object.object } : {};
  const customer = noun.customerOf(part.state, id);
  return rowItem(
    rowOf(noun, { tenant: "acct_1", noun: noun.name, ...object, id, customer }, { [id]: part }, 1),
  );
}

describe("whatever bytes come", () => {
  it("a body is an event or malformed, and nothing else is thrown", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: character }), fc.json(), bodies, torn), (body) => {
        expect(outcome(body)).toMatch(/^(snapshot|thin|not-json|not-an-event|unsafe-number)$/);
      }),
      { numRuns: 1500 },
    );
  });

  it("an event has its lane, its ledger key and its row, and nothing is thrown on the way", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const event = parsed(body);
        if (event === null) return;
        expect(laneOf(parseJson(body) as JsonObject, 3)).toMatch(/^(connect-|thin-)?lane-(0[012]|rest)$/);
        expect(ledgerKey("acct_1", event).pk).toBe(aggregateOf("acct_1", event));
        const id = objectIdOf(event);
        if (event.kind === "snapshot" && id !== null) expect(itemOf(event, id).rev).toBe(1);
      }),
      { numRuns: 800 },
    );
  });

  it("the mutations above leave many an event whole", () => {
    const events = fc.sample(bodies, { numRuns: 500, seed: 1 }).filter((body) => parsed(body) !== null);
    expect(events.length).toBeGreaterThan(150);
    expect(events.length).toBeLessThan(400);
  });
});

describe("a thin event's time", () => {
  const thin = (created: string) => parsed(JSON.stringify({ ...THIN, created }));
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  const fractions = fc.constantFrom("", ".1", ".987", ".987654321");

  it("is a full timestamp: nothing that is cut off its end leaves one", () => {
    fc.assert(
      fc.property(seconds, fractions, (second, fraction) => {
        const local = new Date(second * 1000).toISOString().slice(0, 19) + fraction;
        expect(["Z", "+00:00"].map((zone) => thin(local + zone)?.created)).toEqual([second, second]);
        expect(thin(`${local}+02:00`)?.created ?? 0).toBe(Math.max(0, second - 7200));
        const cut = Array.from(local, (_, end) => local.slice(0, end + 1));
        expect(cut.filter((created) => thin(created) !== null)).toEqual([]);
      }),
    );
  });
});

describe("a body", () => {
  it("may have as many bytes as an item of the table, and not one more", () => {
    const padded = (bytes: number) => {
      const frame = JSON.stringify({ ...SNAPSHOT, pad: "" }).length;
      return JSON.stringify({ ...SNAPSHOT, pad: "x".repeat(bytes - frame) });
    };
    expect(outcome(padded(LARGEST_BODY))).toBe("snapshot");
    expect(outcome(padded(LARGEST_BODY + 1))).toBe("too-large");
  });

  it("is measured in bytes, not in characters", () => {
    expect(outcome("é".repeat(LARGEST_BODY / 2 + 1))).toBe("too-large");
  });

  it.each(["null", "[]", "1", '"event"', "{}", '{"object":null}'])("that is %s is no event", (body) => {
    expect(outcome(body)).toBe("not-an-event");
  });
});
