// What an invoice tells besides what it asks for: its page, the customer's balance, and what went wrong or came back.
import { referenceId, type StripeObject } from "./event.ts";
import { integer, member, nonZero, present, someOf, text } from "./fields.ts";

/** Amounts are minor units. Each is absent where there is none. */
export type InvoiceDetails = {
  /** What it is charged to; where absent, to the subscription's or the customer's own default. */
  defaultPaymentMethod?: string;
  /** Where the customer can see and pay it, as long as it is open: whoever has the link can. */
  hostedInvoiceUrl?: string;
  /** The customer's balance before it was finalized and after; negative is credit. Absent where both are zero. */
  startingBalance?: number;
  endingBalance?: number;
  /** What was paid beyond what was due. */
  overpaid?: number;
  /** What credit notes came to. */
  credited?: InvoiceCredits;
  /** Why it could not be finalized: until it is, nobody is charged. */
  finalizationError?: FinalizationError;
};

export type InvoiceCredits = {
  /** Taken off before it was paid. */
  prePayment: number;
  /** Given back after it was paid. */
  postPayment: number;
};

/** Without Stripe's message, which may hold what the customer entered. */
export type FinalizationError = {
  /** Such as `customer_tax_location_invalid`. */
  code: string | null;
  /** Such as `invalid_request_error`. */
  type: string | null;
};

export function invoiceDetailsOf(object: StripeObject): InvoiceDetails {
  return present({
    defaultPaymentMethod: referenceId(object.default_payment_method) ?? referenceId(object.default_source),
    hostedInvoiceUrl: object.status === "open" ? text(object.hosted_invoice_url) : null,
    ...balancesOf(object),
    overpaid: nonZero(object.amount_overpaid),
    credited: creditedOf(object),
    finalizationError: finalizationErrorOf(object),
  });
}

function balancesOf({ starting_balance: starting, ending_balance: ending }: StripeObject) {
  const isAnything = nonZero(starting) !== null || nonZero(ending) !== null;
  return {
    startingBalance: isAnything ? integer(starting) : null,
    endingBalance: isAnything ? integer(ending) : null,
  };
}

function creditedOf(object: StripeObject): InvoiceCredits | null {
  const prePayment = integer(object.pre_payment_credit_notes_amount) ?? 0;
  const postPayment = integer(object.post_payment_credit_notes_amount) ?? 0;
  return prePayment === 0 && postPayment === 0 ? null : { prePayment, postPayment };
}

function finalizationErrorOf({ last_finalization_error: error }: StripeObject): FinalizationError | null {
  return someOf<FinalizationError>({ code: text(member(error, "code")), type: text(member(error, "type")) });
}
