// What a thin event means: it names its object only, and Stripe has to say the rest (D12, D23).
import { checkKey, type Doubt, mayBeAnothers } from "./doubt.ts";
import { Unavailable } from "./errors.ts";
import type { StripeObject, Thin } from "./event.ts";
import type { FetchRequest } from "./fetch.ts";
import {
  change,
  inDoubt,
  judgeSnapshot,
  keysOf,
  type Subject,
  subjectOf,
  type Verdict,
  WITHOUT_ROW,
  withoutRow,
} from "./judge.ts";
import { rowKey } from "./keys.ts";
import { newsIn } from "./news.ts";
import { type Ordered, order } from "./order.ts";
import type { Part, Telling } from "./part.ts";
import { lastKnown } from "./raw-rows.ts";
import { nounOf } from "./registry.ts";
import { partOf } from "./row.ts";
import type { Sight } from "./sight.ts";
import { FETCHED_RANK, isThinDeletion, tellDeleted, tellFetched } from "./tell.ts";

/** Stripe sends it when somebody tries a destination: it changes nothing, and its ledger row shows that events arrive. */
const PING = "v2.core.event_destination.ping";

/** Where a thin event is judged: its tenant, and what was read. */
type Place = { tenant: string; sight: Sight };

export function judgeThin(event: Thin, tenant: string, sight: Sight): Verdict {
  if (event.type === PING) return withoutRow("ping");
  const news = newsIn(event);
  // No object of Stripe's stands behind it that could be kept whole.
  if (news !== null) return judgeSnapshot(news, tenant, { ...sight, keepsRaw: false });
  const request = requestFor(event);
  if (request === null) return WITHOUT_ROW;
  const stub = stubOf(event, request);
  const noun = nounOf(stub.object);
  const place = { tenant, sight };
  if (isThinDeletion(noun, event)) return judgeGone(event, stub, tellDeleted(noun, event, stub), place);
  const answer = sight.fetched(request);
  if (answer === undefined) return { fetch: request };
  if ("failure" in answer) return answer;
  const { object } = answer;
  if (object === null) return judgeMissing(event, stub, place);
  const key = mayBeAnothers(noun, object) ? checkKey(event, sight) : null;
  if (key && !("because" in key)) return key;
  const found = { ...answer, object };
  if (object.deleted === true)
    return judgeGone(event, object, tellFetched(noun, event, found, object), place);
  const subject = subjectOf(object, tenant);
  if (subject === null) return WITHOUT_ROW;
  return judgeTold(event, tellFetched(subject.noun, event, found, object, sight), subject, sight);
}

/** Whether only Stripe can say what a thin event tells. */
export function needsStripe(event: Thin): boolean {
  if (event.type === PING || event.related === null || requestFor(event) === null) return false;
  if (newsIn(event) !== null) return false;
  return !isThinDeletion(nounOf(event.related.type), event);
}

/** What there is only one of has no id; its URL tells it apart as well. */
function requestFor({ related, account }: Thin): FetchRequest | null {
  const id = related?.id ?? related?.url ?? null;
  return related === null || id === null ? null : { account, objectType: related.type, id, url: related.url };
}

/** All that a thin event says of its object. */
function stubOf({ related }: Thin, { objectType, id }: FetchRequest): StripeObject {
  return related?.id ? { object: objectType, id } : { object: objectType };
}

/** The event, or Stripe, says that the object is deleted: it stays as it was last known. */
function judgeGone(event: Thin, object: StripeObject, told: Telling, { tenant, sight }: Place): Verdict {
  const subject = subjectOf(object, tenant);
  // What a row is made of together with others, as a charge, cannot be gone, and alone it names no row.
  if (subject === null || subject.noun.hasParts) return WITHOUT_ROW;
  const found = sought(subject, event, sight);
  return "subject" in found ? judgeTold(event, told, found.subject, sight) : found;
}

