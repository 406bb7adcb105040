// The property that everything else stands on: retries, redelivery and the lanes are safe because of it (D4, D6).
import { handleBatch } from "@stripe-lanes/core/batch";
import { countersOf, entriesOf, rowItem, rowsOf } from "@stripe-lanes/core/item";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf } from "../events.ts";
import {
  answerLost,
  conflict,
  crash,
  crashAfter,
  type StoreCall,
  type StoreFault,
  type StoreFaults,
  unavailable,
} from "../faults.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { deliverAll } from "../redeliver.ts";
import { customerIs, orderIs, productIs, subscriptionIs } from "./told.ts";

type Told = (about: { id: string; created: number }) => EventJson;

/** Few objects, few states and few seconds, so that events meet. */
const anyTold: fc.Arbitrary<Told> = fc.oneof(
  fc
    .record({
      status: fc.constantFrom("incomplete", "active", "past_due", "canceled"),
      of: fc.constantFrom("sub_1", "sub_2"),
    })
    .map(
      ({ status, of }): Told =>
        (about) =>
          subscriptionIs(status, { of, ...about }),
    ),
  fc
    .record({
      status: fc.constantFrom("open" as const, "paid" as const, "expired" as const),
      of: fc.constantFrom("cs_1", "cs_2"),
      customer: fc.constantFrom("cus_1", "cus_2"),
    })
    .map(
      ({ status, ...options }): Told =>
        (about) =>
          orderIs(status, { ...options, ...about }),
    ),
  fc.constantFrom("A", "B").map(
    (name): Told =>
      (about) =>
        productIs(name, about),
  ),
  fc.constantFrom("a@x.test", "b@x.test").map(
    (email): Told =>
      (about) =>
        customerIs(email, about),
  ),
);

const anyEvents = fc
  .array(fc.tuple(anyTold, fc.nat({ max: 2 })), { minLength: 1, maxLength: 14 })
  .map((all) => all.map(([told, second], n) => told({ id: `evt_${n}`, created: FIRST_SECOND + second })));

/** Each event once or more, in any order. */
const anyDeliveries = anyEvents.chain((events) =>
  fc.array(fc.constantFrom(...events), { maxLength: 8 }).chain((copies) => {
    const all = [...events, ...copies];
    return fc.shuffledSubarray(all, { minLength: all.length }).map((deliveries) => ({ events, deliveries }));
  }),
);

type Faults = Record<StoreCall["operation"], (StoreFault | null)[]>;

/** What befalls the first calls of each kind. One crash, and few lost notes: more of them is a reason to park. */
const anyFaults: fc.Arbitrary<Faults> = fc
  .record({
    load: fc.array(fc.constantFrom(null, unavailable), { maxLength: 12 }),
    commit: fc.array(fc.constantFrom(null, unavailable, conflict, answerLost), { maxLength: 16 }),
    note: fc.array(fc.constantFrom(null, unavailable), { maxLength: 4 }),
    withdraw: fc.array(fc.constantFrom(null, unavailable), { maxLength: 4 }),
    probe: fc.array(fc.constantFrom(null, unavailable), { maxLength: 4 }),
    end: fc.constantFrom(crash, crashAfter),
  })
  .map(({ end, commit, ...others }) => ({ ...others, commit: [...commit, end] }));

/** They go on counting from one process to the next. */
function faultsFrom(faults: Faults): StoreFaults {
  const made = { load: 0, commit: 0, note: 0, withdraw: 0, probe: 0 };
  return ({ operation }) => faults[operation][made[operation]++] ?? undefined;
}

/** All that depends on the set of events alone; a counter back at zero is as good as one that never counted. */
function contentOf(store: MemoryStore) {
  const items = store.items();
  return {
    rows: rowsOf(items)
      .map(rowItem)
      .map(({ rev, ...item }) => item),
    ledger: entriesOf(items).map(({ key, event, type, object }) => ({ key, event, type, object })),
    counters: new Map(
      countersOf(items).flatMap(({ key, amounts }) =>
        Object.entries(amounts).flatMap(([name, amount]) => (amount === 0 ? [] : [[key.pk + name, amount]])),
      ),
    ),
  };
}

async function inOrder(events: EventJson[]): Promise<MemoryStore> {
  const ports = testPorts();
  for (const event of events) await handleBatch(messagesOf(event), ports, TEST_OPTIONS);
  return ports.memory;
}

describe("events in any order, in any batches, with any duplicates and faults", () => {
  it("end in what they leave when each comes once, in order, and nothing goes wrong", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(
      anyDeliveries,
      anyFaults,
      sizes,
      async ({ events, deliveries }, faults, of) => {
        const store = memoryStore();
        const failing = faultsFrom(faults);
        let batches = 0;
        const size = () => of[batches++ % of.length] ?? 1;
        const ends = await deliverAll(
          messagesOf(...deliveries),
          () => testPorts({ store, faults: failing }),
          size,
        );
        expect(ends).toHaveLength(deliveries.length);
        expect(contentOf(store)).toEqual(contentOf(await inOrder(events)));
      },
    );
    await fc.assert(property, { numRuns: 250, seed: 20 });
  });
});
