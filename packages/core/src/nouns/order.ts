// An order: a Checkout session, what it sold and whether that is paid.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { type Evidence, evidenceOf } from "../evidence.ts";
import { entries, integer, metadata, text } from "../fields.ts";
import { type OrderLine, type OrderStatus, stockHeld } from "../held.ts";
import { isObject, type Json } from "../json.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { isWhole } from "../list.ts";
import { isName, type Naming, namesIn } from "../naming.ts";
import type { Join, Level, Noun, Seen, Sources, Standing } from "../noun.ts";
import { type OrderDetails, orderDetailsOf } from "../order-details.ts";
import type { OrderMoney } from "../payment-orders.ts";
import { paymentJoin } from "./payment.ts";
import { referenceLevels } from "./reference.ts";

export type OrderState = OrderDetails & {
  /** What its own events tell, or its payment where that knows better: money that was captured has paid for it. */
  status: OrderStatus;
  /**
   * What went back of it, in minor units, once that is all that its payment took; absent before. A refund of a
   * subscription's invoice does not give back its order, which sold a subscription and not a period of it.
   */
  refunded?: number;
  /** Stripe's `payment` or `subscription`; a session that only sets up a payment method is no order. */
  mode: string | null;
  customer: string | null;
  currency: string | null;
  /** Minor units. */
  subtotal: number | null;
  total: number | null;
  lines: OrderLine[];
  paymentIntent: string | null;
  subscription: string | null;
  invoice: string | null;
  /** The value of the metadata member that the setting `customerReference` names. */
  reference?: string;
  metadata: Record<string, string>;
  /** Paths that Stripe did not send: without lines no stock moves. */
  incomplete?: string[];
};

/** An order has no label of its own: its customer has. */
function project(object: StripeObject, _ = "", naming?: Naming): OrderState {
  const told = metadata(object.metadata);
  const lines = embeddedLines(object) ?? listedLines(told) ?? singleLine(told);
  return {
    status: projectStatus(object),
    mode: text(object.mode),
    customer: customerOf(object),
    currency: text(object.currency),
    subtotal: integer(object.amount_subtotal),
    total: integer(object.amount_total),
    lines: lines ?? [],
    paymentIntent: referenceId(object.payment_intent),
    subscription: referenceId(object.subscription),
    invoice: referenceId(object.invoice),
    ...namesIn(object.metadata, { reference: naming?.reference }),
    metadata: told,
    ...orderDetailsOf(object),
    ...(lines === null ? { incomplete: ["line_items"] } : {}),
  };
}

/** "Fulfill orders", docs.stripe.com/checkout/fulfillment: completed is not paid. */
function projectStatus(object: StripeObject): OrderStatus {
  if (object.status === "expired" || object.status === "open") return object.status;
  const isPaid = object.payment_status === "paid" || object.payment_status === "no_payment_required";
  return isPaid ? "paid" : "unpaid";
}

/** `line_items` is there only where someone expanded it; a list cut short is as good as none. */
function embeddedLines(object: StripeObject): OrderLine[] | null {
  if (!isWhole(object.line_items)) return null;
  return linesOf(
    entries(object.line_items).map(({ price, quantity }) => ({
      price: referenceId(price),
      quantity: quantity ?? null,
    })),
  );
}

/** `metadata.lines`: `[{ "price": "price_…", "quantity": 2 }]`. */
function listedLines({ lines }: Record<string, string>): OrderLine[] | null {
  if (lines === undefined) return null;
  try {
    const listed = JSON.parse(lines) as Json;
    return Array.isArray(listed) ? linesOf(listed) : null;
  } catch {
    return null;
  }
}

function singleLine({ price_id: price, quantity }: Record<string, string>): OrderLine[] | null {
  if (price === undefined || quantity === undefined || !/^\d+$/.test(quantity)) return null;
  return linesOf([{ price, quantity: Number(quantity) }]);
}

/** All lines or none: an order with a line that cannot be read is not to be counted by halves. */
function linesOf(listed: Json[]): OrderLine[] | null {
  const lines = listed.map((line) => {
    const price = isObject(line) ? referenceId(line.price) : null;
    const quantity = isObject(line) ? integer(line.quantity) : null;
    return price === null || quantity === null || quantity < 0 ? null : { price, quantity };
  });
  return lines.includes(null) ? null : (lines as OrderLine[]);
}

/** Only in this mode an order is paid by its payment intent: the others have none, or an invoice's. */
function isPaidByIntent({ mode, paymentIntent }: OrderState): boolean {
  return mode === "payment" && paymentIntent !== null;
}

/** What it sells, and who it says that its customer is. */
function levels(state: OrderState): Level[] {
  return [...stockHeld(state), ...referencesOf(state)];
}

/** Nobody bought anything in a session that expired. */
function referencesOf({ status, customer, clientReferenceId, reference }: OrderState): Level[] {
  if (status === "expired") return [];
  const named = clientReferenceId !== undefined && isName(clientReferenceId) ? clientReferenceId : undefined;
  return [
    ...referenceLevels(customer, "client_reference_id", named),
    ...referenceLevels(customer, "metadata", reference),
  ];
}

/** That a payment which took days failed, only its event says: the session stays unpaid. */
function evidence({ type }: Seen<OrderState>): Evidence {
  return evidenceOf({ greatest: { failed: type === "checkout.session.async_payment_failed" ? 1 : null } });
}

/** What its own events tell. */
function statusOf({ status }: OrderState, { greatest }: Evidence): OrderStatus {
  return status === "unpaid" && greatest?.failed ? "failed" : status;
}

/** Contributes what its own events tell, so that what its payment makes of it does not come back. */
function joins({ own, evidence }: Standing<OrderState>): Join[] {
  if (own === undefined || !isPaidByIntent(own)) return [];
  const { customer, paymentIntent } = own;
  return paymentJoin(paymentIntent, { status: statusOf(own, evidence), customer });
}

/** A session does not tell that what it left unpaid was captured later, let go, or given back: its payment does. */
function derive({ own = UNKNOWN, joined, evidence }: Sources<OrderState>): OrderState {
  const money = joined.find(({ noun }) => noun === "payment")?.state as OrderMoney | undefined;
  const status = money === undefined ? statusOf(own, evidence) : STATUS_BY_MONEY[money.money];
  return { ...own, status, ...(money?.refunded === undefined ? {} : { refunded: money.refunded }) };
}

/** Of an order that only its payment tells of. */
const UNKNOWN = project({ object: "checkout.session" });

const STATUS_BY_MONEY: Readonly<Record<OrderMoney["money"], OrderStatus>> = {
  captured: "paid",
  refunded: "paid",
  canceled: "failed",
};

/** Its lines are its stock. */
function needsList({ incomplete = [] }: OrderState): boolean {
  return incomplete.length > 0;
}

/** Money that came is final; that it did not come is final only as long as none did. */
const LIFECYCLE: Lifecycle = {
  ranks: { open: 0, unpaid: 1, paid: 2, expired: 3 },
  terminal: ["paid", "expired"],
};

export const order: Noun<OrderState> = {
  name: "order",
  home: "own",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  evidence,
  derive,
  needsList,
  levels,
  joins,
};
