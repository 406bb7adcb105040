// Several workers on one table, each call of theirs answered when chance says so: what rows contribute to each
// other is written with them, so that none of it can be missing, stale or doubled (D5, D6, D15).
import { Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import { entriesOf, type Item, loadedOf, rowItem, rowsOf } from "@stripe-lanes/core/item";
import { sameKey } from "@stripe-lanes/core/keys";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Stripe } from "@stripe-lanes/core/ports";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messageOf, messagesOf, thinEvent } from "../events.ts";
import { answerLost, conflict, crash, crashAfter, type StoreFaults, unavailable } from "../faults.ts";
import { testPorts } from "../ports.ts";
import { type Random, seeded } from "../random.ts";
import { deliverAll } from "../redeliver.ts";
import { anyDeliveries } from "./any-contributions.ts";
import { expectAllJoined } from "./joined.ts";
import { knowingEvents } from "./stripes.ts";

/** One process ends, before its commit or after it: a message that ends two is parked. */
const anyCommitFaults = fc
  .tuple(
    fc.array(fc.constantFrom(null, null, unavailable, conflict, answerLost), { maxLength: 20 }),
    fc.constantFrom(null, crash, crashAfter),
  )
  .map(([faults, end]) => [...faults, end]);

const anyLoadFaults = fc.array(fc.constantFrom(null, null, null, unavailable), { maxLength: 20 });

type Fault = NonNullable<ReturnType<StoreFaults>> | null;

/** They go on counting from one process to the next, and from one worker to the other. */
function faultsFrom(faults: Record<"load" | "commit", Fault[]>): StoreFaults {
  const made = { load: 0, commit: 0 };
  return ({ operation }) =>
    operation === "load" || operation === "commit"
      ? (faults[operation][made[operation]++] ?? undefined)
      : undefined;
}

/** All that depends on the set of events alone: whether there is a row that nobody contributes to any more does not. */
function contentOf(store: MemoryStore) {
  return {
    rows: rowsOf(store.items())
      .filter(({ parts, joined }) => joined.length + Object.keys(parts).length > 0)
      .map(rowItem)
      .map(({ rev, ...item }) => item),
    ledger: entriesOf(store.items()).map(({ key, event }) => ({ key, event })),
  };
}

async function inOrder(events: EventJson[]): Promise<MemoryStore> {
  const store = memoryStore();
  await deliverAll(
    messagesOf(...events),
    () => testPorts({ store }),
    () => 1,
  );
  return store;
}

/** Calls are made at once, and answered in any order: what was read may be old by then. */
function answeredBy(scheduler: fc.Scheduler, store: MemoryStore): MemoryStore {
  return {
    ...store,
    load: scheduler.scheduleFunction(store.load),
    commit: scheduler.scheduleFunction(store.commit),
  };
}

/** What is not a consistent read sees each item, and an index, as they are or were after any commit before. */
function lagging(store: MemoryStore, random: Random): MemoryStore {
  const past: Item[][] = [[]];
  return {
    ...store,
    async load(keys, { consistent }) {
      if (consistent) return store.load(keys, { consistent });
      const seen = keys.map((key) => random.pick(past).find((item) => sameKey(item, key)));
      return loadedOf(structuredClone(seen.filter((item) => item !== undefined)));
    },
    async rowsBy(index, pk, page) {
      const listed = random.pick(past).filter((item) => item[`${index}pk`] === pk);
      return { found: rowsOf(structuredClone(listed)).slice(0, page.limit) };
    },
    async commit(changes, now) {
      await store.commit(changes, now);
      past.push(store.items());
    },
  };
}

const dealt = <T>(list: T[], hands: number): T[][] =>
  Array.from({ length: hands }, (_, hand) => list.filter((_, n) => n % hands === hand));

describe("rows that contribute to others", () => {
  it("agree with each other after any interleaving of three workers, with conflicts, lost answers and crashes", async () => {
    const property = fc.asyncProperty(
      anyDeliveries,
      fc.record({ load: anyLoadFaults, commit: anyCommitFaults }),
      fc.integer({ min: 1, max: 10 }),
      fc.scheduler(),
      async ({ events, deliveries }, faults, size, scheduler) => {
        const memory = memoryStore();
        const store = answeredBy(scheduler, memory);
        const failing = faultsFrom(faults);
        const workers = dealt(messagesOf(...deliveries), 3).map((messages) =>
          deliverAll(
            messages,
            () => testPorts({ store, faults: failing }),
            () => size,
          ),
        );
        const ends = (await scheduler.waitFor(Promise.all(workers))).flat();
        expect(ends.filter(({ kind }) => kind === "settled")).toHaveLength(deliveries.length);
        expectAllJoined(memory);
        expect(contentOf(memory)).toEqual(contentOf(await inOrder(events)));
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 1 });
  });

  it("agree though first reads give items as they were at any time before, each by itself", async () => {
    const sizes = fc.integer({ min: 1, max: 10 });
    const property = fc.asyncProperty(
      anyDeliveries,
      fc.nat(),
      sizes,
      async ({ events, deliveries }, seed, size) => {
        const memory = memoryStore();
        const store = lagging(memory, seeded(seed));
        await deliverAll(
          messagesOf(...deliveries),
          () => testPorts({ store }),
          () => size,
        );
        expectAllJoined(memory);
        expect(contentOf(memory)).toEqual(contentOf(await inOrder(events)));
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 2 });
  });

  it("agree whatever Stripe says of them, and whatever the index lists, in the reads that a decision may take", async () => {
    const isThin = fc.infiniteStream(fc.boolean());
    const sizes = fc.integer({ min: 1, max: 10 });
    const property = fc.asyncProperty(
      anyDeliveries,
      isThin,
      fc.nat(),
      sizes,
      async ({ events, deliveries }, thin, seed, size) => {
        const random = seeded(seed);
        const store = lagging(memoryStore(), random);
        const messages = deliveries.map((event) => messageOf(thin.next().value ? thinly(event) : event));
        const stripe = knowingEvents(saying(events.filter(isSnapshot).map(objectOf), random));
        const ends = await deliverAll(
          messages,
          () => testPorts({ store, stripe }),
          () => size,
        );
        expect(ends).not.toContainEqual(expect.objectContaining({ outcome: "parked" }));
        expectAllJoined(store);
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 3 });
  });
});

function isSnapshot({ data }: EventJson): boolean {
  return data !== undefined;
}

function objectOf({ data }: EventJson): StripeObject {
  return (data as { object: StripeObject }).object;
}

/** The id that Stripe is asked for: a customer's summary has none. */
const nameOf = ({ id, customer }: StripeObject) => String(id ?? customer);

/** The same change, told by reference; what is so told already stays as it is. */
function thinly(event: EventJson): EventJson {
  if (!isSnapshot(event)) return event;
  const object = objectOf(event);
  const related = { id: nameOf(object), type: object.object };
  return thinEvent({ type: `v1.${event.type}`, id: event.id, created: Number(event.created), related });
}

/** Gives any of the objects of that name, or none, as of any second; and sometimes it does not answer. */
function saying(objects: StripeObject[], random: Random): Stripe {
  return {
    async fetch({ id, objectType }) {
      if (random.chance(0.2)) throw new Unavailable("Stripe is down, the test says.");
      const known = objects.filter((one) => one.object === objectType && nameOf(one) === id);
      const second = FIRST_SECOND + random.integer(4);
      return { object: random.pick([null, ...known, ...known]), second, until: second + random.integer(3) };
    },
  };
}
