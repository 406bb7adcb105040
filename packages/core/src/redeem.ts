// Redeems a claim check: gets the event that it stands for from Stripe.
import { checkKey, wholeEventRequest } from "./doubt.ts";
import { Malformed } from "./errors.ts";
import {
  customerOfEvent,
  eventFrom,
  objectIdOf,
  type Snapshot,
  type StripeEvent,
  type StripeObject,
} from "./event.ts";
import type { Failure, FetchRequest } from "./fetch.ts";
import { inspected } from "./json.ts";
import type { Sight } from "./sight.ts";

/** The event that a claim check stands for, any other as it is; or what has to be fetched first. */
export function redeemed(
  event: StripeEvent,
  sight: Sight,
): { event: StripeEvent } | { fetch: FetchRequest } | { failure: Failure } {
  if (event.kind === "thin" || !event.isClaimCheck) return { event };
  if (!sight.canFetch) return { failure: new Malformed("no-stripe-key", NO_KEY) };
  const request = wholeEventRequest(event);
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return answer;
  return answer.object === null ? missing(event, sight) : whole(event, answer.object);
}

const NO_KEY = "The event came as a claim check and must be fetched, and no Stripe key is set.";

/** Stripe gives events for 30 days only; before that, a key that does not find one is another account's (D23). */
function missing(event: Snapshot, sight: Sight): { fetch: FetchRequest } | { failure: Failure } {
  const key = checkKey(event, sight);
  if (!("because" in key)) return key;
  return {
    failure: new Malformed("too-large", "The event came as a claim check, and Stripe has it no more."),
  };
}

/** Stripe names the account of an event only where it delivers it to a platform. */
function whole(event: Snapshot, object: StripeObject): { event: StripeEvent } | { failure: Malformed } {
  try {
    const fetched = eventFrom(inspected(object));
    if (isTheSame(event, fetched)) return { event: { ...fetched, account: event.account } };
    return {
      failure: new Malformed("not-an-event", "Stripe gives another event than the claim check names."),
    };
  } catch (error) {
    if (error instanceof Malformed) return { failure: error };
    throw error;
  }
}

/** Also in what its ledger row's key is made of: else one event could have two. */
function isTheSame(event: Snapshot, fetched: StripeEvent): boolean {
  if (fetched.kind === "thin" || fetched.isClaimCheck) return false;
  const names = (one: Snapshot) => [
    one.id,
    one.type,
    one.created,
    one.livemode,
    customerOfEvent(one),
    objectIdOf(one),
  ];
  const told = names(fetched);
  return names(event).every((name, index) => name === told[index]);
}
