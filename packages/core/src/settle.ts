// Load, decide, commit (D5): the deliveries of a batch together, and apart where together does not go.
import { type Decision, type Delivery, decide, fetchText, keysOf, type View } from "./decide.ts";
import { Conflict, Defect, NotBegun, Unavailable } from "./errors.ts";
import type { FetchAnswer, FetchRequest, Settled } from "./judge.ts";
import { aggregateOf, type Key, keyText } from "./keys.ts";
import type { LedgerTimes } from "./ledger.ts";
import type { Ports } from "./ports.ts";
import { actionsIn, MOST_ACTIONS } from "./store.ts";

/** What became of a delivery, or why nothing did. */
export type Handled = Pick<Settled, "outcome" | "reason"> | { error: Defect | Unavailable | Conflict };

export type SettleOptions = {
  /** Seconds for which a ledger entry is kept. */
  ledgerSeconds: number;
  /** Nothing new is begun with fewer milliseconds than this left. */
  reserve: number;
};

const LOADING_ROUNDS = 3;
const CONFLICT_RETRIES = 3;
/** Milliseconds that the first retry after a conflict waits at most; each further one twice that. */
const CONFLICT_PAUSE = 20;

/** Settles deliveries in one transaction, or in several where one fails; by delivery id. */
export async function settleAll(
  deliveries: Delivery[],
  ports: Ports,
  options: SettleOptions,
): Promise<Map<string, Handled>> {
  if (isOutOfTime(ports, options)) return failAll(deliveries, new NotBegun());
  try {
    return await settleTogether(deliveries, ports, options);
  } catch (error) {
    const known = knownError(error);
    const sets = apart(deliveries, known);
    return sets.length === 1 ? failAll(deliveries, known) : settleApart(sets, ports, options);
  }
}

export function isOutOfTime(ports: Ports, { reserve }: SettleOptions): boolean {
  return ports.remaining() < reserve;
}

async function settleApart(
  sets: Delivery[][],
  ports: Ports,
  options: SettleOptions,
): Promise<Map<string, Handled>> {
  const handled = new Map<string, Handled>();
  for (const set of sets) {
    for (const [id, result] of await settleAll(set, ports, options)) handled.set(id, result);
  }
  return handled;
}

/** Again with what is there now, when somebody else was faster; the first read may be eventually consistent. */
async function settleTogether(deliveries: Delivery[], ports: Ports, options: SettleOptions) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await decideAndCommit(deliveries, ports, options, attempt > 0);
    } catch (error) {
      const goesOn = error instanceof Conflict && attempt < CONFLICT_RETRIES && !isOutOfTime(ports, options);
      if (!goesOn) throw error;
      await ports.sleep(ports.random() * CONFLICT_PAUSE * 2 ** attempt);
    }
  }
}

async function decideAndCommit(
  deliveries: Delivery[],
  ports: Ports,
  options: SettleOptions,
  consistent: boolean,
) {
  const now = Math.floor(ports.now() / 1000);
  const times = { now, keep: options.ledgerSeconds };
  const decision = await decideWithReads(deliveries, ports, times, consistent);
  const size = actionsIn(decision.changes);
  if (size > MOST_ACTIONS)
    throw new Defect(`The change takes ${size} actions; ${MOST_ACTIONS} fit one transaction.`);
  if (size > 0) await ports.store.commit(decision.changes, now);
  return handledOf(decision);
}

/** Deciding may ask for more rows or for an object of Stripe's: a few rounds of that, and no more. */
async function decideWithReads(
  deliveries: Delivery[],
  ports: Ports,
  times: LedgerTimes,
  consistent: boolean,
) {
  const view: View = { rows: new Map(), ledger: new Map(), read: new Set(), fetched: new Map() };
  const options = { ...times, canFetch: ports.stripe !== undefined };
  let known = await read(view, deliveries.flatMap(keysOf), ports, consistent);
  for (let round = 1; ; round++) {
    const decision = decide(deliveries, known, options);
    if (decision.wants.length + decision.fetches.length === 0) return decision;
    if (round > LOADING_ROUNDS)
      throw new Defect(`Deciding still asks for more after ${LOADING_ROUNDS} rounds.`);
    known = await read(known, decision.wants, ports, consistent);
    known = await fetchInto(known, decision.fetches, ports);
  }
}

async function read(view: View, keys: Key[], { store }: Ports, consistent: boolean): Promise<View> {
  const wanted = new Map(keys.map((key) => [keyText(key), key]));
  if (wanted.size === 0) return view;
  const { rows, ledger } = await store.load([...wanted.values()], { consistent });
  return {
    rows: new Map([...view.rows, ...rows]),
    ledger: new Map([...view.ledger, ...ledger]),
    read: new Set([...view.read, ...wanted.keys()]),
    fetched: view.fetched,
  };
}

/** Where Stripe does not answer, the decision is made knowing that. */
async function fetchInto(view: View, requests: FetchRequest[], { stripe }: Ports): Promise<View> {
  const fetched = new Map(view.fetched);
  for (const request of requests) {
    fetched.set(fetchText(request), await answerOf(request, stripe));
  }
  return { ...view, fetched };
}

async function answerOf(request: FetchRequest, stripe: Ports["stripe"]): Promise<FetchAnswer> {
  if (stripe === undefined) return { failure: new Unavailable("No Stripe key is linked.") };
  try {
    return await stripe.fetch(request);
  } catch (error) {
    return { failure: error instanceof Unavailable ? error : Defect.of(error) };
  }
}

function handledOf({ settled, failed }: Decision): Map<string, Handled> {
  const failures = [...failed].map(([id, error]) => [id, { error }] as const);
  return new Map<string, Handled>([...settled, ...failures]);
}

function failAll(deliveries: Delivery[], error: Defect | Unavailable | Conflict): Map<string, Handled> {
  return new Map(deliveries.map(({ id }) => [id, { error }]));
}

/** What nobody named is our own code's. */
export function knownError(error: unknown): Defect | Unavailable | Conflict {
  const isKnown = error instanceof Defect || error instanceof Unavailable || error instanceof Conflict;
  return isKnown ? error : Defect.of(error);
}

/** The sets that share no conditional row; a set that our own code or the store refuses, event by event. */
function apart(deliveries: Delivery[], error: Error): Delivery[][] {
  const sets = connected(deliveries);
  return sets.length === 1 && error instanceof Defect ? deliveries.map((delivery) => [delivery]) : sets;
}

/** Deliveries of one aggregate, or that name one row, stay together and in order. */
function connected(deliveries: Delivery[]): Delivery[][] {
  let sets: { names: Set<string>; members: Delivery[] }[] = [];
  for (const delivery of deliveries) {
    const names = new Set([aggregateOf(delivery.tenant, delivery.event), ...keysOf(delivery).map(keyText)]);
    const touched = sets.filter((set) => !set.names.isDisjointFrom(names));
    const merged = {
      names: touched.reduce((all, set) => all.union(set.names), names),
      members: [...touched.flatMap((set) => set.members), delivery],
    };
    sets = [...sets.filter((set) => !touched.includes(set)), merged];
  }
  return sets.map(({ members }) => members);
}
