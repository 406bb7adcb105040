// What Stripe is asked beside an event, and what stands where it does not say (D12, D23).
import { Defect, Malformed, type ParkReason } from "./errors.ts";
import { customerOf, idOf, type Snapshot, type StripeEvent, type StripeObject } from "./event.ts";
import type { Evidence } from "./evidence.ts";
import type { Failure, FetchedObject, FetchRequest } from "./fetch.ts";
import type { Noun } from "./noun.ts";
import { type Ordered, order } from "./order.ts";
import type { Part } from "./part.ts";
import { incompleteOf } from "./row.ts";
import type { Sight } from "./sight.ts";
import { completed, type TellOptions, tellFetched } from "./tell.ts";

/** Why an event stands without what Stripe would have said of its object. */
export type DoubtCause =
  | ParkReason
  /** Stripe was throttled, slow or down, rejected the key, or the budget of requests was spent. */
  | "unavailable"
  /** Stripe does not find the object. */
  | "not-found"
  /** The answer may be older than the event. */
  | "answer-too-old"
  /** What Stripe gave is not whole either. */
  | "list-not-whole";

/** What an event was applied without. */
export type Doubt = {
  because: DoubtCause;
  /** Paths of the lists that are not whole; none where only the order of events is in doubt. */
  lists: string[];
  /** How asking Stripe ended. */
  error?: Error;
};

type Told = { before: Part | undefined; ordered: Ordered };

/** `evidence` is what the answer proves, beside what the event does. */
type Asked =
  | { part: Part; doubt?: Doubt; evidence?: Evidence | undefined }
  | { fetch: FetchRequest }
  | { failure: Failure };

/** What the events do not tell is asked for, once: which of them was last, or the rest of a list that was cut (D12). */
export function withStripe(
  { noun, part: id }: { noun: Noun; part: string },
  event: Snapshot,
  told: Told,
  sight: Sight,
): Asked {
  const { before, ordered } = told;
  const { part } = ordered;
  const isDoubtful = part.tie || isInDoubt(before, event);
  const isCut = ordered.stands && incompleteOf(part).length > 0;
  if (!isDoubtful && !isCut) return { part };
  const unasked = isDoubtful ? { ...part, tie: true } : part;
  if (!sight.canFetch) return left(unasked, "no-stripe-key");
  const isNeeded = isCut && noun.needsList?.(part.state) === true;
  const request = { account: event.account, objectType: event.object.object, id, url: null };
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return isNeeded ? answer : unlessDefect(answer, unasked);
  const { object } = answer;
  if (object === null) return missing({ ...part, tie: true }, isNeeded, event, sight);
  const key = mayBeAnothers(noun, object) ? checkKey(event, sight) : NOT_FOUND;
  if ("fetch" in key) return key;
  if ("failure" in key) return unlessDefect(key, unasked);
  return answered(noun, event, { ...told, isDoubtful, isNeeded }, { ...answer, object }, sight);
}

/** An event of the seconds that the fetched state before it may or may not have seen (D12). */
function isInDoubt(before: Part | undefined, { created }: Snapshot): boolean {
  return before?.via === "fetch" && created > before.second && created <= (before.until ?? 0);
}

/** A key, as far as it can be told, or what has to be known first. */
type KeyChecked = Pick<Doubt, "because" | "error"> | { fetch: FetchRequest } | { failure: Failure };

const NOT_FOUND: KeyChecked = { because: "not-found" };

/** "Not found" is no proof: the event stands, in doubt (D23). What needs the answer asks whether the key is right. */
function missing(part: Part, isNeeded: boolean, event: Snapshot, sight: Sight): Asked {
  const key = isNeeded ? checkKey(event, sight) : NOT_FOUND;
  return "because" in key ? left(part, key.because, key.error) : key;
}

type Needs = Told & { isDoubtful: boolean; isNeeded: boolean };

function answered(
  noun: Noun,
  event: Snapshot,
  { before, ordered: { part }, isDoubtful, isNeeded }: Needs,
  answer: FetchedObject,
  options: TellOptions,
): Asked {
  const told = tellFetched(noun, event, answer, event.object, options);
  const { evidence } = told;
  const fetched = order(part, told).part;
  if (fetched !== part) return { ...asWhole(fetched), evidence };
  if (isDoubtful && !isNeeded) return { ...left({ ...part, tie: true }, "answer-too-old"), evidence };
  const whole = order(before, completed(noun, event, answer, options)).part;
  return { ...asWhole(isDoubtful ? { ...whole, tie: true } : whole), evidence };
}

