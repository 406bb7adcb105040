// An invoice item: what a customer's next invoice will charge or credit besides.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { flag, integer, member, metadata, present, text } from "../fields.ts";
import type { Json } from "../json.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

/** Amounts are minor units, times seconds since the epoch. */
export type InvoiceItemState = {
  customer: string | null;
  currency: string | null;
  /** Negative is credit. */
  amount: number | null;
  price: string | null;
  quantity: number | null;
  /** Null where it is no whole number of minor units: then the next says it. */
  unitAmount: number | null;
  /** Minor units with up to 12 decimal places, as text. */
  unitAmountDecimal?: string;
  /** Null while it waits for an invoice. */
  invoice: string | null;
  subscription: string | null;
  subscriptionItem?: string;
  periodStart: number | null;
  periodEnd: number | null;
  /** Whether it settles a change within a period. */
  proration: boolean | null;
  description: string | null;
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): InvoiceItemState {
  return {
    customer: customerOf(object),
    currency: text(object.currency),
    amount: integer(object.amount),
    ...pricingOf(object),
    quantity: integer(object.quantity),
    invoice: referenceId(object.invoice),
    ...subscriptionOf(object),
    periodStart: integer(member(object.period, "start")),
    periodEnd: integer(member(object.period, "end")),
    proration: flag(object.proration),
    description: text(object.description),
    created: integer(object.date),
    metadata: metadata(object.metadata),
  };
}

/** "Replaces top-level price fields with improved price modeling on …", changelog of 2025-03-31.basil. */
function pricingOf({ pricing, price, plan, unit_amount, unit_amount_decimal }: StripeObject) {
  const decimal = text(member(pricing, "unit_amount_decimal")) ?? text(unit_amount_decimal);
  const unitAmount = integer(unit_amount) ?? wholeOf(decimal);
  return {
    price: referenceId(member(member(pricing, "price_details"), "price")) ?? referenceId(price ?? plan),
    unitAmount,
    ...present({ unitAmountDecimal: unitAmount === null ? decimal : null }),
  };
}

/** Since basil there is only the decimal. */
function wholeOf(decimal: string | null): number | null {
  return decimal !== null && /^-?\d+(\.0+)?$/.test(decimal) ? integer(Number(decimal)) : null;
}

/** "Invoicing resources now specify how they were generated", changelog of 2025-03-31.basil. */
function subscriptionOf({ parent, subscription, subscription_item: item }: StripeObject) {
  const details: Json | undefined = member(parent, "subscription_details");
  return {
    subscription: referenceId(member(details, "subscription")) ?? referenceId(subscription),
    ...present({
      subscriptionItem: referenceId(member(details, "subscription_item")) ?? referenceId(item),
    }),
  };
}

/** Its id is never used again, so `invoiceitem.deleted` is a tombstone. */
export const invoiceItem: Noun<InvoiceItemState> = {
  name: "invoice-item",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
};
