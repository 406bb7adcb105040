// Whatever the key is for a while, what was parked is redriven with the right one, and all ends as if it had been there.
import { handleBatch } from "@stripe-lanes/core/batch";
import { isForEvent } from "@stripe-lanes/core/doubt";
import { Malformed, Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import { rowsOf } from "@stripe-lanes/core/item";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Message, Stripe } from "@stripe-lanes/core/ports";
import { shownIn } from "@stripe-lanes/core/view";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf, snapshotEvent, thinEvent } from "../events.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { expectAllJoined } from "./joined.ts";

type Key = "right" | "wrong" | "forbidden" | "down";

const END = FIRST_SECOND + 1_000;
const line_items = {
  object: "list",
  data: [{ price: { object: "price", id: "price_1" }, quantity: 2 }],
  has_more: false,
};

const session = (id: string, status: string): StripeObject => ({
  object: "checkout.session",
  id,
  mode: "payment",
  customer: "cus_1",
  status,
  payment_status: status === "complete" ? "paid" : "unpaid",
});

const subscription = (id: string, status: string): StripeObject => ({
  object: "subscription",
  id,
  customer: "cus_1",
  status,
  items: { object: "list", data: [], has_more: false },
});

/** Each object as it is in the end, and the events that lead there. */
function storyOf(id: number): { object: StripeObject; events: EventJson[] } {
  const isOrder = id % 2 === 0;
  const name = isOrder ? `cs_${id}` : `sub_${id}`;
  const [first, last] = isOrder
    ? [session(name, "open"), session(name, "complete")]
    : [subscription(name, "active"), subscription(name, "past_due")];
  const type = isOrder ? "checkout.session.completed" : "customer.subscription.updated";
  const events = [first, last].map((object, n) =>
    snapshotEvent({ type, object, id: `evt_${id}_${n}`, created: FIRST_SECOND + n }),
  );
  return { object: isOrder ? { ...last, line_items } : last, events };
}

function thinly({ id, type, created, data }: EventJson): EventJson {
  const { object } = data as { object: StripeObject };
  const related = { id: String(object.id), type: object.object };
  return thinEvent({ type: `v1.${type}`, id, created: Number(created), related });
}

function stripeOf(objects: StripeObject[], key: Key): Stripe {
  return {
    async fetch(request) {
      if (key === "down") throw new Unavailable("Stripe is down, the test says.");
      const isEvent = isForEvent(request);
      if (key === "forbidden" && !isEvent) throw new Malformed("stripe-key-forbidden", "No.");
      const found = isEvent
        ? { object: "event", id: request.id }
        : objects.find(({ id }) => id === request.id);
      return { object: (key !== "wrong" && found) || null, second: END, until: END + 1 };
    },
  };
}

/** Delivers in batches, each with its key, then what is left with the right one. */
async function ended(
  objects: StripeObject[],
  batches: { events: EventJson[]; key: Key }[],
): Promise<MemoryStore> {
  const store = memoryStore();
  const left: Message[] = [];
  const run = async (messages: Message[], key: Key) => {
    const ports = testPorts({ store, stripe: stripeOf(objects, key) });
    const results = await handleBatch(messages, ports, TEST_OPTIONS);
    return results.filter((result) => result.kind !== "settled" || result.outcome === "parked");
  };
  for (const { events, key } of batches) {
    left.push(...(await run(messagesOf(...events), key)).map(({ message }) => message));
    expect(rowsOf(store.items()).filter(({ deleted }) => deleted)).toEqual([]);
  }
  expect(left.length === 0 ? [] : await run(left, "right")).toEqual([]);
  return store;
}

const contentOf = (store: MemoryStore) =>
  shownIn(store.items()).map(({ noun, id, status, deleted, state }) => ({
    noun,
    id,
    status,
    deleted,
    state,
  }));

describe("a key that is wrong, restricted or without an answer for a while", () => {
  it("changes nothing in the end, and never deletes anything", async () => {
    const anyKey = fc.constantFrom<Key>("right", "wrong", "forbidden", "down");
    const anyStep = fc.record({ key: anyKey, size: fc.integer({ min: 1, max: 4 }) });
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.infiniteStream(fc.boolean()),
      fc.infiniteStream(anyStep),
      async (count, isThin, steps) => {
        const stories = Array.from({ length: count }, (_, id) => storyOf(id));
        const objects = stories.map(({ object }) => object);
        const events = stories.flatMap((story) =>
          story.events.map((event) => (isThin.next().value ? thinly(event) : event)),
        );
        const batches: { events: EventJson[]; key: Key }[] = [];
        for (let from = 0; from < events.length; ) {
          const { key, size } = steps.next().value;
          batches.push({ events: events.slice(from, from + size), key });
          from += size;
        }
        const store = await ended(objects, batches);
        expectAllJoined(store);
        expect(contentOf(store)).toEqual(contentOf(await ended(objects, [{ events, key: "right" }])));
      },
    );
    await fc.assert(property, { numRuns: 200, seed: 7 });
  });
});
