// A message may kill the process that handles it. From its third receive a record runs alone, after a note
// in its ledger row that it starts; two notes without an outcome, and it is parked instead (D8).
import type { Delivery } from "./decide.ts";
import { Conflict, Malformed, NotBegun, Unavailable } from "./errors.ts";
import { aggregateOf, keyText } from "./keys.ts";
import { entryOf, type LedgerEntry } from "./ledger.ts";
import type { Ports } from "./ports.ts";
import { type Handled, isOutOfTime, knownError, type SettleOptions, settleAll } from "./settle.ts";

/** The receive from which a record is suspected. */
const SUSPECT_RECEIVES = 3;
const MOST_STARTS = 2;
/** A note that stays although the process lived would blame the innocent. */
const TRIES_TO_WITHDRAW = 5;
/** Of the reserve, which is time for a commit and for taking a note back: past that, a further try ends too late. */
const SHARE_OF_A_TRY = 0.5;
/** Milliseconds between them. */
const PAUSE = 100;

export function isSuspect({ receives }: Delivery): boolean {
  return receives >= SUSPECT_RECEIVES;
}

/** One by one. What follows a failure of its aggregate fails with it (D9): it would only take others' time. */
export async function settleSuspects(
  deliveries: Delivery[],
  ports: Ports,
  options: SettleOptions,
): Promise<Map<string, Handled>> {
  const ends = new Map<string, Handled>();
  const failing = new Map<string, Handled>();
  for (const delivery of deliveries) {
    const aggregate = aggregateOf(delivery.tenant, delivery.event);
    const end = failing.get(aggregate) ?? (await settleAlone(delivery, ports, options));
    if (isToBeRetried(end)) failing.set(aggregate, end);
    ends.set(delivery.id, end);
  }
  return ends;
}

function isToBeRetried(end: Handled): boolean {
  return "error" in end && (end.error instanceof Unavailable || end.error instanceof Conflict);
}

/** Settles one suspect between two notes; `Malformed` with the reason `crash` where it has had its chances. */
async function settleAlone(delivery: Delivery, ports: Ports, options: SettleOptions): Promise<Handled> {
  if (isOutOfTime(ports, options)) return { error: new NotBegun() };
  try {
    const entry = entryFor(delivery, ports, options);
    const starts = await startsOf(entry, ports);
    if (starts >= MOST_STARTS) return { error: crashed(starts) };
    return await settleNoted(delivery, entry, ports, options);
  } catch (error) {
    return { error: knownError(error) };
  }
}

function crashed(starts: number): Malformed {
  return new Malformed("crash", `The process ended ${starts} times while it handled this event alone.`);
}

/** The ledger row that the event would get. */
function entryFor({ tenant, event, receives }: Delivery, { now }: Ports, { ledgerSeconds }: SettleOptions) {
  return entryOf(tenant, event, receives, { now: Math.floor(now() / 1000), keep: ledgerSeconds });
}

async function startsOf({ key }: LedgerEntry, { store }: Ports): Promise<number> {
  const { ledger } = await store.load([key], { consistent: true });
  return ledger.get(keyText(key))?.started?.length ?? 0;
}

/** Whatever ends without the process, even a note whose answer was lost, takes the note back. */
async function settleNoted(delivery: Delivery, entry: LedgerEntry, ports: Ports, options: SettleOptions) {
  const start = `${delivery.id}/${delivery.receives}`;
  try {
    await unlessSettled(ports.store.note(entry, start, Math.floor(ports.now() / 1000)));
    const handled = (await settleAll([delivery], ports, options)).get(delivery.id) as Handled;
    if ("error" in handled) await withdraw(entry, start, ports, options);
    return handled;
  } catch (error) {
    await withdraw(entry, start, ports, options);
    throw error;
  }
}

/** An event that has had its outcome takes no note: deciding will call it a duplicate. */
async function unlessSettled(noted: Promise<void>): Promise<void> {
  try {
    await noted;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

/** Its own only: a copy of the message may run alone in another process at the same time. */
async function withdraw(
  { key }: LedgerEntry,
  start: string,
  { store, now, sleep, remaining, trouble }: Ports,
  { reserve }: SettleOptions,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await unlessSettled(store.withdraw(key, start, Math.floor(now() / 1000)));
    } catch (error) {
      const isLast = tries === TRIES_TO_WITHDRAW || remaining() < reserve * SHARE_OF_A_TRY;
      if (isLast) return trouble?.("A note of a start could not be taken back.", knownError(error));
      await sleep(PAUSE * tries);
    }
  }
}
