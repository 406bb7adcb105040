// How a row, a counter and a ledger entry are written down in the table (D13): plain data, no type of AWS.
import { type Evidence, isNone } from "./evidence.ts";
import {
  identityOf,
  isLedgerKey,
  type Key,
  keyText,
  PROBE_KEY,
  relationKey,
  sameKey,
  statusKey,
} from "./keys.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Joined } from "./noun.ts";
import type { State } from "./part.ts";
import { type PartItem, partItem, partOf } from "./part-item.ts";
import { nounNamed } from "./registry.ts";
import { type Counter, type Row, rowOf } from "./row.ts";
import type { Loaded } from "./store.ts";

/** A status that nobody documents may be any text; one that fits no index is not listed. */
const LONGEST_STATUS = 100;

/** What the table holds under one key. */
export type Item = Key & { [attribute: string]: unknown };

export function rowItem(row: Row): Item {
  const { identity, status, deleted } = row;
  const listed = status !== null && status.length <= LONGEST_STATUS && !deleted;
  const { home } = nounNamed(identity.noun);
  const isOnePart = Object.values(row.parts).some(({ state }) => state === row.state);
  return {
    ...row.key,
    ...relationKey(home, identity),
    ...(listed ? statusKey(identity, status) : {}),
    rev: row.revision,
    // What is derived is made again of what stands below: kept as well, it would cost most payments two write units.
    ...(isOnePart ? { state: row.state } : {}),
    parts: Object.entries(row.parts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, part]) => partItem(id, part, row)),
    ...(row.joined.length > 0 ? { joined: row.joined } : {}),
    ...(isNone(row.evidence) ? {} : { ev: evidenceItem(row.evidence) }),
  };
}

export function ledgerItem({ key, relation, ...entry }: LedgerEntry): Item {
  return { ...key, ...relation, ...entry };
}

/** The rows and ledger entries among items, by `keyText`. */
export function loadedOf(items: Item[]): Loaded {
  return {
    rows: new Map(rowsOf(items).map((row) => [keyText(row.key), row])),
    ledger: new Map(entriesOf(items).map((entry) => [keyText(entry.key), entry])),
  };
}

export function rowsOf(items: Item[]): Row[] {
  return items.filter((item) => item.parts !== undefined).map(rowOfItem);
}

export function entriesOf(items: Item[]): LedgerEntry[] {
  return items.filter(isLedgerKey).map(
    ({ pk, sk, gsi1pk, gsi1sk, started, ...entry }) =>
      ({
        key: { pk, sk },
        ...entry,
        ...(gsi1pk === undefined ? {} : { relation: { gsi1pk, gsi1sk } }),
        ...startedIn(started),
      }) as LedgerEntry,
  );
}

/** DynamoDB has a set for it, which is gone with its last member. */
function startedIn(started: unknown): Pick<LedgerEntry, "started"> {
  return started === undefined ? {} : { started: [...(started as Iterable<string>)].sort() };
}

export function countersOf(items: Item[]): Counter[] {
  return items
    .filter((item) => item.parts === undefined && !isLedgerKey(item) && !sameKey(item, PROBE_KEY))
    .map(counterOf);
}

function counterOf({ pk, sk, ...attributes }: Item): Counter {
  const key = { pk, sk };
  const amounts = Object.entries(attributes).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return { key, identity: identityOf(key), amounts: Object.fromEntries(amounts) };
}

function rowOfItem({ pk, sk, ...attributes }: Item): Row {
  const state = attributes.state as State;
  const identity = identityOf({ pk, sk });
  const parts = (attributes.parts as PartItem[]).map(
    (part) => [part.id ?? identity.id, partOf(part, state)] as const,
  );
  const joined = (attributes.joined ?? []) as Joined[];
  const revision = attributes.rev as number;
  const evidence = evidenceOfItem(attributes.ev as EvidenceItem | undefined);
  return rowOf(nounNamed(identity.noun), identity, Object.fromEntries(parts), revision, joined, evidence);
}

/** Evidence by one letter a kind: a payment that was refunded is just under one write unit. */
type EvidenceItem = {
  g?: Evidence["greatest"];
  l?: Evidence["least"];
  t?: Evidence["latest"];
  s?: Evidence["since"];
  e?: Evidence["every"];
};

function evidenceItem({ greatest, least, latest, since, every }: Evidence): EvidenceItem {
  return {
    ...(greatest && { g: greatest }),
    ...(least && { l: least }),
    ...(latest && { t: latest }),
    ...(since && { s: since }),
    ...(every && { e: every }),
  };
}

function evidenceOfItem({ g, l, t, s, e }: EvidenceItem = {}): Evidence {
  return {
    ...(g && { greatest: g }),
    ...(l && { least: l }),
    ...(t && { latest: t }),
    ...(s && { since: s }),
    ...(e && { every: e }),
  };
}
