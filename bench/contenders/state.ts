// What the two contenders on DynamoDB keep of an event: the main state of its object, and nothing of the rest.

export type StripeEvent = {
  id: string;
  type: string;
  /** Seconds since the epoch. */
  created: number;
  data: { object: StripeObject };
};

type StripeObject = {
  [field: string]: unknown;
  object: string;
  id?: string;
  customer?: string | null;
  items?: { data?: { price?: { id: string }; quantity?: number }[] };
};

/** `asOf` is the second of the event that it tells. */
type Row = { pk: string; sk: string; asOf: number; [field: string]: unknown };

/** What an app asks for. Whole objects would cost three times the write units. */
const KEPT = [
  ...["status", "payment_status", "mode", "active", "email", "name", "number", "reason", "metadata"],
  ...[
    "currency",
    "amount",
    "amount_received",
    "amount_refunded",
    "amount_due",
    "amount_paid",
    "amount_total",
  ],
  ...["total", "balance", "unit_amount", "product", "subscription", "invoice", "payment_intent", "charge"],
  ...["cancel_at_period_end", "cancel_at", "canceled_at", "ended_at", "trial_end", "due_date"],
];

/** All of a customer is in one partition, so that one query reads it and no index has to be written. */
export function rowOf({ created, data: { object } }: StripeEvent): Row {
  const { id = object.object, items } = object;
  const customer = object.object === "customer" ? id : object.customer;
  const kept = KEPT.filter((field) => object[field] != null).map((field) => [field, object[field]]);
  const prices = items?.data?.map(({ price, quantity = 1 }) => ({ price: price?.id ?? "", quantity }));
  return {
    pk: customer ?? id,
    sk: `${object.object}#${id}`,
    asOf: created,
    ...Object.fromEntries(kept),
    ...(prices && { prices }),
  };
}
