// A customer's profile: what an app asks at each request, joined from their subscriptions and entitlements.
import { byId, byIdDown, firstOf } from "../bounds.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Contents, Join, Joined, Noun, Sources } from "../noun.ts";

export type ProfileState = {
  subscriptions: ({ id: string } & ProfileEntry)[];
  /** Lookup keys; null where Stripe never told of any entitlements. */
  features: string[] | null;
  /** Stripe cut the list of features, and there are more. */
  featuresCut: boolean;
  /** The customer is gone. */
  deleted: boolean;
  /** The value of the metadata member that the setting `label` names: the customer's, else a subscription's. */
  label?: string;
};

/** What a profile holds of a subscription; times in seconds since the epoch. */
export type ProfileEntry = {
  status: string | null;
  since: number | null;
  /** The end of the latest period. */
  until: number | null;
  /** When it is set to end. */
  endsAt: number | null;
  /**
   * Since when the oldest invoice is owed that could not be collected since it was last in good standing; where none is
   * known, since it was first told overdue. Null where nothing is overdue.
   */
  unpaidSince: number | null;
  endedAt: number | null;
  /** The latest second at which it was active or trialing; absent where nothing is overdue. */
  good?: number;
  /** While its invoices are not collected: what becomes of them, and when that ends; null is until further notice. */
  pause?: { behavior: string | null; resumesAt: number | null };
  /** Stripe cut the list of its items, so another one's period may reach further. */
  itemsCut?: true;
  label?: string;
};

/** What a profile holds of the customer: only what there is to say. */
export type ProfileCustomer = { deleted?: boolean; label?: string };

/** What a profile holds of an invoice that could not be collected; `since` in seconds since the epoch. */
export type ProfileDebt = { subscription: string; since: number };

/** What a profile holds of the entitlements. */
export type ProfileFeatures = { features: string[]; cut: boolean };

/** Who contributes to a profile. */
type Contributor = "customer" | "customer-account" | "entitlement" | "invoice" | "subscription";

const PROFILE = "profile";

/** A contribution to the profile of a customer. */
export function profileJoin(customer: string | null, state: Join["state"]): Join[] {
  return customer === null ? [] : [{ noun: PROFILE, id: customer, customer, state }];
}

function derive({ joined }: Sources): ProfileState {
  const from = (noun: Contributor) => joined.filter((one) => one.noun === noun);
  const told = from("entitlement")[0]?.state as ProfileFeatures | undefined;
  const customer = from("customer")[0]?.state as ProfileCustomer | undefined;
  const labels = [customer, ...from("subscription").map(({ state }) => state as ProfileEntry)];
  const label = labels.find((one) => one?.label !== undefined)?.label;
  const debts = from("invoice").map(({ state }) => state as ProfileDebt);
  return {
    subscriptions: from("subscription").map(({ id, state }) => {
      const entry = state as ProfileEntry;
      return {
        id,
        ...entry,
        unpaidSince: oldest(
          entry,
          debts.filter(({ subscription }) => subscription === id),
        ),
      };
    }),
    features: told?.features ?? null,
    featuresCut: told?.cut ?? false,
    deleted: (customer?.deleted ?? false) || from("customer-account").length > 0,
    ...(label === undefined ? {} : { label }),
  };
}

/** Of what has ended and decides nothing any more, those that lasted longest: the one that access names is among them. */
const MOST_ENDED = 50;

/** Of invoices that are owed the newest: grace is over long before there are so many. */
const MOST_OWED = 100;

const ENDED: ReadonlySet<unknown> = new Set(["canceled", "incomplete_expired"]);

function bound(contents: Contents): Contents {
  const { joined } = contents;
  if (joined.length <= MOST_ENDED) return contents;
  const some = firstOf(joined, hasEnded, MOST_ENDED, byEnd);
  return { ...contents, joined: firstOf(some, isOwed, MOST_OWED, bySince) };
}

function hasEnded({ noun, state }: Joined): boolean {
  return noun === "subscription" && ENDED.has(state.status);
}

function isOwed({ noun }: Joined): boolean {
  return noun === "invoice";
}

/** As access ranks them: the one that lasted longest first. */
function byEnd(one: Joined, other: Joined): number {
  const [end, otherEnd] = [endOf(one), endOf(other)];
  return end === otherEnd ? byId(one, other) : otherEnd - end;
}

function endOf({ state }: Joined): number {
  const { endedAt, endsAt, until } = state as ProfileEntry;
  return endedAt ?? endsAt ?? until ?? Number.POSITIVE_INFINITY;
}

function bySince(one: Joined, other: Joined): number {
  return (other.state as ProfileDebt).since - (one.state as ProfileDebt).since || byIdDown(one, other);
}

/**
 * While a subscription is past due its periods go on, each with an invoice of its own; and what is not paid may be an
 * upgrade in the middle of a period that is. So the invoices say since when, where any is known: those from before it
 * was last active or trialing are held against nobody.
 */
function oldest({ unpaidSince, good = 0 }: ProfileEntry, debts: ProfileDebt[]): number | null {
  const since = debts.map((debt) => debt.since).filter((second) => second >= good);
  return unpaidSince === null || since.length === 0 ? unpaidSince : Math.min(...since);
}

/** No Stripe object is a profile, and nothing tells of one: it is joined from others alone. */
export const profile: Noun<ProfileState> = {
  name: PROFILE,
  home: "customer",
  rowIdOf: () => null,
  project: () => derive({ parts: [], own: undefined, joined: [], evidence: {} }),
  derive,
  bound,
  customerOf: (_, id) => id,
  // It has no status of its own: so the index of statuses lists it by its label, which may change as one.
  statusOf: ({ label }) => label ?? null,
  lifecycleOf: () => NO_LIFECYCLE,
};
