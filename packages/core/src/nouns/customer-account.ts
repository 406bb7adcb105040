// A customer's account: in Accounts v2 a customer is an account, and is gone once that is closed.
import { byNounAndId, firstOf } from "../bounds.ts";
import type { StripeObject } from "../event.ts";
import type { Lifecycle } from "../lifecycle.ts";
import type { Contents, Join, Noun, Sources, Standing } from "../noun.ts";
import { profileJoin } from "./profile.ts";

export type CustomerAccountState = {
  /** `closed` for good; null where nothing tells that it is. */
  status: "closed" | null;
  /** The ids that it has as a customer, in ascending order: customers and subscriptions that name it tell them. */
  customers: string[];
};

const CUSTOMER_ACCOUNT = "customer-account";

type Naming = { customer: string };

/** What a row contributes that names the account which its customer is. */
export function accountJoin(account: string | undefined, customer: string | null): Join[] {
  if (account === undefined || customer === null) return [];
  const state: Naming = { customer };
  return [{ noun: CUSTOMER_ACCOUNT, id: account, customer: null, state }];
}

function project(object: StripeObject): CustomerAccountState {
  return { status: object.closed === true ? "closed" : null, customers: [] };
}

function derive({ own, joined }: Sources<CustomerAccountState>): CustomerAccountState {
  const customers = joined.map(({ state }) => (state as Naming).customer);
  return { status: own?.status ?? null, customers: [...new Set(customers)].sort() };
}

/** Of those that name one customer: each says the same. */
const MOST_NAMING = 20;

function bound(contents: Contents): Contents {
  const { joined } = contents;
  if (joined.length <= MOST_NAMING) return contents;
  const byCustomer = Map.groupBy(joined, ({ state }) => (state as Naming).customer);
  const kept = [...byCustomer.values()].flatMap((all) => firstOf(all, () => true, MOST_NAMING, byNounAndId));
  return { ...contents, joined: kept.sort(byNounAndId) };
}

/** Closed, it ends what its customer has by any of their ids. */
function joins({ id, state: { status, customers } }: Standing<CustomerAccountState>): Join[] {
  if (status !== "closed") return [];
  return [...new Set([id, ...customers])].flatMap((customer) => profileJoin(customer, { deleted: true }));
}

// "Close an Account", docs.stripe.com/api/v2/core/accounts/close: a closed one "can no longer be operated on".
const LIFECYCLE: Lifecycle = { ranks: { closed: 1 }, terminal: ["closed"] };

export const customerAccount: Noun<CustomerAccountState> = {
  name: CUSTOMER_ACCOUNT,
  home: "own",
  project,
  derive,
  bound,
  customerOf: ({ customers: [customer = null] }) => customer,
  statusOf: (state) => state.status,
  lifecycleOf: () => LIFECYCLE,
  joins,
};
