// Whole objects kept beside states (D13): like the states, they depend on the set of events alone.
import type { StripeObject } from "@stripe-lanes/core/event";
import { permutations } from "@stripe-lanes/core/fixtures/permutations";
import { rowItem, rowsOf } from "@stripe-lanes/core/item";
import type { MemoryStore } from "@stripe-lanes/core/memory";
import type { Named } from "@stripe-lanes/core/named";
import type { Pack } from "@stripe-lanes/core/raw";
import { pack } from "@stripe-lanes/core/zstd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, snapshotEvent } from "../events.ts";
import { traffic } from "../stripe/traffic.ts";
import { AT, change, objectOf, oneByOne, rawIn, told } from "./kept.ts";
import { readsOf } from "./readings.ts";
import { subscriptionIs } from "./told.ts";

/** All but what counts the writes. */
const rowsIn = (store: MemoryStore) => rowsOf(store.items()).map((row) => ({ ...rowItem(row), rev: 0 }));

describe("the whole object of a row", () => {
  it("is as Stripe sent it, with what the state leaves out", async () => {
    const object = {
      object: "refund",
      id: "re_1",
      amount: 5,
      metadata: { é: "\u2028" },
      destination_details: { card: null },
    };
    const store = await told([[snapshotEvent({ type: "refund.created", object })]]);
    expect(await rawIn(store, "refund", "re_1")).toEqual([object]);
  });

  it("is that of the event that stands, in every order, and in one batch", async () => {
    const events = [1, 2, 3].map((quantity) =>
      subscriptionIs("active", { quantity, created: AT + quantity }),
    );
    for (const order of permutations(events)) {
      for (const batches of [oneByOne(order), [order]]) {
        const store = await told(batches);
        expect(await rawIn(store, "subscription", "sub_1")).toEqual([objectOf(events[2] as EventJson)]);
      }
    }
  });

  it("is that of the end of a walk within one second, in every order", async () => {
    const events = [
      change("evt_d", 2, 1),
      change("evt_a", 3, 2),
      change("evt_c", 4, 3),
      change("evt_b", 5, 4),
    ];
    for (const order of permutations(events)) {
      const store = await told(oneByOne(order));
      expect(await rawIn(store, "subscription", "sub_1")).toMatchObject([{ told: "evt_b" }]);
    }
  });

  it("turns to one that was remembered, when that turns out to be the last", async () => {
    const [first, last, between] = [change("evt_c", 1, 0), change("evt_a", 2, 3), change("evt_b", 3, 1)];
    const store = await told([[first], [last]]);
    expect(await rawIn(store, "subscription", "sub_1")).toMatchObject([{ told: "evt_c" }]);
    await told([[between]], { store });
    expect(await rawIn(store, "subscription", "sub_1")).toMatchObject([{ told: "evt_a" }]);
  });

  it("stays where its event comes again, and the row is not written for it", async () => {
    const event = subscriptionIs("active");
    const before = await told([[event]]);
    const items = structuredClone(before.items());
    await told([[event], [{ ...event, id: "evt_other", created: 1 } as EventJson]], { store: before });
    expect(rowsOf(before.items())).toEqual(rowsOf(items));
  });
});

describe("a row made of several objects", () => {
  const intent: StripeObject = {
    object: "payment_intent",
    id: "pi_1",
    amount: 1000,
    status: "succeeded",
    review: "r",
  };
  const ofIntent = { object: "charge", payment_intent: "pi_1", amount: 1000, amount_captured: 1000 };
  const charge: StripeObject = { ...ofIntent, id: "ch_1", status: "succeeded" };
  const other: StripeObject = { ...ofIntent, id: "ch_0", status: "failed" };
  const events = [
    snapshotEvent({ type: "payment_intent.succeeded", object: intent }),
    snapshotEvent({ type: "charge.succeeded", object: charge }),
    snapshotEvent({ type: "charge.failed", object: other }),
  ];

  it("keeps each of them, by its id", async () => {
    for (const order of permutations(events)) {
      const kept = await readsOf(await told([order])).raw("payment", "pi_1");
      expect(kept).toEqual(
        new Map([
          ["ch_0", other],
          ["ch_1", charge],
          ["pi_1", intent],
        ]),
      );
    }
  });

  it("leaves out the one that is too large, and is written all the same", async () => {
    const packing: Pack = (object, beside) =>
      object.id === "ch_0" ? new Uint8Array(400_000) : pack(object, beside);
    const store = await told([events], { packing });
    expect([...((await readsOf(store).raw("payment", "pi_1"))?.keys() ?? [])]).toEqual(["ch_1", "pi_1"]);
    expect(await readsOf(store).get("payment", "pi_1")).toMatchObject({ state: { paid: 1000 } });
  });
});

describe("events of a few billing days, in any order and in any batches", () => {
  const { events } = traffic({ seed: 5, events: 120, customers: 2 });

  it("end in the same rows with the same objects", async () => {
    const [inOrder, off] = [
      await told(oneByOne(events as EventJson[])),
      await told(oneByOne(events as EventJson[]), { packing: undefined }),
    ];
    expect(JSON.stringify(inOrder.items())).not.toBe(JSON.stringify(off.items()));
    const shuffled = fc.shuffledSubarray(events as EventJson[], { minLength: events.length });
    const property = fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 10 }), async (all, size) => {
      const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
        all.slice(n * size, (n + 1) * size),
      );
      expect(rowsIn(await told(batches))).toEqual(rowsIn(inOrder));
    });
    await fc.assert(property, { numRuns: 15, seed: 3 });
  });

  it("take a tenth of their JSON at most, so that most rows stay under a KB", async () => {
    const sizes = { json: 0, packed: 0 };
    const counting: Pack = (object, beside) => {
      const packed = pack(object, beside);
      sizes.json += JSON.stringify(object).length;
      sizes.packed += packed.length;
      return packed;
    };
    await told(oneByOne(events as EventJson[]), { packing: counting });
    expect(sizes.packed).toBeGreaterThan(0);
    expect(sizes.packed).toBeLessThan(sizes.json / 10);
  });

  it("leave with each part the object of an event that left its state", async () => {
    const store = await told(oneByOne(events as EventJson[]));
    const byId = new Map((events as EventJson[]).map((event) => [event.id, objectOf(event)]));
    for (const { identity, parts } of rowsOf(store.items()).filter(
      (row) => Object.keys(row.parts).length > 0,
    )) {
      const { noun, object } = identity;
      const named = (noun === "generic" ? { noun, object } : noun) as Named;
      const kept = await readsOf(store).raw(named, identity.id);
      expect(kept?.size, `${noun} ${identity.id}`).toBe(Object.keys(parts).length);
      for (const [id, part] of Object.entries(parts)) {
        expect(part.remembered.map(({ event }) => byId.get(event))).toContainEqual(kept?.get(id));
      }
    }
  });
});
