import { handleBatch } from "@stripe-lanes/core/batch";
import type { Delivery } from "@stripe-lanes/core/decide";
import { Defect } from "@stripe-lanes/core/errors";
import { parseEvent } from "@stripe-lanes/core/event";
import { entriesOf } from "@stripe-lanes/core/item";
import { settleAll } from "@stripe-lanes/core/settle";
import { describe, expect, it } from "vitest";
import { messagesOf, snapshotEvent } from "../events.ts";
import { at } from "../faults.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { orderIs, subscriptionIs } from "./told.ts";

function deliveryOf(event: Delivery["event"]): Delivery {
  return { id: "msg_1", event, tenant: "main", receives: 1, isForeign: false };
}

/** The event as a newer version of our code meets it, which throws at the sight of it. */
function throwing({ event }: Delivery): Delivery {
  const object = Object.defineProperty({ ...(event as { object: object }).object }, "items", {
    get: () => {
      throw new TypeError("A bug, the test says.");
    },
  });
  return deliveryOf({ ...event, object } as Delivery["event"]);
}

describe("an event on which our own code throws before anything is read", () => {
  const delivery = deliveryOf(parseEvent(JSON.stringify(subscriptionIs("active"))));

  it("is a defect, and changes nothing", async () => {
    const ports = testPorts();
    const handled = await settleAll([throwing(delivery)], ports, TEST_OPTIONS);
    expect(handled.get("msg_1")).toEqual({ error: expect.any(Defect) });
    expect(ports.memory.items()).toEqual([]);
  });

  it("is a duplicate all the same where it had its outcome before", async () => {
    const ports = testPorts();
    await settleAll([delivery], ports, TEST_OPTIONS);
    const handled = await settleAll([throwing(delivery)], ports, TEST_OPTIONS);
    expect(handled.get("msg_1")).toEqual({ outcome: "duplicate", reason: "seen-before" });
    expect(entriesOf(ports.memory.items())).toMatchObject([{ outcome: "applied" }]);
  });
});

describe("an error that nobody named", () => {
  it("is our own code's: the event is parked, with what the error said", async () => {
    const bug = { when: "before", error: new TypeError("A bug, the test says.") } as const;
    const ports = testPorts({ faults: at(bug, "commit", 1) });
    const [result] = await handleBatch(messagesOf(orderIs("paid")), ports, TEST_OPTIONS);
    expect(result).toMatchObject({ outcome: "parked", reason: "defect", error: { cause: bug.error } });
    expect(ports.parked).toMatchObject([{ note: { error: "TypeError: A bug, the test says." } }]);
  });
});

describe("an event that changes more than fits one transaction", () => {
  it("is parked with how much it is", async () => {
    const lines = Array.from({ length: 99 }, (_, number) => ({ price: `price_${number}`, quantity: 1 }));
    const object = { object: "checkout.session", id: "cs_1", status: "complete", payment_status: "paid" };
    const event = snapshotEvent({
      type: "checkout.session.completed",
      object: { ...object, metadata: { lines: JSON.stringify(lines) } },
    });
    const ports = testPorts();
    await handleBatch(messagesOf(event), ports, TEST_OPTIONS);
    expect(ports.parked).toMatchObject([
      { note: { reason: "defect", error: "The change takes 101 actions; 100 fit one transaction." } },
    ]);
  });
});
