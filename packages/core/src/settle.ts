// Load, decide, commit (D5): the deliveries of a batch together, and apart where together does not go.
import { type Decision, type Delivery, type End, keysOf } from "./decide.ts";
import { Conflict, Defect, type Malformed, NotBegun, Unavailable } from "./errors.ts";
import { decideWithReads } from "./gather.ts";
import { aggregateOf, keyText } from "./keys.ts";
import type { Naming } from "./naming.ts";
import type { Ports } from "./ports.ts";
import { packedIn } from "./raw-rows.ts";
import { actionsIn, MOST_ACTIONS } from "./store.ts";

/** What became of a delivery, or why nothing did. */
export type Handled = End | { error: Malformed | Defect | Unavailable | Conflict };

export type SettleOptions = {
  /** Seconds for which a ledger entry is kept. */
  ledgerSeconds: number;
  /** Nothing new is begun with fewer milliseconds than this left. */
  reserve: number;
  /** The metadata that a team gives a meaning of its own, as its settings say; none where it is not given. */
  naming?: Naming | undefined;
};

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
    const sets = apart(deliveries, known, options);
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
  const decision = await decideWithReads(deliveries, ports, {
    now,
    keep: options.ledgerSeconds,
    consistent,
    naming: options.naming,
    isOutOfTime: () => isOutOfTime(ports, options),
  });
  const changes = packedIn(decision.changes, ports.pack);
  const size = actionsIn(changes);
  if (size > MOST_ACTIONS)
    throw new Defect(`The change takes ${size} actions; ${MOST_ACTIONS} fit one transaction.`);
  if (size > 0) await ports.store.commit(changes, now);
  return handledOf(decision);
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
function apart(deliveries: Delivery[], error: Error, { naming }: SettleOptions): Delivery[][] {
  const sets = connected(deliveries, naming);
  return sets.length === 1 && error instanceof Defect ? deliveries.map((delivery) => [delivery]) : sets;
}

/** Deliveries of one aggregate, or that name one row, stay together and in order. */
function connected(deliveries: Delivery[], naming: Naming | undefined): Delivery[][] {
  let sets: { names: Set<string>; members: Delivery[] }[] = [];
  for (const delivery of deliveries) {
    const keys = keysOf(delivery, naming).map(keyText);
    const names = new Set([aggregateOf(delivery.tenant, delivery.event), ...keys]);
    const touched = sets.filter((set) => !set.names.isDisjointFrom(names));
    const merged = {
      names: touched.reduce((all, set) => all.union(set.names), names),
      members: [...touched.flatMap((set) => set.members), delivery],
    };
    sets = [...sets.filter((set) => !touched.includes(set)), merged];
  }
  return sets.map(({ members }) => members);
}
