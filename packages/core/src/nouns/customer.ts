// A customer: who they are to us, what they owe or are owed, and what they are charged to.
import { referenceId, type StripeObject } from "../event.ts";
import { flag, integer, member, metadata, present, text, texts } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import { type Naming, namesIn } from "../naming.ts";
import type { Join, Noun, Standing } from "../noun.ts";
import { accountJoin } from "./customer-account.ts";
import { profileJoin } from "./profile.ts";
import { referenceLevels } from "./reference.ts";

export type CustomerState = CustomerDetails & {
  email: string | null;
  name: string | null;
  currency: string | null;
  /** Minor units; negative is credit. */
  balance: number | null;
  delinquent: boolean | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
  /** The value of the metadata member that the setting `customerReference` names. */
  reference?: string;
  /** The value of the metadata member that the setting `label` names. */
  label?: string;
};

/** Each is absent where the customer has none. */
export type CustomerDetails = {
  /** What invoices are charged to, unless the subscription or the invoice has its own. */
  defaultPaymentMethod?: string;
  phone?: string;
  /** Of their address, in two letters. */
  country?: string;
  /** Stripe's `exempt` or `reverse`; absent where taxes are collected. */
  taxExempt?: string;
  /** Languages, the most preferred first. */
  preferredLocales?: string[];
  /** The account that the customer is, in Accounts v2. */
  customerAccount?: string;
};

function project(object: StripeObject, _: string, naming?: Naming): CustomerState {
  return {
    email: text(object.email),
    name: text(object.name),
    currency: text(object.currency),
    balance: integer(object.balance),
    delinquent: flag(object.delinquent),
    created: integer(object.created),
    metadata: metadata(object.metadata),
    ...detailsOf(object),
    ...namesIn(object.metadata, naming),
  };
}

function detailsOf(object: StripeObject): CustomerDetails {
  const locales = texts(object.preferred_locales);
  return present({
    defaultPaymentMethod: defaultOf(object),
    phone: text(object.phone),
    country: text(member(object.address, "country")),
    taxExempt: object.tax_exempt === "none" ? null : text(object.tax_exempt),
    preferredLocales: locales.length === 0 ? null : locales,
    customerAccount: referenceId(object.customer_account),
  });
}

/** "The Customer object", docs.stripe.com/api/customers/object: of the two, invoices are charged to the payment method. */
function defaultOf({ invoice_settings: settings, default_source: source }: StripeObject): string | null {
  return referenceId(member(settings, "default_payment_method")) ?? referenceId(source);
}

/** To their profile: that they are gone, and their label; to the account that they are: who that is as a customer. */
function joins({ id, state: { label, customerAccount }, deleted }: Standing<CustomerState>): Join[] {
  const told = { ...(deleted ? { deleted } : {}), ...(label === undefined ? {} : { label }) };
  return [
    ...(Object.keys(told).length === 0 ? [] : profileJoin(id, told)),
    ...(deleted ? [] : accountJoin(customerAccount, id)),
  ];
}

export const customer: Noun<CustomerState> = {
  name: "customer",
  home: "customer",
  project,
  customerOf: (_, id) => id,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
  joins,
  levels: ({ reference }, id) => referenceLevels(id, "metadata", reference),
};
