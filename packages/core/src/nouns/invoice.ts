// An invoice: what a customer is asked to pay, for what, and how far that has come.
import { customerOf, idOf, referenceId, type StripeObject } from "../event.ts";
import { createdIn, entries, flag, integer, member, metadata, text } from "../fields.ts";
import { type InvoiceDetails, invoiceDetailsOf } from "../invoice-details.ts";
import { invoiceEvidence, invoiceProofs } from "../invoice-evidence.ts";
import type { JsonObject } from "../json.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { isWhole } from "../list.ts";
import type { Join, Noun, Sources, Standing } from "../noun.ts";
import { sumOfTaxes } from "../taxes.ts";
import { type ProfileDebt, profileJoin } from "./profile.ts";

/** Amounts are minor units, times seconds since the epoch. What pays it is told by the payment's row. */
export type InvoiceState = InvoiceDetails & {
  status: string | null;
  customer: string | null;
  currency: string | null;
  /** What is printed on it; null until it is finalized. */
  number: string | null;
  /** Why it was made, such as `subscription_cycle`. */
  billingReason: string | null;
  collectionMethod: string | null;
  subscription: string | null;
  /** Before discounts and exclusive taxes. */
  subtotal: number | null;
  /** Null where none was worked out, which is not the same as zero. */
  tax: number | null;
  total: number | null;
  /** What is asked for: the total, less credit that the customer had. */
  due: number | null;
  paid: number | null;
  remaining: number | null;
  /** How often its payment was tried. */
  attempts: number | null;
  nextAttempt: number | null;
  /** Of an invoice that is sent, not charged automatically. */
  dueDate: number | null;
  /** Its own period, which looks back: what is paid for is on the lines. */
  periodStart: number | null;
  periodEnd: number | null;
  created?: number;
  finalizedAt: number | null;
  paidAt: number | null;
  lines: InvoiceLine[];
  metadata: Record<string, string>;
  /** The last try, counted as `attempts` does, that only waits for the customer to authenticate it. */
  actionAttempt?: number;
  /** Lists that Stripe cut at ten, or did not send. */
  incomplete?: string[];
};

export type InvoiceLine = {
  id: string | null;
  price: string | null;
  quantity: number | null;
  /** Negative is credit. */
  amount: number | null;
  periodStart: number | null;
  periodEnd: number | null;
  /** Whether it settles a change within a period. */
  proration: boolean | null;
};

function project(object: StripeObject): InvoiceState {
  return {
    status: text(object.status),
    customer: customerOf(object),
    currency: text(object.currency),
    number: text(object.number),
    billingReason: text(object.billing_reason),
    collectionMethod: text(object.collection_method),
    subscription: subscriptionOf(object),
    ...amountsOf(object),
    ...collectionOf(object),
    lines: entries(object.lines).map(projectLine),
    metadata: metadata(object.metadata),
    ...invoiceDetailsOf(object),
    ...(isWhole(object.lines) ? {} : { incomplete: ["lines"] }),
  };
}

/** "Invoicing resources now specify how they were generated", changelog of 2025-03-31.basil. */
function subscriptionOf({ parent, subscription }: StripeObject): string | null {
  const details = member(parent, "subscription_details");
  return referenceId(member(details, "subscription")) ?? referenceId(subscription);
}

/**
 * Since 2025-03-31.basil, "Replaces top-level tax-related properties with improved tax modeling on Invoices, …";
 * an invoice without taxes has an empty list where it had null.
 */
function amountsOf(object: StripeObject) {
  return {
    subtotal: integer(object.subtotal),
    tax: integer(object.tax) ?? sumOfTaxes(object.total_taxes),
    total: integer(object.total),
    due: integer(object.amount_due),
    paid: integer(object.amount_paid),
    remaining: integer(object.amount_remaining),
  };
}

function collectionOf(object: StripeObject) {
  return {
    attempts: integer(object.attempt_count),
    nextAttempt: integer(object.next_payment_attempt),
    dueDate: integer(object.due_date),
    periodStart: integer(object.period_start),
    periodEnd: integer(object.period_end),
    ...createdIn(object.created),
    finalizedAt: integer(member(object.status_transitions, "finalized_at")),
    paidAt: integer(member(object.status_transitions, "paid_at")),
  };
}

function projectLine(line: JsonObject): InvoiceLine {
  return {
    id: text(line.id),
    price: priceOf(line),
    quantity: integer(line.quantity),
    amount: integer(line.amount),
    periodStart: integer(member(line.period, "start")),
    periodEnd: integer(member(line.period, "end")),
    proration: isProration(line),
  };
}

/** "Replaces top-level price fields with improved price modeling on …", changelog of 2025-03-31.basil. */
function priceOf({ pricing, price }: JsonObject): string | null {
  return referenceId(member(member(pricing, "price_details"), "price")) ?? referenceId(price);
}

/** Since 2025-03-31.basil it is with what the line was made from. */
function isProration({ parent, proration }: JsonObject): boolean | null {
  const sources = [member(parent, "subscription_item_details"), member(parent, "invoice_item_details")];
  const told = sources.map((source) => flag(member(source, "proration")));
  return told.find((value) => value !== null) ?? flag(proration);
}

/** A preview is no invoice: it has no id, or one that Stripe keeps nothing under ("The Invoice object", on `id`). */
function rowIdOf(object: StripeObject): string | null {
  const id = idOf(object);
  return id?.startsWith("upcoming_in") ? null : id;
}

// "Status transitions and finalization", docs.stripe.com/invoicing/integration/workflow-transitions: an uncollectible
// invoice may still be paid, so only void is without return.
const LIFECYCLE: Lifecycle = {
  ranks: { draft: 0, open: 1, uncollectible: 2, paid: 3, void: 4 },
  terminal: ["void"],
  entries: ["invoice.finalized"],
};

/**
 * What a subscription owes: its customer's access depends on since when. What the business gave up on, as
 * uncollectible or void, is held against nobody.
 */
function joins({ state, deleted }: Standing<InvoiceState>): Join[] {
  const { status, remaining, subscription, customer } = state;
  const since = owedSince(state);
  if (deleted || status !== "open" || !remaining || subscription === null || since === null) return [];
  const owed: ProfileDebt = { subscription, since };
  return profileJoin(customer, owed);
}

/** One that is sent is owed from its due date, one that is charged from when that was first tried in vain. */
function owedSince({ collectionMethod, dueDate, attempts, finalizedAt }: InvoiceState): number | null {
  if (collectionMethod === "send_invoice") return dueDate;
  return attempts ? finalizedAt : null;
}

function derive({ own, evidence: { greatest } }: Sources<InvoiceState>): InvoiceState {
  const told = own as InvoiceState;
  return greatest?.action ? { ...told, actionAttempt: greatest.action } : told;
}

export const invoice: Noun<InvoiceState> = {
  name: "invoice",
  home: "customer",
  rowIdOf,
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  evidence: invoiceEvidence,
  proofs: invoiceProofs,
  derive,
  joins,
};
