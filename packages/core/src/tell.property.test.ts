// How the events of real objects end, from every order of arrival.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Snapshot, StripeObject } from "./event.ts";
import { permutations } from "./fixtures/permutations.ts";
import { canonical, type Json, type JsonObject } from "./json.ts";
import { order } from "./order.ts";
import type { Part } from "./part.ts";
import { nounOf } from "./registry.ts";
import { tell } from "./tell.ts";

type Told = { type: string; second?: number; object: StripeObject; previous?: JsonObject };

const TOLD = { livemode: false, account: null, apiVersion: null };

/** Events in the order they happened, with ids in the order that the letters give. */
function events(all: Told[], ids: string): Snapshot[] {
  return all.map(({ type, second = 10, object, previous = null }, index) => {
    const identity = { id: `evt_${ids[index]}`, type, created: second };
    return { kind: "snapshot", ...identity, ...TOLD, object, previous };
  });
}

function fold(arrival: readonly Snapshot[]): Part {
  const part = arrival.reduce<Part | undefined>(
    (sofar, event) => order(sofar, tell(nounOf(event.object.object), event)).part,
    undefined,
  );
  if (part === undefined) throw new Error("Nothing was told.");
  return part;
}

function onlyOne(parts: Part[]): Part {
  const distinct = new Map(parts.map((part) => [canonical(part as unknown as Json), part]));
  const [one] = distinct.values();
  if (distinct.size !== 1 || !one)
    throw new Error(`${distinct.size} ends: ${[...distinct.keys()].join(" ")}`);
  return one;
}

/** The one part that the events end in from every order of arrival, whatever their ids say. */
function ends(all: Told[]): Part {
  const arrivals = (ids: string) => permutations(events(all, ids));
  const { state, deleted, tie, ...part } = onlyOne(arrivals("abcdef").map(fold));
  for (const ids of ["fedcba", "dafbec"]) {
    expect(onlyOne(arrivals(ids).map(fold))).toMatchObject({ state, deleted, tie });
  }
  return { state, deleted, tie, ...part };
}

describe("an ordinary invoice's second", () => {
  const IDS = { object: "invoice", id: "in_1", customer: "cus_1" };
  const invoice = (status: string, more: JsonObject = {}) => ({ ...IDS, total: 1900, status, ...more });
  const paid = { amount_paid: 1900, charge: "ch_1" };
  const second: Told[] = [
    { type: "invoice.created", object: invoice("draft") },
    { type: "invoice.finalized", object: invoice("open", { number: "A-1" }) },
    { type: "invoice.paid", object: invoice("paid", { number: "A-1", ...paid }) },
    { type: "invoice.payment_succeeded", object: invoice("paid", { number: "A-1", ...paid }) },
  ];

  it("ends paid, without a tie", () => {
    expect(ends(second)).toMatchObject({ state: { status: "paid", paid: 1900 }, tie: false });
  });

  it("ends paid, with the update that tells of it as well", () => {
    const object = invoice("paid", { number: "A-1", ...paid });
    const previous = { status: "open", amount_paid: 0, charge: null };
    expect(ends([...second, { type: "invoice.updated", object, previous }])).toMatchObject({
      state: { status: "paid" },
      tie: false,
    });
  });

  it("ends void for good, however late its other events are", () => {
    const late = second.map((told, index) => ({ ...told, second: 20 + index }));
    expect(ends([...late, { type: "invoice.voided", object: invoice("void") }])).toMatchObject({
      state: { status: "void" },
      finality: "terminal",
      tie: false,
    });
  });
});

