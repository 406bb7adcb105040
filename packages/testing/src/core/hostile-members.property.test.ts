// Whatever members an object has, and whatever they hold, its event is applied and read: never a defect (D7).
import { handleBatch, type Result } from "@stripe-lanes/core/batch";
import { marshalled, unmarshalled } from "@stripe-lanes/core/dynamo-encoding";
import { facts } from "@stripe-lanes/core/facts";
import { type Item, rowsOf } from "@stripe-lanes/core/item";
import { canonical, isObject, type Json, type JsonObject } from "@stripe-lanes/core/json";
import { isTie } from "@stripe-lanes/core/row";
import { shownIn } from "@stripe-lanes/core/view";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messageOf, snapshotEvent } from "../events.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { eventsByType, eventsOfEverything, INHERITED_NAMES, pathsIn, withAt } from "./hostile-members.ts";

const EVENTS = [...eventsByType(), ...eventsOfEverything()];

/** One place in an event, drawn evenly among those of one event. */
const anyPlace = fc
  .tuple(fc.constantFrom(...EVENTS), fc.nat())
  .map(([event, at]) => ({ event, path: pathAt(pathsIn(event.data as Json), at) }));

const anyValue = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1.5, 1e15, "", "x", "__proto__", [], {}, [null], [[]], ["x"], [{}]),
  fc.constantFrom<Json>(
    { data: null },
    { data: [null, 1, {}] },
    { data: {}, has_more: "x" },
    { id: 5 },
    { id: {} },
  ),
);

function pathAt(paths: string[][], at: number): string[] {
  return paths[at % paths.length] ?? [];
}

function changed(event: EventJson, path: string[], by: Json): EventJson {
  return { ...event, id: `${event.id}_changed`, data: withAt(event.data as Json, path, by) };
}

/** What became of the last event, and the table afterwards as DynamoDB has it. */
async function told(...events: EventJson[]): Promise<{ result: Result | undefined; items: Item[] }> {
  const ports = testPorts();
  let result: Result | undefined;
  for (const event of events) [result] = await handleBatch([messageOf(event)], ports, TEST_OPTIONS);
  return { result, items: ports.memory.items().map((item) => unmarshalled(marshalled(item)) as Item) };
}

/** Reads all there is as an app does, and tells the facts of each row's birth. */
function readAll(items: Item[]): void {
  expect(shownIn(items).length).toBeGreaterThanOrEqual(0);
  for (const row of rowsOf(items)) expect(facts(undefined, row, { at: 1 })).toBeInstanceOf(Array);
}

const endOf = (result: Result | undefined) =>
  result?.kind === "settled" && result.outcome === "parked" ? result.reason : result?.kind;

describe("an event with any member of another type", () => {
  it("is settled, or malformed where it is no event any more, first of its row or not", async () => {
    const property = fc.asyncProperty(
      anyPlace,
      anyValue,
      fc.boolean(),
      async ({ event, path }, by, isFirst) => {
        const { result, items } = await told(...(isFirst ? [] : [event]), changed(event, path, by));
        expect(endOf(result), `${event.type} ${path.join(".")}`).toBeOneOf(["settled", "not-an-event"]);
        readAll(items);
      },
    );
    await fc.assert(property, { numRuns: 250, seed: 1 });
  });
});

describe("an object with a member that Stripe does not send", () => {
  it("is settled where it has an id, as the balance and a summary of entitlements have none", async () => {
    for (const event of eventsOfEverything()) {
      const { result } = await told(event, changed(event, ["object", "id"], "__proto__"));
      expect(endOf(result), event.type).toBe("settled");
    }
  });

  it("has one row, with and without an id, where there is one of it only", async () => {
    const object = { object: "balance", available: [{ amount: 1, currency: "eur" }], pending: [] };
    const bare = snapshotEvent({ type: "balance.available", object });
    const named = snapshotEvent({ type: "balance.available", object: { ...object, id: "bal_1" } });
    const { items } = await told(bare, named);
    expect(rowsOf(items).map(({ state, revision }) => [state.available, revision])).toEqual([
      [{ eur: 1 }, 2],
    ]);
  });

  it("named as what every object inherits is settled, wherever it stands", async () => {
    const names = fc.constantFrom(...INHERITED_NAMES);
    const property = fc.asyncProperty(anyPlace, names, anyValue, async ({ event, path }, name, by) => {
      const place = path.filter((_, depth) => isObject(at(event, path.slice(0, depth))));
      const isMember = isObject(at(event, place));
      const { result, items } = await told(event, changed(event, isMember ? [...place, name] : place, by));
      expect(endOf(result), `${event.type} ${path.join(".")}.${name}`).toBeOneOf(["settled", "not-an-event"]);
      readAll(items);
    });
    await fc.assert(property, { numRuns: 120, seed: 1 });
  });
});

function at(event: EventJson, path: string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, name) => (isObject(value) ? value[name] : undefined),
    event.data as Json,
  );
}

describe("metadata with keys that every object inherits", () => {
  const metadata = JSON.parse(`{${INHERITED_NAMES.map((name) => `"${name}":"${name}!"`).join(",")}}`) as Json;

  const KEEPING = [
    "customer",
    "subscription",
    "product",
    "price",
    "coupon",
    "invoice",
    "charge",
    "refund",
    "mandate",
  ];

  it.each(KEEPING)("is read back as it was, of a %s and after another", async (type) => {
    const about = (created: number, told: Json) =>
      snapshotEvent({
        type: `${type}.updated`,
        created,
        object: { object: type, id: "x_1", metadata: told },
      });
    const { items } = await told(about(FIRST_SECOND, { plain: "x" }), about(FIRST_SECOND + 1, metadata));
    const [row] = rowsOf(items).filter(({ identity }) => identity.noun !== "profile");
    expect(canonical(row?.state.metadata ?? null)).toBe(canonical(metadata));
    expect(Object.keys(row?.state.metadata ?? {}).sort()).toEqual([...INHERITED_NAMES].sort());
  });

  it("is laid over what is there where an event tells of what was before", async () => {
    const first = { object: "customer", id: "cus_1", metadata: { plain: "x" } };
    const second = { ...first, metadata };
    const was = Object.fromEntries([
      ...INHERITED_NAMES.map((name) => [name, null]),
      ["plain", "x"],
    ]) as JsonObject;
    const { items } = await told(
      snapshotEvent({ type: "customer.created", created: FIRST_SECOND, object: first }),
      snapshotEvent({
        type: "customer.updated",
        created: FIRST_SECOND,
        object: second,
        previous: { metadata: was },
      }),
    );
    const [row] = rowsOf(items);
    expect(canonical(row?.state.metadata ?? null)).toBe(canonical(metadata));
    expect(row && isTie(row)).toBe(false);
  });
});
