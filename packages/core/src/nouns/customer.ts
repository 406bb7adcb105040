// A customer: who they are to us, and what they owe or are owed.
import type { StripeObject } from "../event.ts";
import { flag, integer, metadata, text } from "../fields.ts";
import { NO_LIFECYCLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";
import { profileJoin } from "./profile.ts";

export type CustomerState = {
  email: string | null;
  name: string | null;
  currency: string | null;
  /** Minor units; negative is credit. */
  balance: number | null;
  delinquent: boolean | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): CustomerState {
  return {
    email: text(object.email),
    name: text(object.name),
    currency: text(object.currency),
    balance: integer(object.balance),
    delinquent: flag(object.delinquent),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

export const customer: Noun<CustomerState> = {
  name: "customer",
  home: "customer",
  project,
  customerOf: (_, id) => id,
  statusOf: () => null,
  lifecycleOf: () => NO_LIFECYCLE,
  joins: ({ id, deleted }) => (deleted ? profileJoin(id, { deleted }) : []),
};