/** Stripe does not find the object, which is no proof (D23): what is known of it stands, in doubt. */
function judgeMissing(event: Thin, stub: StripeObject, { tenant, sight }: Place): Verdict {
  const subject = subjectOf(stub, tenant);
  const found = subject === null ? WITHOUT_ROW : sought(subject, event, sight);
  if ("subject" in found) return judgeKnown(event, stub, found.subject, sight);
  return "settled" in found ? unknownUnless(event, sight) : found;
}

/** Nothing is known of the object: that leaves a ledger row only, unless the key is wrong. */
function unknownUnless(event: Thin, sight: Sight): Verdict {
  const key = checkKey(event, sight);
  return "because" in key ? inDoubt(withoutRow("not-found"), { ...key, lists: [] }) : key;
}

function judgeKnown(event: Thin, stub: StripeObject, subject: Subject, sight: Sight): Verdict {
  const seen = sight.row(subject.key);
  if (seen === undefined) return { wants: [subject.key] };
  const part = partOf(seen.row, subject.part);
  if (part === undefined) return unknownUnless(event, sight);
  if (isTwin(part, event)) return TOLD_BY_SNAPSHOT;
  if (part.deleted) return withoutRow("after-tombstone", "superseded");
  const key = checkKey(event, sight);
  if (!("because" in key)) return key;
  // Its type says that it is over, and Stripe has nothing that says more.
  if (event.type.endsWith(".deleted")) {
    return judgeTold(event, tellDeleted(subject.noun, event, stub), subject, sight);
  }
  const doubt: Doubt = { ...key, lists: [] };
  const ordered = {
    part: part.tie ? part : { ...part, tie: true },
    reason: "not-found",
    stands: true,
  } as const;
  return inDoubt(change(subject, { row: seen.row }, ordered, event, sight), doubt);
}

/** Seconds within which an index is sure to list what was committed. */
const INDEX_LAG = 60;

/** What is gone from Stripe no longer names the customer it lived with: the index knows (D13). */
function sought(subject: Subject, { created }: Thin, sight: Sight): { subject: Subject } | Verdict {
  const { tenant, noun, id, customer } = subject.identity;
  if (subject.noun.home === "own" || customer !== null) return { subject };
  const search = { tenant, noun, id };
  const identity = sight.searched(search);
  if (identity === undefined) return { search };
  if (identity !== null) {
    return { subject: { ...subject, identity, key: rowKey(subject.noun.home, identity) } };
  }
  if (sight.now - created >= INDEX_LAG) return WITHOUT_ROW;
  return { failure: new Unavailable("The index may not list the row yet.") };
}

const TOLD_BY_SNAPSHOT = withoutRow("told-by-snapshot", "duplicate");

function judgeTold(event: Thin, told: Telling, subject: Subject, sight: Sight): Verdict {
  const seen = sight.row(subject.key);
  if (seen === undefined) return { wants: keysOf(subject, () => told) };
  const part = partOf(seen.row, subject.part);
  if (isTwin(part, event)) return TOLD_BY_SNAPSHOT;
  const ordered = order(part, told.deleted && part ? { ...told, ...lastKnown(part) } : told);
  if (part && isTooOld(part, event, ordered)) {
    return { failure: new Unavailable("Stripe's answer may be older than what it was asked for.") };
  }
  return change(subject, { row: seen.row, telling: told }, ordered, event, sight);
}

function isTwin(part: Part | undefined, { snapshotEvent }: Thin): boolean {
  return part?.remembered.some(({ event }) => event === snapshotEvent) ?? false;
}

/** What the event tells of may have happened after the answer, and nothing else will tell of it: to be asked again. */
function isTooOld(part: Part, { created }: Thin, { stands, reason }: Ordered): boolean {
  if (stands || reason !== "earlier-second") return false;
  return created > part.second || (created === part.second && part.rank < FETCHED_RANK);
}
