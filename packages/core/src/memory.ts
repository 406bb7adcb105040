// The store in memory: DynamoDB's conditions over plain items, for tests and for the simulation.
import { Conflict, Defect } from "./errors.ts";
import { countersOf, entriesOf, type Item, ledgerItem, loadedOf, rowItem, rowsOf } from "./item.ts";
import { type Key, keyText, rowName } from "./keys.ts";
import { isFinal } from "./ledger.ts";
import type { CounterDelta } from "./row.ts";
import { actionsIn, type Changes, MOST_ACTIONS, type Page, type PageOptions, type Store } from "./store.ts";

export type MemoryStore = Store & {
  /** Every item, in the order of its keys. */
  items(): Item[];
};

/** `items` by `keyText`, where what time deletes has to be deleted from outside. */
export function memoryStore(items = new Map<string, Item>()): MemoryStore {
  const inOrder = () => [...items.values()].sort(byKey);
  const within = (pk: string) => inOrder().filter((item) => item.pk === pk);
  const at = (keys: Key[]) => structuredClone(keys.flatMap((key) => items.get(keyText(key)) ?? []));
  return {
    items: inOrder,
    load: async (keys) => loadedOf(at(keys)),
    counters: async (keys) => countersOf(at(keys)),
    commit: async (changes, now) => commit(items, changes, now),
    note: async (entry, start, now) => {
      const started = [...startsAt(items, entry.key).filter((other) => other !== start), start];
      commit(items, { rows: [], ledger: [{ ...entry, started }], moves: [] }, now);
    },
    withdraw: async (key, start, now) => {
      const [entry] = entriesOf(at([key]));
      if (entry === undefined) throw new Conflict(`There is no such entry: ${rowName(key)}.`);
      const { started = [], ...rest } = entry;
      const left = started.filter((other) => other !== start);
      const kept = left.length > 0 ? { ...rest, started: left } : rest;
      commit(items, { rows: [], ledger: [kept], moves: [] }, now);
    },
    probe: async () => {},
    rowsIn: async (pk, page) => pagedByKey(rowsOf(within(pk).filter(beginsWith("sk", page.prefix))), page),
    countersIn: async (pk, page) => pagedByKey(countersOf(within(pk)), page),
    ledgerIn: async (pk, page) => pagedByKey(entriesOf(within(pk)), page),
    ledgerKeysBy: async (pk, limit) =>
      entriesOf(indexed(items, "gsi1", pk))
        .slice(0, limit)
        .map(({ key }) => key),
    rowsBy: async (index, pk, page) =>
      paged(rowsOf(indexed(items, index, pk).filter(beginsWith(`${index}sk`, page.prefix))), page),
  };
}

function startsAt(items: Map<string, Item>, key: Key): string[] {
  return entriesOf(at(items, key))[0]?.started ?? [];
}

/** All conditions first, then all writes: one transaction. */
function commit(items: Map<string, Item>, changes: Changes, now: number): void {
  refuse(changes);
  const { rows, ledger, moves } = changes;
  const refused = [
    ...rows.filter((row) => revisionAt(items, row.key) !== row.revision - 1),
    ...ledger.filter(({ key }) => isFinal(entriesOf(at(items, key))[0], now)),
  ];
  if (refused.length > 0) {
    const names = refused.map(({ key }) => rowName(key)).join(", ");
    throw new Conflict(`A condition of the transaction does not hold: ${names}.`);
  }
  for (const item of [...rows.map(rowItem), ...ledger.map(ledgerItem)]) put(items, item);
  for (const move of moves) put(items, moved(items, move));
}

/** What DynamoDB takes for no transaction. */
function refuse(changes: Changes): void {
  const { rows, ledger, moves } = changes;
  const keys = new Set([...rows, ...ledger, ...moves].map(({ key }) => keyText(key)));
  const actions = actionsIn(changes);
  if (actions === 0 || actions > MOST_ACTIONS)
    throw new Defect(`A transaction of ${actions} actions is refused.`);
  if (keys.size < actions) throw new Defect("A transaction of two actions on one item is refused.");
}

/** A copy, as a table holds one: nobody can change it from outside. */
function put(items: Map<string, Item>, item: Item): void {
  items.set(keyText(item), structuredClone(item));
}

function at(items: Map<string, Item>, key: Key): Item[] {
  const item = items.get(keyText(key));
  return item === undefined ? [] : [item];
}

function revisionAt(items: Map<string, Item>, key: Key): number {
  return rowsOf(at(items, key))[0]?.revision ?? 0;
}

function moved(items: Map<string, Item>, { key, amounts }: CounterDelta): Item {
  const counted = countersOf(at(items, key))[0]?.amounts ?? {};
  const sums = Object.entries(amounts).map(([name, amount]) => [name, (counted[name] ?? 0) + amount]);
  return { ...key, ...counted, ...Object.fromEntries(sums) };
}

function beginsWith(sortKey: string, prefix = ""): (item: Item) => boolean {
  return (item) => `${item[sortKey]}`.startsWith(prefix);
}

function indexed(items: Map<string, Item>, index: "gsi1" | "gsi2", pk: string): Item[] {
  const sortKey = (item: Item) => `${item[`${index}sk`]}`;
  return [...items.values()]
    .filter((item) => item[`${index}pk`] === pk)
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function byKey(a: Item, b: Item): number {
  if (a.pk !== b.pk) return a.pk < b.pk ? -1 : 1;
  return a.sk < b.sk ? -1 : 1;
}

/** The cursor is the last sort key that was given. */
function pagedByKey<T extends { key: Key }>(all: T[], { limit, after }: PageOptions): Page<T> {
  const rest = all.filter(({ key }) => after === undefined || key.sk > after);
  const found = rest.slice(0, limit);
  const last = found.at(-1);
  return last === undefined || rest.length === found.length ? { found } : { found, next: last.key.sk };
}

/** The cursor is how many were given before. */
function paged<T>(all: T[], { limit, after = "0" }: PageOptions): Page<T> {
  const end = Number(after) + limit;
  const found = all.slice(Number(after), end);
  return end < all.length ? { found, next: String(end) } : { found };
}
