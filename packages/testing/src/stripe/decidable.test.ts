import { describe, expect, it } from "vitest";
import type { StripeEvent } from "./event.ts";
import { overlay } from "./previous.ts";
import { identityOf } from "./shown.ts";
import { traffic } from "./traffic.ts";

const busy = ["2020-08-27", "2024-09-30.acacia", "2025-09-30.clover", "2026-10-28.endive"].map(
  (apiVersion, seed) => traffic({ seed, events: 3000, apiVersion }),
);

describe("the events of one object in one second", () => {
  it("tell by themselves which of them was the last", () => {
    for (const { events } of busy) {
      const undecided = secondsOf(events).filter((group) => !endsWhereItDid(group));
      expect(undecided.map((group) => group.map((event) => event.type))).toEqual([]);
    }
  });

  it("are several, often enough", () => {
    const groups = busy.flatMap(({ events }) => secondsOf(events));
    expect(groups.filter((group) => group.length > 2).length).toBeGreaterThan(100);
  });
});

function secondsOf(events: readonly StripeEvent[]): StripeEvent[][] {
  const known = events.filter((event) => identityOf(event.data.object) !== null);
  return Object.values(
    Object.groupBy(known, (event) => `${identityOf(event.data.object)} ${event.created}`),
  ) as StripeEvent[][];
}

function endsWhereItDid(group: readonly StripeEvent[]): boolean {
  const [end, ...others] = possibleEnds(group);
  return end === stateLeft(group.at(-1)) && others.length === 0;
}

const FURTHER = [
  "draft",
  "incomplete",
  "open",
  "paid",
  "void",
  "succeeded",
  "complete",
  "expired",
  "canceled",
];

const TOMBSTONES = [
  "customer.deleted",
  "customer.discount.deleted",
  "invoice.deleted",
  "invoiceitem.deleted",
];

/** By the lifecycle; statuses that it does not set apart count as active. */
function rankOf({ type, data }: StripeEvent): number {
  if (type.endsWith(".created")) return -1;
  if (TOMBSTONES.includes(type)) return FURTHER.length;
  return Math.max(2, FURTHER.indexOf(String(data.object.status)));
}

/** Where any order of the furthest events ends in which each finds what the one before it left. */
function possibleEnds(group: readonly StripeEvent[]): string[] {
  const furthest = Math.max(...group.map(rankOf));
  const rivals = group.filter((event) => rankOf(event) === furthest);
  if (new Set(rivals.map(stateLeft)).size === 1) return [stateLeft(rivals[0])];
  const orders = permutations(rivals).filter((order) =>
    order.every((event, index) => index === 0 || follows(event, order[index - 1] as StripeEvent)),
  );
  return [...new Set(orders.map((order) => stateLeft(order.at(-1))))];
}

function follows({ data }: StripeEvent, before: StripeEvent): boolean {
  if (data.previous_attributes === undefined) return true;
  return canonical(overlay(data.object, data.previous_attributes)) === stateLeft(before);
}

/** Of a delayed payment that failed, the event's type is the only sign. */
function stateLeft(event: StripeEvent | undefined): string {
  const { object } = event?.data ?? {};
  if (event?.type.endsWith(".deleted")) return `${event.type} ${canonical(object)}`;
  return object?.object === "checkout.session" ? `${event?.type} ${object.id}` : canonical(object);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
