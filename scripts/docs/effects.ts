// What there is to know of each noun's events in a sentence, beside what the noun's own members tell.

const EFFECTS: Readonly<Record<string, string>> = {
  account: "Of a Connect platform: what is due is due by the deadline, else the account is restricted.",
  alert:
    "What is triggered has no id, so its row is the alert's and the customer's, and says when it last was.",
  balance:
    "An account has one, so its row has one id, and the newest event is what there is and what is on its way.",
  "cash-balance": "It has no id, so a customer has one row, and the newest event is what is available.",
  coupon: "A discount is a coupon at work; the coupon itself says what it would give, and to how many.",
  "credit-balance-transaction": "Never changes: credits less debits of a grant are what is left of it.",
  "credit-grant": "What it grants; what was used of it is in its credit balance transactions.",
  "credit-note": "Issued until it is voided, which is for good.",
  customer:
    "Deleted for good: the row stays as it was last known, and the profile says that the customer is gone.",
  "customer-account":
    "A thin event closes it, and nothing is fetched for that; its customer's profile then says that they are gone, whatever came first.",
  discount: "Gone for good once it is taken off; the same coupon comes back as another discount.",
  dispute: "What it withholds or takes is told by its payment's row, which changes with it.",
  entitlement:
    "The summary has no id and comes whole with each event, so a customer has one row, and its profile the features.",
  generic:
    "Types that nobody knows yet, too. Of what is nested, values up to five names deep are kept, of lists the first 25 entries, and 2,048 bytes of JSON in all, the smallest members first; of another object its id. Nothing by which somebody could sign in or pay: no member that ends in `url`, `secret` or `token`, no `next_action`, no link, no key.",
  invoice: "Which payments paid it is in the payments' rows.",
  "invoice-item": "It waits until an invoice takes it in; Stripe tells nothing of it after that.",
  order:
    "In payment mode it meets its refunds in its payment's row, which moves the stock; in other modes it moves the stock itself.",
  payment:
    "One row for an intent and all its charges, so that a payment of three tries is one. Refunds, disputes and the order join it, and with an order it moves the stock.",
  "payment-method": "Detached, it names no customer any more; its row stays.",
  price: "`metadata.capacity` is how many of it there are to sell, which its stock then knows.",
  product: "Its prices name it; it names one of them at most, the default.",
  profile:
    "No event tells of it: it is made of a customer's subscriptions and entitlements, in the transactions that change those. One with a label has that where others have a status: `gsi2` lists it by that.",
  "promotion-code": "Switched off rather than deleted; its coupon says what it gives.",
  reference:
    "Keyed by where it stands and its value, with a row for each customer of it. No event tells of it: orders, customers and subscriptions that name both count it.",
  refund: "However often it is told, it counts once in its payment's row, and not at all once it failed.",
  setup: "A payment method on its way to being saved; it succeeds or is canceled for good.",
  stock:
    "Keyed by the price's id. No event tells of it: orders, payments and prices move it by the difference between what they held and what they hold.",
  subscription: "`customer.subscription.deleted` is no deletion: the subscription stays, as canceled.",
  "subscription-schedule":
    "A phase that begins changes the subscription, which tells that itself: here is what comes next, and when.",
  "tax-id": "Whether it is valid for this customer is told later: what it is listed by is its verification.",
};

/** @throws Error for a noun that nobody has written a sentence for. */
export function sentenceOf(noun: string): string {
  const sentence = EFFECTS[noun];
  if (sentence === undefined)
    throw new Error(`scripts/docs/effects.ts has no sentence for the noun ${noun}.`);
  return sentence;
}

/** The nouns that have a sentence, in alphabetical order. */
export const DESCRIBED: readonly string[] = Object.keys(EFFECTS).sort();
