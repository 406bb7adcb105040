import { describe, expect, expectTypeOf, it } from "vitest";
import {
  counted,
  customer,
  given,
  invoice,
  reads,
  session,
  subscription,
  TENANT,
  told,
} from "./fixtures/history.ts";
import type { OrderState } from "./nouns/order.ts";

describe("one row", () => {
  it("is a customer with what Stripe told last, and the event that told it", async () => {
    const store = await given(
      told("customer.created", customer("cus_1", { email: "a@example.com" }), { id: "evt_1", created: 100 }),
      told("customer.updated", customer("cus_1", { email: "b@example.com" }), { id: "evt_2", created: 200 }),
    );
    expect(await reads(store).get("customer", "cus_1")).toEqual({
      tenant: TENANT,
      noun: "customer",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      deleted: false,
      state: {
        email: "b@example.com",
        name: null,
        currency: null,
        balance: null,
        delinquent: null,
        created: null,
        metadata: {},
      },
      version: { second: 200, events: ["evt_2"] },
      via: "event",
      tie: false,
      incomplete: [],
    });
  });

  it("is there, marked deleted, after the object is gone", async () => {
    const store = await given(told("customer.deleted", customer("cus_1", { deleted: true })));
    expect(await reads(store).get("customer", "cus_1")).toMatchObject({ id: "cus_1", deleted: true });
  });

  it("is a subscription found by its id alone", async () => {
    const store = await given(
      told("customer.subscription.created", subscription("sub_1", "cus_1")),
      told("customer.subscription.created", subscription("sub_2", "cus_1", "past_due")),
    );
    expect(await reads(store).get("subscription", "sub_2")).toMatchObject({
      noun: "subscription",
      id: "sub_2",
      customer: "cus_1",
      status: "past_due",
    });
  });

  it("is a subscription that names no customer, as a fetch that found nothing leaves it", async () => {
    const store = await given(told("customer.subscription.updated", subscription("sub_1", null)));
    expect(await reads(store).get("subscription", "sub_1")).toMatchObject({ id: "sub_1", customer: null });
  });

  it("is a subscription and not another object whose customer has its id", async () => {
    const store = await given(
      told("invoice.created", invoice("in_1", "sub_1")),
      told("customer.subscription.created", subscription("sub_1", "cus_1")),
    );
    expect(await reads(store).get("subscription", "sub_1")).toMatchObject({
      noun: "subscription",
      id: "sub_1",
    });
  });

  it("is an order, marked incomplete where Stripe did not send its lines", async () => {
    const store = await given(told("checkout.session.completed", session("cs_1", null, { metadata: {} })));
    const order = await reads(store).get("order", "cs_1");
    expect(order).toMatchObject({ noun: "order", status: "paid", incomplete: ["line_items"] });
    expectTypeOf(order?.state).toEqualTypeOf<OrderState | undefined>();
  });

  it("is the stock of a price, counted from its orders", async () => {
    const store = await given(
      told("checkout.session.completed", session("cs_1", null)),
      told("checkout.session.completed", session("cs_2", null, { payment_status: "unpaid" })),
    );
    expect(await reads(store).getStock("price_ticket")).toEqual({
      tenant: TENANT,
      noun: "stock",
      id: "price_ticket",
      customer: null,
      status: null,
      deleted: false,
      state: { price: "price_ticket", sold: 2, reserved: 2, capacity: null, oversold: 0 },
      version: null,
      via: "event",
      tie: false,
      incomplete: [],
    });
  });

  it("is found whatever characters its id holds", async () => {
    const store = await given(told("customer.subscription.created", subscription("sub#%23\n", "cus#1")));
    expect(await reads(store).get("subscription", "sub#%23\n")).toMatchObject({ customer: "cus#1" });
  });

  it("is undefined where no event told of it, but stock is then none", async () => {
    const { get, getStock } = reads(await given());
    const found = [get("customer", "cus_1"), get("subscription", "sub_1"), get("order", "cs_1")];
    expect(await Promise.all(found)).toEqual([undefined, undefined, undefined]);
    expect(await getStock("price_1")).toMatchObject({
      tenant: TENANT,
      id: "price_1",
      state: { price: "price_1", sold: 0, reserved: 0 },
    });
  });

  it("is the same stock of a price whose orders hold none any more as of one that had no orders", async () => {
    const expired = session("cs_1", null, { status: "expired", payment_status: "unpaid" });
    const store = await given(
      told("checkout.session.completed", session("cs_1", null, { payment_status: "unpaid" })),
      told("checkout.session.expired", expired),
    );
    expect(await reads(store).getStock("price_ticket")).toEqual(
      await reads(await given()).getStock("price_ticket"),
    );
  });

  it("is never another tenant's", async () => {
    const store = await given(
      told("customer.created", customer("cus_1")),
      told("customer.subscription.created", subscription("sub_1", "cus_1")),
      told("checkout.session.completed", session("cs_1", "cus_1")),
    );
    const { get, getStock } = reads(store, { tenant: "acct_other" });
    const found = [get("customer", "cus_1"), get("subscription", "sub_1"), get("order", "cs_1")];
    expect(await Promise.all(found)).toEqual([undefined, undefined, undefined]);
    expect((await getStock("price_ticket")).state).toMatchObject({ sold: 0, reserved: 0 });
  });

  it("takes one request, and two where the index has to find it", async () => {
    const store = counted(
      await given(
        told("customer.created", customer("cus_1")),
        told("customer.subscription.created", subscription("sub_1", "cus_1")),
        told("checkout.session.completed", session("cs_1", "cus_1")),
      ),
    );
    const { get, getStock } = reads(store);
    const requests: number[] = [];
    for (const read of [
      () => get("customer", "cus_1"),
      () => get("order", "cs_1"),
      () => getStock("price_ticket"),
      () => get("subscription", "sub_1"),
      () => get("subscription", "sub_unknown"),
    ]) {
      await read();
      requests.push(store.takeRequests());
    }
    expect(requests).toEqual([1, 1, 1, 2, 2]);
  });
});
