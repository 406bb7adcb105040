// What a batch means: pure. (what was read, events in order) → what to change, what became of each event,
// and what has to be read or fetched before that can be said (D5).
import { Defect } from "./errors.ts";
import type { StripeEvent } from "./event.ts";
import type { Failure, FetchAnswer, FetchRequest } from "./fetch.ts";
import { judgeSnapshot, type Settled, type Verdict } from "./judge.ts";
import { judgeThin } from "./judge-thin.ts";
import { type Key, keyText, ledgerKey, type RowIdentity } from "./keys.ts";
import { entryOf, isFinal, type LedgerTimes } from "./ledger.ts";
import { summed } from "./levels.ts";
import type { Naming } from "./naming.ts";
import { redeemed } from "./redeem.ts";
import type { CounterDelta, Row } from "./row.ts";
import type { Search, Sight } from "./sight.ts";
import type { Changes, Loaded } from "./store.ts";

/** An event as a message brought it. */
export type Delivery = {
  /** Unique in the batch. */
  id: string;
  event: StripeEvent;
  tenant: string;
  /** How often the message was received, this time included. */
  receives: number;
  /** Of the other mode and expected: nothing is done with it but to say so (D16). */
  isForeign: boolean;
};

/** What is known when deciding. */
export type View = Loaded & {
  /** The keys that were read, by `keyText`, whether there was anything or not. */
  read: ReadonlySet<string>;
  /** By `fetchText`. */
  fetched: ReadonlyMap<string, FetchAnswer>;
  /** What the index lists, by `searchText`. */
  searched: ReadonlyMap<string, RowIdentity | null>;
};

export type DecideOptions = LedgerTimes & {
  /** Whether Stripe can be asked: without it ties stay marked. */
  canFetch: boolean;
  /** Whether rows keep the whole objects: not, unless it is said. */
  keepsRaw?: boolean;
  /** The metadata that a team gives a meaning of its own: none, unless it is said. */
  naming?: Naming | undefined;
};

/** What became of an event, and what it was applied without. */
export type End = Pick<Settled, "outcome" | "reason" | "doubt">;

/** Each delivery is in `settled` or in `failed`, or waits for what is wanted; by its id. */
export type Decision = {
  changes: Changes;
  settled: Map<string, End>;
  /** Our own code threw on them (D7), or what they need of Stripe is not to be had. */
  failed: Map<string, Failure>;
  wants: Key[];
  fetches: FetchRequest[];
  searches: Search[];
};

export function decide(deliveries: Delivery[], view: View, options: DecideOptions): Decision {
  const draft = newDraft(view);
  for (const delivery of deliveries) {
    try {
      fold(draft, delivery, options);
    } catch (error) {
      draft.decision.failed.set(delivery.id, Defect.of(error));
    }
  }
  draft.decision.changes.rows = [...draft.rows.values()].map((row) => atNextRevision(row, view));
  draft.decision.changes.moves = summed(draft.moves);
  return draft.decision;
}

const SIGHTLESS: Sight = {
  row: () => undefined,
  fetched: () => undefined,
  searched: () => undefined,
  canFetch: false,
  now: 0,
};

/** The keys that an event is sure to need, so that they are read with the first request. */
export function keysOf({ event, tenant }: Delivery, naming?: Naming): Key[] {
  const ledger = ledgerKey(tenant, event);
  try {
    const { verdict } = judge(event, tenant, { ...SIGHTLESS, naming });
    return "wants" in verdict ? [ledger, ...verdict.wants] : [ledger];
  } catch {
    // Deciding throws the same, and then it is a defect of this event alone (D7).
    return [ledger];
  }
}

export function fetchText({ account, objectType, id }: FetchRequest): string {
  return JSON.stringify([account, objectType, id]);
}

export function searchText({ tenant, noun, id }: Search): string {
  return JSON.stringify([tenant, noun, id]);
}

const FOREIGN: Verdict = { settled: { outcome: "ignored", reason: "other-mode", rows: [], moves: [] } };

/** Gives the event too: where a claim check brought it, the one that was fetched. */
function judge(told: StripeEvent, tenant: string, sight: Sight): { event: StripeEvent; verdict: Verdict } {
  const claim = redeemed(told, sight);
  if (!("event" in claim)) return { event: told, verdict: claim };
  const { event } = claim;
  const verdict =
    event.kind === "snapshot" ? judgeSnapshot(event, tenant, sight) : judgeThin(event, tenant, sight);
  return { event, verdict };
}

/** What the events before this one made of what was read. */
type Draft = {
  view: View;
  rows: Map<string, Row>;
  moves: CounterDelta[];
  settledEvents: Set<string>;
  decision: Decision;
};

function newDraft(view: View): Draft {
  const decision: Decision = {
    changes: { rows: [], ledger: [], moves: [] },
    settled: new Map(),
    failed: new Map(),
    wants: [],
    fetches: [],
    searches: [],
  };
  return { view, rows: new Map(), moves: [], settledEvents: new Set(), decision };
}

function fold(draft: Draft, delivery: Delivery, options: DecideOptions): void {
  const { tenant, id, isForeign } = delivery;
  const ledger = keyText(ledgerKey(tenant, delivery.event));
  if (draft.settledEvents.has(ledger) || isFinal(draft.view.ledger.get(ledger), options.now)) {
    draft.decision.settled.set(id, { outcome: "duplicate", reason: "seen-before" });
    return;
  }
  const foreign = { event: delivery.event, verdict: FOREIGN };
  const { event, verdict } = isForeign ? foreign : judge(delivery.event, tenant, sightOf(draft, options));
  if ("wants" in verdict) draft.decision.wants.push(...verdict.wants);
  else if ("search" in verdict) draft.decision.searches.push(verdict.search);
  else if ("fetch" in verdict) draft.decision.fetches.push(verdict.fetch);
  else if ("failure" in verdict) draft.decision.failed.set(id, verdict.failure);
  else settle(draft, { ...delivery, event }, verdict.settled, options);
}

function sightOf({ view, rows }: Draft, { canFetch, now, keepsRaw = false, naming }: DecideOptions): Sight {
  return {
    row(key) {
      const text = keyText(key);
      return view.read.has(text) ? { row: rows.get(text) ?? view.rows.get(text) } : undefined;
    },
    fetched: (request) => view.fetched.get(fetchText(request)),
    searched: (search) => view.searched.get(searchText(search)),
    canFetch,
    now,
    keepsRaw,
    naming,
  };
}

function settle(
  draft: Draft,
  { event, tenant, id, receives }: Delivery,
  settled: Settled,
  times: LedgerTimes,
): void {
  const { outcome, reason, rows, moves, doubt } = settled;
  for (const row of rows) draft.rows.set(keyText(row.key), row);
  draft.moves.push(...moves);
  const entry = entryOf(tenant, event, receives, times);
  draft.decision.changes.ledger.push({ ...entry, outcome, reason });
  draft.settledEvents.add(keyText(entry.key));
  draft.decision.settled.set(id, { outcome, reason, ...(doubt && { doubt }) });
}

/** Several events of one row make one write, conditional on the revision that was read. */
function atNextRevision(row: Row, view: View): Row {
  return { ...row, revision: (view.rows.get(keyText(row.key))?.revision ?? 0) + 1 };
}
