// What the tests of core tell: the events of a few objects, in as many words as matter.
import type { JsonObject } from "@stripe-lanes/core/json";
import { type EventJson, type SnapshotOptions, snapshotEvent } from "../events.ts";

type About = Partial<Omit<SnapshotOptions, "type" | "object">>;

export function subscriptionIs(
  status: string,
  { of = "sub_1", customer = "cus_1", quantity = 1, ...about }: About & SubscriptionOptions = {},
): EventJson {
  const items = { object: "list", data: [{ id: `si_${of}`, price: { id: "price_1" }, quantity }] };
  const object = { object: "subscription", id: of, customer, status, items };
  return snapshotEvent({ type: "customer.subscription.updated", object, ...about });
}

type SubscriptionOptions = { of?: string; customer?: string; quantity?: number };

/** Of a Checkout session that sells `quantity` of one price. */
export function orderIs(
  status: "open" | "paid" | "expired",
  { of = "cs_1", customer = "cus_1", price = "price_1", quantity = 2, ...about }: About & OrderOptions = {},
): EventJson {
  const object = {
    object: "checkout.session",
    id: of,
    customer,
    metadata: { price_id: price, quantity: `${quantity}` },
  };
  return snapshotEvent({
    type: ORDER_EVENTS[status],
    object: { ...object, ...ORDER_MEMBERS[status] },
    ...about,
  });
}

type OrderOptions = { of?: string; customer?: string; price?: string; quantity?: number };

const ORDER_EVENTS = {
  open: "checkout.session.created",
  paid: "checkout.session.completed",
  expired: "checkout.session.expired",
};

const ORDER_MEMBERS: Record<keyof typeof ORDER_EVENTS, JsonObject> = {
  open: { status: "open", payment_status: "unpaid" },
  paid: { status: "complete", payment_status: "paid" },
  expired: { status: "expired", payment_status: "unpaid" },
};

/** Of an id that Stripe lets be born again. */
export function productIs(
  name: string,
  { of = "prod_1", ...about }: About & { of?: string } = {},
): EventJson {
  const object = { object: "product", id: of, name, active: true };
  return snapshotEvent({ type: "product.updated", object, ...about });
}

export function customerIs(
  email: string,
  { of = "cus_1", ...about }: About & { of?: string } = {},
): EventJson {
  return snapshotEvent({ type: "customer.updated", object: { object: "customer", id: of, email }, ...about });
}
