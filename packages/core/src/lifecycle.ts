// What Stripe documents of how an object's status moves: how far along each status is, and which is an end.

export type Lifecycle = {
  /** How far along: it only goes up, and statuses that can alternate share a rank. */
  ranks: Readonly<Record<string, number>>;
  /** Statuses that never give way to another that is not terminal itself. */
  terminal: readonly string[];
  /**
   * Event types that tell of an object's coming into its status, and so come before all else that its second tells
   * of that status.
   */
  entries?: readonly string[];
  /** Whether Stripe lets a deleted id be born again. */
  reusable?: boolean;
};

/** For objects whose status, if they have one, says nothing about order. */
export const NO_LIFECYCLE: Lifecycle = { ranks: {}, terminal: [] };

/** For objects that may be created again under the id of a deleted one. */
export const REUSABLE: Lifecycle = { ...NO_LIFECYCLE, reusable: true };

// "The OutboundTransfer object", docs.stripe.com/api/treasury/outbound_transfers/object: what is posted and does
// not arrive is returned.
const OUTBOUND: Lifecycle = {
  ranks: { processing: 0, posted: 1, returned: 2, failed: 2, canceled: 2 },
  terminal: ["returned", "failed", "canceled"],
};

/**
 * Of the payment's objects, and of the types that have no noun of their own. A type is here only where a page puts
 * its statuses in order, which none does for a mandate, and a status is an end only where a page says so.
 */
const LIFECYCLES: Readonly<Record<string, Lifecycle>> = {
  // "How PaymentIntents work", docs.stripe.com/payments/paymentintents/lifecycle: a failed try goes back to
  // requires_payment_method, so all that is open alternates.
  payment_intent: {
    ranks: {
      requires_payment_method: 0,
      requires_confirmation: 0,
      requires_action: 0,
      processing: 0,
      requires_capture: 0,
      succeeded: 1,
      canceled: 1,
    },
    terminal: ["succeeded", "canceled"],
  },
  // "The Charge object", docs.stripe.com/api/charges/object#charge_object-status, and what payment-parts.ts makes of a
  // hold, which is captured or let go once.
  charge: {
    ranks: { pending: 0, failed: 1, requires_capture: 1, succeeded: 2, canceled: 2 },
    terminal: [],
    entries: ["charge.pending", "charge.failed", "charge.succeeded"],
  },
  // "The Invoice Payment object", docs.stripe.com/api/invoice-payment.
  invoice_payment: { ranks: { open: 0, paid: 1, canceled: 1 }, terminal: [] },
  // "The Payout object", docs.stripe.com/api/payouts/object: some that fail show as paid at first.
  payout: {
    ranks: { pending: 0, in_transit: 1, paid: 2, failed: 3, canceled: 3 },
    terminal: ["failed", "canceled"],
  },
  // "Cancel a top-up", docs.stripe.com/api/topups/cancel: only a pending one can be.
  topup: {
    ranks: { pending: 0, succeeded: 1, reversed: 2, failed: 2, canceled: 2 },
    terminal: ["reversed", "failed", "canceled"],
  },
  // "Quotes", docs.stripe.com/quotes/overview: one that is accepted or canceled leaves nothing to do.
  quote: { ranks: { draft: 0, open: 1, accepted: 2, canceled: 2 }, terminal: ["accepted", "canceled"] },
  // "The Source object", docs.stripe.com/api/sources/object: what is chargeable is consumed when used, canceled
  // when it expires, failed when its owner revokes it.
  source: {
    ranks: { pending: 0, chargeable: 1, consumed: 2, canceled: 2, failed: 2 },
    terminal: ["consumed", "canceled", "failed"],
  },
  // "How sessions work", docs.stripe.com/identity/how-sessions-work: a failed check goes back to
  // requires_input.
  "identity.verification_session": {
    ranks: { requires_input: 0, processing: 0, verified: 1, canceled: 1 },
    terminal: ["verified", "canceled"],
  },
  // "Issuing transactions", docs.stripe.com/issuing/purchases/transactions: a capture may come even for what was
  // declined.
  "issuing.authorization": { ranks: { pending: 0, expired: 1, reversed: 1, closed: 1 }, terminal: [] },
  // "Update a card", docs.stripe.com/api/issuing/cards/update: canceled is permanent.
  "issuing.card": { ranks: { inactive: 0, active: 0, canceled: 1 }, terminal: ["canceled"] },
  // "Issuing disputes", docs.stripe.com/issuing/purchases/disputes: what is not submitted in time expires.
  "issuing.dispute": {
    ranks: { unsubmitted: 0, submitted: 1, won: 2, lost: 2, expired: 2 },
    terminal: ["expired"],
  },
  // "Cancel an order", docs.stripe.com/api/climate/order/cancel: what is confirmed may yet be canceled.
  "climate.order": {
    ranks: { awaiting_funds: 0, open: 0, confirmed: 1, delivered: 2, canceled: 2 },
    terminal: ["delivered", "canceled"],
  },
  // "The Report Run object", docs.stripe.com/api/reporting/report_run/object: a run that finishes succeeded or
  // failed.
  "reporting.report_run": {
    ranks: { pending: 0, succeeded: 1, failed: 1 },
    terminal: ["succeeded", "failed"],
  },
  // "The InboundTransfer object", docs.stripe.com/api/treasury/inbound_transfers/object: its status does not tell
  // that it was returned.
  "treasury.inbound_transfer": {
    ranks: { processing: 0, succeeded: 1, failed: 1, canceled: 1 },
    terminal: ["failed", "canceled"],
  },
  "treasury.outbound_payment": OUTBOUND,
  "treasury.outbound_transfer": OUTBOUND,
  // "The CreditReversal object", docs.stripe.com/api/treasury/credit_reversals/object; for debits, likewise.
  "treasury.credit_reversal": { ranks: { processing: 0, posted: 1, canceled: 1 }, terminal: [] },
  "treasury.debit_reversal": { ranks: { processing: 0, succeeded: 1, failed: 1 }, terminal: [] },
  plan: REUSABLE,
};

export function lifecycleOfType(object: string): Lifecycle {
  return Object.hasOwn(LIFECYCLES, object) ? (LIFECYCLES[object] as Lifecycle) : NO_LIFECYCLE;
}

/** A status that nobody documents yet could be any: it ranks with those that are furthest but not terminal. */
export function rankOf({ ranks, terminal }: Lifecycle, status: string | null): number {
  if (status === null) return 0;
  if (Object.hasOwn(ranks, status)) return ranks[status] as number;
  const open = Object.keys(ranks).filter((known) => !terminal.includes(known));
  return Math.max(0, ...open.map((known) => ranks[known] as number));
}

export function isTerminal({ terminal }: Lifecycle, status: string | null): boolean {
  return status !== null && terminal.includes(status);
}
