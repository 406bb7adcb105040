// What happened to a payment method: whom it pays for.
import type { PaymentMethodState } from "../nouns/payment-method.ts";
import { type Change, type Told, told } from "./fact.ts";

type Card = { customer: string } & Pick<
  PaymentMethodState,
  "type" | "brand" | "last4" | "expMonth" | "expYear"
>;

export type PaymentMethodFacts = {
  /** It pays for that customer no more. */
  "payment_method.detached": Card;
  /** It can pay for that customer. */
  "payment_method.attached": Card;
};

/** One that moves from a customer to another is detached first. */
export function paymentMethodFacts({ was, is }: Change<PaymentMethodState>): Told<PaymentMethodFacts>[] {
  const before = was?.customer ?? null;
  const { type, brand, last4, expMonth, expYear, customer } = is;
  const card = { type, brand, last4, expMonth, expYear };
  const hasMoved = customer !== before;
  return told<PaymentMethodFacts>({
    "payment_method.detached": hasMoved && before !== null && { customer: before, ...card },
    "payment_method.attached": hasMoved && customer !== null && { customer, ...card },
  });
}