describe("a subscription whose quantity changes several times in one second", () => {
  /** Since basil the items have the periods, before it the subscription. */
  const shapes = ["old", "new"] as const;
  const IDS = { object: "subscription", id: "sub_1", customer: "cus_1" };
  const ITEM = { id: "si_1", price: { id: "price_1", product: "prod_1" } };

  /** What differs from one quantity to the next. */
  function differing(shape: (typeof shapes)[number], quantity: number): JsonObject {
    const period = { current_period_start: 100, current_period_end: 100 + quantity };
    const item = { ...ITEM, quantity, ...(shape === "new" ? period : {}) };
    return { quantity, items: { data: [item] }, ...(shape === "old" ? period : {}) };
  }

  function changed(shape: (typeof shapes)[number], quantity: number): StripeObject {
    return { ...IDS, status: "active", ...differing(shape, quantity) };
  }

  function updates(shape: (typeof shapes)[number], quantities: number[]): Told[] {
    return quantities.slice(1).map((quantity, index) => ({
      type: "customer.subscription.updated",
      object: changed(shape, quantity),
      previous: differing(shape, quantities[index] as number),
    }));
  }

  it.each(shapes)("ends in the last one, in the %s shape", (shape) => {
    const created = { type: "customer.subscription.created", object: changed(shape, 1) };
    const part = ends([created, ...updates(shape, [1, 2, 3, 4, 5])]);
    expect(part).toMatchObject({ state: { items: [{ quantity: 5, periodEnd: 105 }] }, tie: false });
  });

  it("ends in one state, marked as a tie, where it went back to an earlier one", () => {
    expect(ends(updates("new", [1, 2, 1, 3])).tie).toBe(true);
  });

  it("ends canceled, however late an update comes", () => {
    const canceled = { ...changed("new", 2), status: "canceled" };
    const gone = { type: "customer.subscription.deleted", second: 5, object: canceled };
    const part = ends([gone, ...updates("new", [1, 2, 3])]);
    expect(part).toMatchObject({ state: { status: "canceled" }, deleted: false, finality: "terminal" });
  });
});

describe("a customer who is deleted", () => {
  it("stays deleted, however late an update comes", () => {
    const customer = { object: "customer", id: "cus_1", email: "ada@example.com" };
    const part = ends([
      { type: "customer.created", second: 1, object: customer },
      { type: "customer.deleted", second: 3, object: customer },
      { type: "customer.updated", second: 3, object: customer, previous: { email: null } },
      { type: "customer.updated", second: 9, object: customer, previous: { email: null } },
    ]);
    expect(part).toMatchObject({ deleted: true, finality: "tombstone", second: 3 });
  });
});

describe("an id that is deleted and born again", () => {
  const named = (object: string, name: string) => ({ object, id: "again", name });

  it.each(["product", "coupon", "plan"])("ends as it was left last: %s", (object) => {
    const born: Told = { type: `${object}.created`, second: 1, object: named(object, "first") };
    const gone: Told = { type: `${object}.deleted`, second: 2, object: named(object, "first") };
    const again: Told = { type: `${object}.created`, second: 3, object: named(object, "second") };
    const goneAgain: Told = { type: `${object}.deleted`, second: 4, object: named(object, "second") };
    expect(ends([born, gone])).toMatchObject({ deleted: true, tie: false });
    expect(ends([born, gone, again])).toMatchObject({
      deleted: false,
      state: { name: "second" },
      tie: false,
    });
    expect(ends([born, gone, again, goneAgain])).toMatchObject({ deleted: true, tie: false });
  });

  it("ends as its update left it, where it was born in the same second", () => {
    const born: Told = { type: "product.created", object: named("product", "first") };
    const object = named("product", "second");
    const renamed: Told = { type: "product.updated", object, previous: { name: "first" } };
    expect(ends([born, renamed])).toMatchObject({ deleted: false, state: { name: "second" }, tie: false });
  });
});

describe("metadata that comes, changes and goes within one second", () => {
  const plans = fc.uniqueArray(fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("1", "2", "3")), {
    selector: (texts) => canonical(texts),
    minLength: 2,
    maxLength: 5,
  });

  it("ends as it was left last, however the changes are told", () => {
    fc.assert(
      fc.property(plans, (all) => {
        const told = all.slice(1).map((metadata, index): Told => {
          const before = all[index] ?? {};
          const added = Object.keys(metadata).map((key) => [key, null]);
          const previous = { metadata: { ...Object.fromEntries(added), ...before } };
          return {
            type: "customer.updated",
            object: { object: "customer", id: "cus_1", metadata },
            previous,
          };
        });
        expect(ends(told)).toMatchObject({ state: { metadata: all.at(-1) }, tie: false });
      }),
      { numRuns: 40 },
    );
  });
});
