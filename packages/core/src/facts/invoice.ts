// What happened to an invoice: it became due, and was paid or not.
import type { FinalizationError } from "../invoice-details.ts";
import { canonical } from "../json.ts";
import type { InvoiceState } from "../nouns/invoice.ts";
import { became, type Change, type Told, told } from "./fact.ts";

/** Amounts are minor units, times seconds since the epoch. */
type Bill = {
  number: string | null;
  subscription: string | null;
  billingReason: string | null;
  currency: string | null;
  total: number | null;
  paid: number | null;
  remaining: number | null;
  periodStart: number | null;
  periodEnd: number | null;
};

export type InvoiceFacts = {
  /** It is no draft any more: it is due. */
  "invoice.finalized": Bill & { dueDate: number | null };
  /**
   * A payment of it failed, and it is still owed. `attempts` counts as Stripe's retry schedule does; without a `nextAttempt`
   * Stripe has not planned another.
   */
  "invoice.payment_failed": Bill & { attempts: number; nextAttempt: number | null };
  /** The customer has to authenticate the payment, which was not declined: Stripe's page for that is the link. */
  "invoice.action_required": Bill & { attempts: number; hostedInvoiceUrl: string | null };
  /** It is paid, also outside of Stripe, or came to nothing. */
  "invoice.paid": Bill & { paidAt: number | null };
  /** Nobody expects it to be paid any more. */
  "invoice.uncollectible": Bill;
  /** It was taken back after it was final. */
  "invoice.voided": Bill;
  /** Nobody is charged until the cause is removed; also where another error takes the place of the first. */
  "invoice.finalization_failed": Bill & FinalizationError;
  /** `overpaid` more came than was due: `amount` more than before. */
  "invoice.overpaid": Bill & { overpaid: number; amount: number };
};

export function invoiceFacts(change: Change<InvoiceState>): Told<InvoiceFacts>[] {
  const { was, is } = change;
  const bill = billOf(is);
  const { attempts, nextAttempt, dueDate, paidAt } = is;
  const isFinal = isFinalized(is) && (was === null || !isFinalized(was));
  return told<InvoiceFacts>({
    "invoice.finalized": isFinal && { ...bill, dueDate },
    "invoice.payment_failed": attempts !== null && hasFailed(change) && { ...bill, attempts, nextAttempt },
    "invoice.action_required": hasToAct(change) && {
      ...bill,
      attempts: is.actionAttempt ?? 1,
      hostedInvoiceUrl: is.hostedInvoiceUrl ?? null,
    },
    "invoice.paid": became(change, "paid") && { ...bill, paidAt },
    "invoice.uncollectible": became(change, "uncollectible") && bill,
    "invoice.voided": became(change, "void") && bill,
    "invoice.finalization_failed": failureIn(change, bill),
    "invoice.overpaid": surplusIn(change, bill),
  });
}

function billOf(invoice: InvoiceState): Bill {
  const { number, subscription, billingReason, periodStart, periodEnd } = invoice;
  const { currency, total, paid, remaining } = invoice;
  return { number, subscription, billingReason, currency, total, paid, remaining, periodStart, periodEnd };
}

/** A paid invoice's last attempt is the one that paid it, and what failed before is over. */
function hasFailed({ was, is }: Change<InvoiceState>): boolean {
  const isOwed = is.status === "open" || is.status === "uncollectible";
  const isDeclined = (is.actionAttempt ?? 0) < (is.attempts ?? 0);
  return isOwed && isDeclined && (is.attempts ?? 0) > (was?.attempts ?? 0);
}

function hasToAct({ was, is }: Change<InvoiceState>): boolean {
  return is.status === "open" && (is.actionAttempt ?? 0) > (was?.actionAttempt ?? 0);
}

function isFinalized({ status }: InvoiceState): boolean {
  return status !== null && status !== "draft";
}

function failureIn({ was, is }: Change<InvoiceState>, bill: Bill) {
  const { finalizationError: error } = is;
  if (error === undefined || canonical(was?.finalizationError ?? null) === canonical(error)) return false;
  return { ...bill, ...error };
}

function surplusIn({ was, is }: Change<InvoiceState>, bill: Bill) {
  const { overpaid = 0 } = is;
  const amount = overpaid - (was?.overpaid ?? 0);
  return amount > 0 && { ...bill, overpaid, amount };
}
