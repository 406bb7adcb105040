// Which noun keeps which Stripe object type: a noun of one's own is one file and one line here.
import type { Noun } from "./noun.ts";
import { customer } from "./nouns/customer.ts";
import { generic } from "./nouns/generic.ts";
import { order } from "./nouns/order.ts";
import { subscription } from "./nouns/subscription.ts";

const NOUNS: Readonly<Record<string, Noun>> = {
  customer,
  subscription,
  "checkout.session": order,
};

/** The noun of a Stripe object type; the generic one for a type that has none of its own. */
export function nounOf(objectType: string): Noun {
  return Object.hasOwn(NOUNS, objectType) ? (NOUNS[objectType] as Noun) : generic;
}

const BY_NAME = new Map([...Object.values(NOUNS), generic].map((noun) => [noun.name, noun]));

/** The noun of that name, which its rows' keys hold. */
export function nounNamed(name: string): Noun {
  const noun = BY_NAME.get(name);
  if (noun === undefined) throw new Error(`No noun is named ${name}.`);
  return noun;
}
