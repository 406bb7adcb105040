// A credit note: what an invoice that is already finalized was lowered by.
import { customerOf, referenceId, type StripeObject } from "../event.ts";
import { integer, metadata, text } from "../fields.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type CreditNoteState = {
  status: string | null;
  customer: string | null;
  invoice: string | null;
  /** What is printed on it. */
  number: string | null;
  currency: string | null;
  /** Minor units; before discounts and exclusive taxes. */
  subtotal: number | null;
  total: number | null;
  /** Whether it lowers what is still to pay, or gives back: `pre_payment`, `post_payment` or `mixed`. */
  type: string | null;
  reason: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): CreditNoteState {
  return {
    status: text(object.status),
    customer: customerOf(object),
    invoice: referenceId(object.invoice),
    number: text(object.number),
    currency: text(object.currency),
    subtotal: integer(object.subtotal),
    total: integer(object.total),
    type: text(object.type),
    reason: text(object.reason),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

// "Void a credit note", docs.stripe.com/api/credit_notes/void: nothing issues it again.
const LIFECYCLE: Lifecycle = { ranks: { issued: 0, void: 1 }, terminal: ["void"] };

export const creditNote: Noun<CreditNoteState> = {
  name: "credit-note",
  home: "customer",
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
};
