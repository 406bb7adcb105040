// What Stripe documents of how an object's status moves: how far along each status is, and which is an end.

export type Lifecycle = {
  /** How far along: it only goes up, and statuses that can alternate share a rank. */
  ranks: Readonly<Record<string, number>>;
  /** Statuses that never give way to another that is not terminal itself. */
  terminal: readonly string[];
  /** Whether Stripe lets a deleted id be born again. */
  reusable?: boolean;
};

/** For objects whose status, if they have one, says nothing about order. */
export const NO_LIFECYCLE: Lifecycle = { ranks: {}, terminal: [] };

const REUSABLE: Lifecycle = { ...NO_LIFECYCLE, reusable: true };

/** For the Stripe object types that have no noun of their own. */
const LIFECYCLES: Readonly<Record<string, Lifecycle>> = {
  // "Status transitions and finalization", docs.stripe.com/invoicing/overview: only void is without return,
  // since an uncollectible invoice may still be paid.
  invoice: { ranks: { draft: 0, open: 1, uncollectible: 2, paid: 3, void: 4 }, terminal: ["void"] },
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
  // "The Charge object", docs.stripe.com/api/charges/object#charge_object-status.
  charge: { ranks: { pending: 0, failed: 1, succeeded: 1 }, terminal: [] },
  coupon: REUSABLE,
  plan: REUSABLE,
  price: REUSABLE,
  product: REUSABLE,
  promotion_code: REUSABLE,
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
