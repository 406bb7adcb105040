import { describe, expect, it } from "vitest";
import { counted, given, handle, reads, told } from "./fixtures/history.ts";
import { entriesOf } from "./item.ts";
import type { JsonObject } from "./json.ts";
import { memoryStore } from "./memory.ts";
import type { Page } from "./store.ts";
import type { TimelineEntry } from "./timeline.ts";

const charge = (more: JsonObject = {}) => ({
  object: "charge",
  id: "ch_1",
  payment_intent: "pi_1",
  customer: "cus_1",
  status: "succeeded",
  ...more,
});
const about = (type: string, created: number, object: JsonObject) =>
  told(type, object, { id: `evt_${type}_${created}`, created });
const eventsOf = ({ found }: Page<TimelineEntry>) => found.map(({ event }) => event);

describe("the timeline of a charge", () => {
  it("is found by its id, although its row is its payment's and its events are its customer's", async () => {
    const store = await given(
      about("charge.refunded", 300, charge()),
      about("charge.succeeded", 100, charge()),
      about("charge.updated", 150, charge()),
      about("charge.succeeded", 200, charge({ id: "ch_2" })),
      about("payment_intent.succeeded", 100, { object: "payment_intent", id: "pi_1", customer: "cus_1" }),
    );
    const { found } = await reads(store).timeline("ch_1");
    expect(found.map(({ event, object }) => [event, object])).toEqual([
      ["evt_charge.succeeded_100", "ch_1"],
      ["evt_charge.updated_150", "ch_1"],
      ["evt_charge.refunded_300", "ch_1"],
    ]);
    expect(found[0]).not.toHaveProperty("relation");
  });

  it("has the events that name a customer and those that name none in one order", async () => {
    const store = await given(
      about("charge.updated", 200, charge({ customer: null })),
      about("charge.succeeded", 100, charge()),
      about("charge.failed", 300, charge({ customer: "cus_2" })),
    );
    expect(eventsOf(await reads(store).timeline("ch_1"))).toEqual([
      "evt_charge.succeeded_100",
      "evt_charge.updated_200",
      "evt_charge.failed_300",
    ]);
  });

  it("comes in pages, the first of five requests and each further one of two", async () => {
    const store = counted(
      await given(...[100, 200, 300].map((second) => about("charge.failed", second, charge()))),
    );
    const { timeline } = reads(store);
    const first = await timeline("ch_1", { limit: 1 });
    expect(store.takeRequests()).toBe(5);
    const second = await timeline("ch_1", { limit: 1, after: first.next });
    expect(store.takeRequests()).toBe(2);
    const third = await timeline("ch_1", { limit: 1, after: second.next });
    expect([first, second, third].flatMap(eventsOf)).toEqual(
      [100, 200, 300].map((at) => `evt_charge.failed_${at}`),
    );
    expect(third.next).toBeUndefined();
  });

  it("is the customer's where the charge has a row of its own, without an intent", async () => {
    const store = await given(about("charge.succeeded", 100, charge({ payment_intent: null })));
    expect(eventsOf(await reads(store).timeline("ch_1"))).toEqual(["evt_charge.succeeded_100"]);
  });
});

describe("the timeline of a refund", () => {
  const refund = (more: JsonObject = {}) => ({
    object: "refund",
    id: "re_1",
    payment_intent: "pi_1",
    ...more,
  });

  it("is found by its id, whether or not it names its customer", async () => {
    const store = await given(
      about("refund.created", 100, refund({ customer: "cus_1" })),
      about("refund.updated", 200, refund({ id: "re_2" })),
    );
    const { timeline } = reads(store);
    expect(eventsOf(await timeline("re_1"))).toEqual(["evt_refund.created_100"]);
    expect(eventsOf(await timeline("re_2"))).toEqual(["evt_refund.updated_200"]);
    expect(eventsOf(await timeline("cus_1"))).toEqual(["evt_refund.created_100"]);
  });
});

describe("an index entry of the ledger", () => {
  it("is there only where an object has neither a row nor a partition that would find its events", async () => {
    const store = memoryStore();
    await handle(store, [
      about("customer.created", 100, { object: "customer", id: "cus_1" }),
      about("customer.subscription.created", 100, { object: "subscription", id: "sub_1", customer: "cus_1" }),
      about("payment_intent.created", 100, { object: "payment_intent", id: "pi_1", customer: "cus_1" }),
      about("invoice.upcoming", 100, { object: "invoice", customer: "cus_1" }),
      about("payout.paid", 100, { object: "payout", id: "po_1" }),
      about("invoice_payment.paid", 100, {
        object: "invoice_payment",
        id: "inpay_1",
        payment: { payment_intent: "pi_1" },
      }),
      about("charge.succeeded", 100, charge({ id: "ch_0", customer: null })),
      about("charge.succeeded", 101, charge()),
      about("charge.updated", 102, charge()),
    ]);
    const indexed = entriesOf(store.items()).filter(({ relation }) => relation !== undefined);
    expect(indexed.map(({ object, relation }) => [object, relation?.gsi1pk])).toEqual([
      ["ch_1", "acct_main#ch_1"],
    ]);
  });
});