function asWhole(part: Part): { part: Part; doubt?: Doubt } {
  return incompleteOf(part).length === 0 ? { part } : left(part, "list-not-whole");
}

function left(part: Part, because: DoubtCause, error?: Error): { part: Part; doubt: Doubt } {
  return { part, doubt: { because, lists: incompleteOf(part), ...(error && { error }) } };
}

/** What stands without an answer; but our own exception is never an `applied`. */
function unlessDefect({ failure }: { failure: Failure }, part: Part): Asked {
  return failure instanceof Defect ? { failure } : left(part, causeOf(failure), failure);
}

function causeOf(failure: Failure): DoubtCause {
  return failure instanceof Malformed ? failure.reason : "unavailable";
}

/**
 * Whether a key of another account may find an object of the same name: one whose id a person may have chosen, or of
 * which each account has one. Such an answer counts only where the key is not known to be wrong.
 */
export function mayBeAnothers(noun: Noun, object: StripeObject): boolean {
  const isOneOfIts = idOf(object) === null && customerOf(object) === null;
  return isOneOfIts || noun.lifecycleOf(object).reusable === true;
}

/** Seconds: Stripe gives events of the last 30 days ("List all events", docs.stripe.com/api/events/list), less one. */
const SURELY_KEPT = 29 * 24 * 60 * 60;

/**
 * Asked when an object is not found: a key that does not find the event either is of another account (D23). Gives
 * why the object is in doubt where the key is right, or where it cannot be told.
 */
export function checkKey(event: StripeEvent, sight: Sight): KeyChecked {
  if (sight.now - event.created >= SURELY_KEPT) return NOT_FOUND;
  let refusal: Malformed | undefined;
  for (const request of eventRequests(event)) {
    const answer = sight.fetched(request);
    if (answer === undefined) return { fetch: request };
    if (!("failure" in answer)) {
      if (answer.object !== null) return NOT_FOUND;
      continue;
    }
    if (!isRefusal(answer.failure)) return answer;
    refusal = answer.failure;
  }
  return refusal ? { because: refusal.reason, error: refusal } : { failure: wrongKey(event) };
}

/** The key may not read events: that says nothing of whose it is. */
function isRefusal(failure: Failure): failure is Malformed {
  return failure instanceof Malformed && failure.reason !== "wrong-stripe-key";
}

function wrongKey({ account }: StripeEvent): Malformed {
  const whose = account === null ? "this account" : `the connected account ${account}`;
  return new Malformed("wrong-stripe-key", `StripeKey does not find the event: it is not a key of ${whose}.`);
}

/** A thin event is kept by API v2; whether it keeps those of v1's objects is on no page, so their twin is asked for. */
function eventRequests(event: StripeEvent): FetchRequest[] {
  const { account } = event;
  if (event.kind === "snapshot") return [snapshotRequest(account, event.id)];
  const url = `/v2/core/events/${encodeURIComponent(event.id)}`;
  const thin = { account, objectType: "v2.core.event", id: event.id, url };
  return event.snapshotEvent === null ? [thin] : [thin, snapshotRequest(account, event.snapshotEvent)];
}

function snapshotRequest(account: string | null, id: string): FetchRequest {
  return { account, objectType: "event", id, url: `/v1/events/${encodeURIComponent(id)}` };
}

/** For the event itself, and not only for whether Stripe knows it: another one of the account does not answer that. */
export function wholeEventRequest({ account, id }: Snapshot): FetchRequest {
  return { ...snapshotRequest(account, id), objectType: WHOLE_EVENT };
}

const WHOLE_EVENT = "event.whole";

/** The paths above: what a thin event says of its own object must not pass for such a request. */
const OF_EVENTS = /^\/(v1|v2\/core)\/events\/[^/?]+$/;

/** Whether a request only asks if Stripe knows an event. */
export function isForEvent({ objectType, url }: FetchRequest): boolean {
  return objectType !== WHOLE_EVENT && url !== null && OF_EVENTS.test(url);
}
