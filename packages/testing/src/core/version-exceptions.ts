// All that the rows of two API versions differ in, where no rule can make them one (D14, D28): by type, member and version.
import type { View } from "@stripe-lanes/core/view";
import { DIFFERENCES, type Difference } from "../stripe/differences.ts";

/** In classic billing mode, which every version has, the same happens in all of them. */
export type Telling = { seed: number; apiVersion: string; billing: "classic" | "flexible" };

/** What one telling has in a row, or of a whole one where `member` is null, and the newest version has otherwise. */
export type Distinction = Telling & { row: View; member: string | null; was: unknown; newest: unknown };

export type VersionException = {
  because: string;
  /** The change of Stripe's that makes it so. */
  change: Difference;
  /** Whether it is of the versions before that change; else of those since. */
  before: boolean;
  noun: View["noun"];
  members: readonly (string | null)[];
  isSo: (distinction: Distinction) => boolean;
};

/** Each must occur in the test that reads this, and nothing else may. */
export const VERSION_EXCEPTIONS: readonly VersionException[] = [
  {
    because: "An order that nobody finished had its payment intent from the beginning.",
    change: DIFFERENCES.deferredPaymentIntents,
    before: true,
    noun: "order",
    members: ["paymentIntent"],
    isSo: ({ row, newest }) => row.status === "expired" && newest === null,
  },
  {
    because: "So that payment, which was never tried, was told of as well.",
    change: DIFFERENCES.deferredPaymentIntents,
    before: true,
    noun: "payment",
    members: [null],
    isSo: ({ row, newest }) =>
      newest === undefined &&
      row.noun === "payment" &&
      row.state.charges.length === 0 &&
      row.state.paid === 0,
  },
  {
    because: "A payment was then as old as its session, and not as its first try.",
    change: DIFFERENCES.deferredPaymentIntents,
    before: true,
    noun: "payment",
    members: ["created"],
    isSo: ({ was, newest }) => typeof was === "number" && typeof newest === "number" && was < newest,
  },
  {
    because:
      "Only `invoice_payment.paid` names the invoice by now: a payment of which it was not told names none.",
    change: DIFFERENCES.invoicePayments,
    before: true,
    noun: "payment",
    members: ["invoice", "invoices"],
    isSo: ({ newest }) => isNone(newest),
  },
  {
    because: "Before, no event told of one payment for several invoices which those are.",
    change: DIFFERENCES.invoicePayments,
    before: true,
    noun: "payment",
    members: ["invoice", "invoices"],
    isSo: ({ was, newest }) => isNone(was) && !isNone(newest),
  },
  {
    because: "A refund that came through was told by its charge alone, which did not name it.",
    change: DIFFERENCES.refundsTold,
    before: true,
    noun: "refund",
    members: [null],
    isSo: ({ was, newest }) => was === undefined && newest !== undefined,
  },
  {
    because: "So its payment does not name it either.",
    change: DIFFERENCES.refundsTold,
    before: true,
    noun: "payment",
    members: ["refunds"],
    isSo: ({ was, newest }) => Array.isArray(was) && Array.isArray(newest) && was.length < newest.length,
  },
  {
    because: "Flexible billing plans an end by `cancel_at` alone.",
    change: DIFFERENCES.flexibleBilling,
    before: false,
    noun: "subscription",
    members: ["cancelAtPeriodEnd"],
    isSo: ({ billing, was, newest }) => billing === "flexible" && was === false && newest === true,
  },
];

function isNone(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

export function isCovered(
  distinction: Distinction,
  { change, before, noun, members, isSo }: VersionException,
): boolean {
  const isBefore = distinction.apiVersion.slice(0, 10) < change.since.slice(0, 10);
  const isNamed = distinction.row.noun === noun && members.includes(distinction.member);
  return isBefore === before && isNamed && isSo(distinction);
}
