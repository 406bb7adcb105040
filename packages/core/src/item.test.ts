import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marshalled, unmarshalled } from "./dynamo-encoding.ts";
import type { Snapshot, StripeObject } from "./event.ts";
import { countersOf, entriesOf, type Item, ledgerItem, loadedOf, rowItem, rowsOf } from "./item.ts";
import { keyText, rowKey } from "./keys.ts";
import { entryOf } from "./ledger.ts";
import { order } from "./order.ts";
import type { Part } from "./part.ts";
import { nounOf } from "./registry.ts";
import { type Row, rowOf } from "./row.ts";
import { tell, tellFetched } from "./tell.ts";

const SUBSCRIPTION = { object: "subscription", id: "sub_1", customer: "cus_1", status: "active" };

type Change = {
  letter: string;
  second: number;
  type: string;
  name: string;
  before: string | null;
  fetched: boolean;
};

function eventOf(
  object: StripeObject,
  { letter, second, type, before }: Omit<Change, "name" | "fetched">,
): Snapshot {
  const told = { id: `evt_${letter}`, type: `${object.object}.${type}`, created: second };
  const previous = before === null ? null : { metadata: { name: before } };
  return { kind: "snapshot", ...told, livemode: false, account: null, apiVersion: null, object, previous };
}

/** The row that changes of an object's name make, one after the other. */
function rowAfter(objectType: string, customer: string | null, changes: Change[], id = "id_1"): Row {
  const noun = nounOf(objectType);
  const parts = changes.reduce<Part | undefined>((part, { name, fetched, ...change }) => {
    const object: StripeObject = {
      object: objectType,
      id,
      customer,
      status: "active",
      metadata: { name },
    };
    const event = eventOf(object, change);
    const answer = { object, second: change.second, until: change.second + 2 };
    return order(part, fetched ? tellFetched(noun, event, answer, object) : tell(noun, event)).part;
  }, undefined);
  const kind = noun.keyedByType ? { object: objectType } : {};
  const owner = { customer: id, subscription: customer }[objectType] ?? null;
  const identity = { tenant: "acct#1", noun: noun.name, ...kind, id, customer: owner };
  return rowOf(noun, identity, { [id]: parts as Part }, changes.length);
}

/** What the table gives back: plain data in DynamoDB's encoding, nothing shared. */
function stored(items: Item[]): Item[] {
  return items.map((item) => unmarshalled(marshalled(item)) as Item);
}

const names = fc.constantFrom("a", "b", "c");
const changes = fc.record({
  letter: fc.constantFrom(..."abcdefghijklmnop"),
  second: fc.constantFrom(1, 2, 2, 2, 2),
  type: fc.constantFrom("updated", "updated", "updated", "updated", "created", "deleted"),
  name: names,
  before: fc.option(names),
  fetched: fc.constantFrom(false, false, false, false, false, false, true),
}) satisfies fc.Arbitrary<Change>;

const rows = fc
  .tuple(
    fc.constantFrom("customer", "subscription", "checkout.session", "product", "in#voice"),
    fc.constantFrom(null, "cus_1", "cus#1"),
    fc.array(changes, { minLength: 1, maxLength: 24 }),
  )
  .map(([objectType, customer, all]) => rowAfter(objectType, customer, all));

describe("a row that is written down and read again", () => {
  it("is the same, with its ties, crowds, tombstones and fetched states", () => {
    fc.assert(
      fc.property(rows, (row) => {
        expect(rowsOf(stored([rowItem(row)]))).toStrictEqual([row]);
      }),
      { numRuns: 500 },
    );
  });

  it("was each of these at some time above", () => {
    const parts = fc.sample(rows, { numRuns: 500, seed: 1 }).map(({ parts }) => parts.id_1 as Part);
    expect(parts.some(({ tie, crowd }) => tie && crowd === undefined)).toBe(true);
    expect(new Set(parts.map(({ crowd }) => crowd))).toEqual(new Set([undefined, "unlike"]));
    expect(new Set(parts.map(({ finality, deleted }) => `${finality} ${deleted}`)).size).toBeGreaterThan(2);
    expect(new Set(parts.map(({ via }) => via))).toEqual(new Set(["event", "fetch"]));
  });

  it("is the same with parts of other objects", () => {
    const { parts, ...row } = rowAfter("checkout.session", "cus_1", [change({})]);
    const other = rowAfter("product", null, [
      change({ name: "other" }),
      change({ letter: "b", name: "more" }),
    ]);
    const joined = { ...row, parts: { ...parts, pi_1: other.parts.id_1 as Part } };
    expect(rowItem(joined).parts).toMatchObject([{ told: [{}] }, { id: "pi_1", told: [{}, {}] }]);
    expect(rowsOf(stored([rowItem(joined)]))).toStrictEqual([joined]);
  });

  it.each(["__proto__", "a:b#c%3A"])("is the same whatever its object's id: %s", (id) => {
    const row = rowAfter("in:voice", "cus_1", [change({})], id);
    expect(Object.keys(row.parts)).toEqual([id]);
    expect(rowsOf(stored([rowItem(row)]))).toStrictEqual([row]);
  });

  it("is plain data", () => {
    fc.assert(
      fc.property(rows, (row) => {
        expect(stored([rowItem(row)])).toStrictEqual([rowItem(row)]);
      }),
    );
  });
});

