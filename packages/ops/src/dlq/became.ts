// What became of redriven events, from the ledger.
import { type Key, keyText, ledgerKey } from "@stripe-lanes/core/keys";
import { isFinal, type LedgerEntry, type Outcome, type SettledReason } from "@stripe-lanes/core/ledger";
import type { Store } from "@stripe-lanes/core/store";
import { tenantOf } from "@stripe-lanes/core/take";
import type { Parked } from "./parked.ts";

/** `waiting`: nothing yet. `untold`: its body is no event, and the ledger knows events only. */
export type Became = { outcome: Outcome | "waiting" | "untold"; reason?: SettledReason };

export type LedgerEntries = Map<string, LedgerEntry>;

export function ledgerKeyOf({ event }: Parked, tenant: string): Key | undefined {
  return event === null ? undefined : ledgerKey(tenantOf(event, { tenant }), event);
}

export async function readLedger(store: Store, parked: Parked[], tenant: string): Promise<LedgerEntries> {
  const keys = parked.flatMap((one) => ledgerKeyOf(one, tenant) ?? []);
  const distinct = [...new Map(keys.map((key) => [keyText(key), key])).values()];
  return (await store.load(distinct, { consistent: true })).ledger;
}

export type Ledgers = {
  before: LedgerEntries;
  after: LedgerEntries;
  /** Seconds since the epoch. */
  now: number;
};

/** In the order of `parked`: of several messages of one event the first has its outcome, the others are duplicates. */
export function becameOf(parked: Parked[], tenant: string, ledgers: Ledgers): Became[] {
  const seen = new Set<string>();
  return parked.map((one) => {
    const key = ledgerKeyOf(one, tenant);
    if (key === undefined) return { outcome: "untold" };
    const isFirst = !seen.has(keyText(key));
    seen.add(keyText(key));
    return became(keyText(key), isFirst, ledgers);
  });
}

/** A duplicate leaves the ledger as it is. */
function became(key: string, isFirst: boolean, { before, after, now }: Ledgers): Became {
  const entry = after.get(key);
  if (isFinal(before.get(key), now)) return { outcome: "duplicate" };
  if (entry?.outcome === undefined) return { outcome: "waiting" };
  if (entry.outcome === "parked" && isSame(entry, before.get(key))) return { outcome: "waiting" };
  if (entry.outcome !== "parked" && !isFirst) return { outcome: "duplicate" };
  return { outcome: entry.outcome, ...(entry.reason && { reason: entry.reason }) };
}

/** Parked again it says when. */
function isSame(entry: LedgerEntry, before: LedgerEntry | undefined): boolean {
  return entry.at === before?.at && entry.reason === before.reason && entry.receives === before.receives;
}
