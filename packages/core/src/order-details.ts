// What an order's session tells beside what it sold: who bought, by which link, and what makes up the total.
import { referenceId, type StripeObject } from "./event.ts";
import { entries, integer, member, nonZero, present, someOf, text } from "./fields.ts";
import type { JsonObject } from "./json.ts";

/** Each is absent where the session does not tell it, and an amount where it is zero. */
export type OrderDetails = {
  /** The app's own id, which it gave the session or the payment link's URL. */
  clientReferenceId?: string;
  /** What the buyer entered, also where there is no customer. */
  customerDetails?: OrderCustomer;
  /** The payment link that the session came from. */
  paymentLink?: string;
  /** The expired session that this one was opened again from. */
  recoveredFrom?: string;
  created?: number;
  expiresAt?: number;
  /** What was taken off the subtotal. */
  discount?: number;
  shipping?: number;
  tax?: number;
  /** What the buyer entered into the session's own fields. */
  customFields?: OrderField[];
};

export type OrderCustomer = { email: string | null; name: string | null; phone: string | null };

/** `type` is Stripe's `text`, `numeric` or `dropdown`; the value is null where nothing was entered. */
export type OrderField = { key: string | null; type: string | null; value: string | null };

export function orderDetailsOf(object: StripeObject): OrderDetails {
  const totals = object.total_details;
  const fields = entries(object.custom_fields).map(fieldOf);
  return present({
    clientReferenceId: text(object.client_reference_id),
    customerDetails: customerDetailsOf(object),
    paymentLink: referenceId(object.payment_link),
    recoveredFrom: text(object.recovered_from),
    created: integer(object.created),
    expiresAt: integer(object.expires_at),
    discount: nonZero(member(totals, "amount_discount")),
    shipping: nonZero(member(totals, "amount_shipping")),
    tax: nonZero(member(totals, "amount_tax")),
    customFields: fields.length === 0 ? null : fields,
  });
}

/** Until the session is complete there may be nothing but the email address that it was opened with. */
function customerDetailsOf({ customer_details: details, customer_email: email }: StripeObject) {
  return someOf<OrderCustomer>({
    email: text(member(details, "email")) ?? text(email),
    name: text(member(details, "name")),
    phone: text(member(details, "phone")),
  });
}

/** Each type has a member of its own by its name. */
function fieldOf(field: JsonObject): OrderField {
  const type = text(field.type);
  const value = type === null ? null : text(member(member(field, type), "value"));
  return { key: text(field.key), type, value };
}