function change(changes: Partial<Change>): Change {
  return { letter: "a", second: 1, type: "updated", name: "a", before: null, fetched: false, ...changes };
}

describe("a row's item", () => {
  it("holds its state once, and nothing that goes without saying", () => {
    const row = rowAfter("subscription", "cus_1", [change({}), change({ letter: "b" })]);
    expect(rowItem(row)).toEqual({
      pk: "acct%231#cus_1",
      sk: "subscription#id_1",
      gsi1pk: "acct%231#id_1",
      gsi1sk: "subscription",
      gsi2pk: "acct%231#subscription#active",
      gsi2sk: "id_1",
      rev: 2,
      state: row.state,
      parts: [{ second: 1, rank: 1, told: [{ event: "evt_b" }] }],
    });
  });

  it("holds no state that is derived of what it holds: a payment then stays under one write unit (D13)", () => {
    const row = rowAfter("payment_intent", "cus_1", [change({})]);
    const item = rowItem(row);
    expect(item).not.toHaveProperty("state");
    expect(item.parts).toMatchObject([{ state: { object: "payment_intent", status: "active" } }]);
    expect(rowsOf(stored([item]))).toStrictEqual([row]);
  });

  it("is listed by its status only while it is there, and has one", () => {
    const payout = rowAfter("payout", null, [change({})]);
    const deleted = rowAfter("payout", null, [change({ type: "deleted" })]);
    const customer = rowAfter("customer", null, [change({})]);
    expect([payout, deleted, customer].map((row) => "gsi2pk" in rowItem(row))).toEqual([true, false, false]);
  });

  it("is not listed by a status that fits no index", () => {
    const row = rowAfter("payout", null, [change({})]);
    const listed = [100, 101].map((length) => "gsi2pk" in rowItem({ ...row, status: "s".repeat(length) }));
    expect(listed).toEqual([true, false]);
  });

  it("stays under one write unit for an ordinary subscription (D13)", () => {
    const id = (prefix: string) => `${prefix}_1PQrStUvWxYz0123456789Ab`;
    const price = { id: id("price"), product: "prod_QRsTuVwXyZ0123" };
    const period = { current_period_start: 1_792_000_000, current_period_end: 1_794_000_000 };
    const object = {
      ...SUBSCRIPTION,
      id: id("sub"),
      customer: "cus_QRsTuVwXyZ0123",
      items: { data: [{ id: "si_QRsTuVwXyZ0123", price, quantity: 1, ...period }] },
      start_date: 1_792_000_000,
      latest_invoice: id("in"),
    };
    const { letter, second, type, before } = change({ letter: id("1"), second: 1_792_000_000 });
    const { part } = order(
      undefined,
      tell(nounOf("subscription"), eventOf(object, { letter, second, type, before })),
    );
    const identity = { tenant: id("acct"), noun: "subscription", id: object.id, customer: object.customer };
    const item = rowItem(rowOf(nounOf("subscription"), identity, { [object.id]: part }, 1));
    expect(JSON.stringify(item).length).toBeLessThan(1024);
  });
});

describe("what the table holds", () => {
  const identity = { tenant: "t", noun: "stock", id: "price_1", customer: null };
  const counter = { ...rowKey("own", identity), reserved: -1, sold: 3 };
  const rowHeld = () => rowAfter("subscription", "cus_1", [change({})]);
  const told = entryOf("t", eventOf(SUBSCRIPTION, change({})), 2, { now: 5, keep: 10 });
  const entry = { ...told, outcome: "applied", reason: "first" } as const;
  const held = () => stored([rowItem(rowHeld()), ledgerItem(entry), counter]);

  it("is told apart into rows, ledger entries and counters", () => {
    expect(rowsOf(held())).toEqual([rowHeld()]);
    expect(entriesOf(held())).toEqual([entry]);
    const key = rowKey("own", identity);
    expect(countersOf(held())).toEqual([{ key, identity, amounts: { reserved: -1, sold: 3 } }]);
  });

  it("is loaded by key", () => {
    const loaded = loadedOf(held());
    expect([...loaded.rows]).toEqual([[keyText(rowHeld().key), rowHeld()]]);
    expect([...loaded.ledger]).toEqual([[keyText(entry.key), entry]]);
  });
});
