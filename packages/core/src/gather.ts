// Reads what a decision asks for, until it asks for nothing more: rows, what an index lists, what Stripe says (D5).
import { type Decision, type Delivery, decide, fetchText, keysOf, searchText, type View } from "./decide.ts";
import { Defect, Malformed, NotBegun, Unavailable } from "./errors.ts";
import type { FetchAnswer, FetchRequest } from "./fetch.ts";
import { type Key, keyText, partition, ROWS_OF_AN_ID } from "./keys.ts";
import type { LedgerTimes } from "./ledger.ts";
import type { Naming } from "./naming.ts";
import type { Ports } from "./ports.ts";
import type { Search } from "./sight.ts";

/**
 * A thin event of what is not found takes six: Stripe, the index, the row, its event and that one's twin, and the rows
 * that it contributes to. A claim check takes two before all others: the event, and the rows that only the event names.
 */
const ROUNDS = 8;

const NOTHING: View = {
  rows: new Map(),
  ledger: new Map(),
  read: new Set(),
  fetched: new Map(),
  searched: new Map(),
};

export type GatherOptions = LedgerTimes & {
  /** Reads see every commit made before. */
  consistent: boolean;
  naming?: Naming | undefined;
  /** Whether nothing more should be begun: a slow Stripe must not use up the time to commit. */
  isOutOfTime(): boolean;
};

/** @throws Defect when the decision still asks for more after the last round. */
export async function decideWithReads(
  deliveries: Delivery[],
  ports: Ports,
  options: GatherOptions,
): Promise<Decision> {
  const { stripe, pack } = ports;
  const decideOptions = { ...options, canFetch: stripe !== undefined, keepsRaw: pack !== undefined };
  let known = await read(
    NOTHING,
    deliveries.flatMap((one) => keysOf(one, options.naming)),
    ports,
    options,
  );
  for (let round = 1; ; round++) {
    const decision = decide(deliveries, known, decideOptions);
    const { wants, searches, fetches } = decision;
    if (wants.length + searches.length + fetches.length === 0) return decision;
    if (round > ROUNDS) throw new Defect(`Deciding still asks for more after ${ROUNDS} rounds.`);
    known = await read(known, wants, ports, options);
    known = await searchInto(known, searches, ports);
    known = await fetchInto(known, fetches, ports, options);
  }
}

async function read(view: View, keys: Key[], { store }: Ports, { consistent }: GatherOptions): Promise<View> {
  const wanted = new Map(keys.map((key) => [keyText(key), key]));
  if (wanted.size === 0) return view;
  const { rows, ledger } = await store.load([...wanted.values()], { consistent });
  return {
    ...view,
    rows: new Map([...view.rows, ...rows]),
    ledger: new Map([...view.ledger, ...ledger]),
    read: new Set([...view.read, ...wanted.keys()]),
  };
}

async function searchInto(view: View, searches: Search[], { store }: Ports): Promise<View> {
  const searched = new Map(view.searched);
  for (const search of searches) {
    const { tenant, noun, id } = search;
    const { found } = await store.rowsBy("gsi1", partition(tenant, id), { limit: ROWS_OF_AN_ID });
    const row = found.find(({ identity }) => identity.noun === noun);
    searched.set(searchText(search), row?.identity ?? null);
  }
  return { ...view, searched };
}

/** Where Stripe does not answer, the decision is made knowing that. */
async function fetchInto(
  view: View,
  requests: FetchRequest[],
  { stripe }: Ports,
  { isOutOfTime }: GatherOptions,
): Promise<View> {
  const fetched = new Map(view.fetched);
  for (const request of requests) {
    const answer = isOutOfTime() ? { failure: new NotBegun() } : await answerOf(request, stripe);
    fetched.set(fetchText(request), answer);
  }
  return { ...view, fetched };
}

async function answerOf(request: FetchRequest, stripe: Ports["stripe"]): Promise<FetchAnswer> {
  if (stripe === undefined) return { failure: new Unavailable("No Stripe key is linked.") };
  try {
    return await stripe.fetch(request);
  } catch (error) {
    const isAnswer = error instanceof Unavailable || error instanceof Malformed;
    return { failure: isAnswer ? error : Defect.of(error) };
  }
}
