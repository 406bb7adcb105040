// Why a try to pay, or to set up a payment method, failed: one short code.
import { member, text } from "./fields.ts";
import type { Json } from "./json.ts";

/**
 * The code of a `last_payment_error` or `last_setup_error`: the issuer's, which says more, else Stripe's own
 * ("Decline codes", docs.stripe.com/declines/codes). Null where nothing failed.
 */
export function failureOf(error: Json | undefined): string | null {
  return text(member(error, "decline_code")) ?? text(member(error, "code"));
}
