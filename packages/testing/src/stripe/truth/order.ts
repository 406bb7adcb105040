// The truth about orders, each by its own Checkout session and the money that came for it.
import type { SetupIntent } from "../money.ts";
import type { CheckoutSession, StripeRecord } from "../records.ts";
import { type Payment, paidOf, paymentStatus, paymentsIn, refundedOf } from "./payment.ts";
import { recordsOfType, type TruthRow } from "./row.ts";
import { ownStatus } from "./session.ts";

/** What became of a session; `refunded` is what went back once that is all, in minor units. */
export type Sale = { status: string; refunded: number | undefined };

/** A row for each session that sells something. */
export function orderRows(records: readonly StripeRecord[]): TruthRow[] {
  return ordersIn(records).map(({ session, sale }) => {
    const { id, customer, mode, total, currency, lines, paymentIntent, metadata } = session;
    const sold = { mode, customer, total, currency, lines, paymentIntent, metadata };
    return { noun: "order", id, customer, status: sale.status, deleted: false, state: { ...sale, ...sold } };
  });
}

/** The sessions that sell something: one in setup mode does not. */
export function ordersIn(records: readonly StripeRecord[]): { session: CheckoutSession; sale: Sale }[] {
  const payments = paymentsIn(records);
  const orders = recordsOfType(records, "checkout.session").filter(({ mode }) => mode === "payment");
  return orders.map((session) => ({
    session,
    sale: saleOf(session, payments.get(session.paymentIntent ?? "")),
  }));
}

/** Its events do not tell that what it left unpaid was captured later, let go, or given back: its payment does. */
function saleOf(session: CheckoutSession, payment: Payment | undefined): Sale {
  const status = ownStatus(session);
  if (payment === undefined || status === "expired") return { status, refunded: undefined };
  const [paid, refunded] = [paidOf(payment), refundedOf(payment)];
  if (paid > 0) return { status: "paid", refunded: refunded >= paid ? refunded : undefined };
  const isLetGo = status === "unpaid" && paymentStatus(payment) === "canceled";
  return { status: isLetGo ? "failed" : status, refunded: undefined };
}

/** A row for each setup intent, with the session that it came by; and for one that only its session tells of. */
export function setupRows(records: readonly StripeRecord[]): TruthRow[] {
  const sessions = recordsOfType(records, "checkout.session").filter(({ mode }) => mode === "setup");
  const byIntent = new Map(sessions.map((session) => [session.setupIntent ?? "", session]));
  const intents = new Map(recordsOfType(records, "setup_intent").map((intent) => [intent.id, intent]));
  const ids = new Set([...intents.keys(), ...byIntent.keys()]);
  return [...ids].map((id) => setupRow(id, intents.get(id), byIntent.get(id)));
}

function setupRow(id: string, intent?: SetupIntent, session?: CheckoutSession): TruthRow {
  const customer = intent?.customer ?? session?.customer ?? null;
  const status = intent?.status ?? null;
  const state = {
    ...{ status, customer, created: intent?.created ?? null, usage: intent ? "off_session" : null },
    paymentMethod: intent?.paymentMethod?.id ?? null,
    failure: intent?.declineCode ?? null,
    session: session === undefined ? undefined : sessionIn(session),
  };
  return { noun: "setup", id, customer, status, deleted: false, state };
}

function sessionIn({ id, status, customer, metadata }: CheckoutSession) {
  return { id, status, customer, metadata };
}
