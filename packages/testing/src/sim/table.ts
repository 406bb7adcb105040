// DynamoDB over the store in memory: requests take time, transactions meet, reads lag, and answers are lost.
import { Conflict, Unavailable } from "@stripe-lanes/core/errors";
import type { Item } from "@stripe-lanes/core/item";
import { type Key, keyText } from "@stripe-lanes/core/keys";
import type { LedgerEntry } from "@stripe-lanes/core/ledger";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Row } from "@stripe-lanes/core/row";
import type { Changes, Loaded, Store } from "@stripe-lanes/core/store";
import type { FaultName } from "./faults.ts";
import { travel, type World } from "./world.ts";

/** Milliseconds of one way to DynamoDB, and of a transaction while it holds its items. */
const WAY = 4;
const TRANSACTION = 6;
/** Milliseconds after which the SDK has tried three times. */
const PATIENCE = 1_500;
/** Milliseconds by which an eventually consistent read is behind at the most. */
const LAG = 1_000;

export type Table = {
  store: Store;
  /** What is in it, without a network before it. */
  memory: MemoryStore;
  /** Deletes ledger rows some time after they expired, as time to live does. */
  expire(): void;
  /** Whether every request fails. */
  isDown: boolean;
};

export type TableListeners = {
  /** @throws Unavailable for changes that cannot be written now. */
  refuse(keys: readonly Key[]): void;
  committed(changes: Changes, before: ReadonlyMap<string, Row>): void;
};

type State = {
  world: World;
  listeners: TableListeners;
  memory: MemoryStore;
  /** Of transactions that are under way. */
  held: Set<string>;
  /** The rows as they stand. */
  rows: Map<string, Row>;
  entries: Map<string, LedgerEntry>;
  changes: Recent[];
  table: Pick<Table, "isDown">;
};

/** What an item was before a change that some readers have not seen yet. */
type Recent = { key: string; at: number; row: Row | undefined; entry: LedgerEntry | undefined };

export function tableOf(world: World, listeners: TableListeners): Table {
  const items = new Map<string, Item>();
  const memory = memoryStore(items);
  const table = { isDown: false };
  const state: State = {
    world,
    listeners,
    memory,
    held: new Set(),
    rows: new Map(),
    entries: new Map(),
    changes: [],
    table,
  };
  return Object.assign(table, { store: storeOn(state), memory, expire: () => expire(items, world) });
}

function storeOn(state: State): Store {
  const { memory, world } = state;
  return {
    ...memory,
    load: (keys, { consistent }) => load(state, keys, consistent),
    commit: (changes, now) => write(state, changes, () => memory.commit(changes, now)),
    note: (entry, start, now) => writeOne(state, entry.key, () => memory.note(entry, start, now)),
    withdraw: (key, start, now) => writeOne(state, key, () => memory.withdraw(key, start, now)),
    probe: () => reach(state, "write-throttled"),
    async rowsBy(index, pk, page) {
      await reach(state, "read-throttled");
      const answer = await memory.rowsBy(index, pk, page);
      await travel(world, WAY);
      return answer;
    },
  };
}

/** On the way there, a request may be refused. */
async function reach({ world, table }: State, fault: FaultName): Promise<void> {
  await travel(world, WAY);
  if (!table.isDown && !world.chance.strikes(fault)) return;
  await travel(world, PATIENCE);
  throw new Unavailable(table.isDown ? "DynamoDB is down." : "DynamoDB throttles.");
}

async function load(state: State, keys: Key[], consistent: boolean): Promise<Loaded> {
  const { world } = state;
  await reach(state, "read-throttled");
  const isPartial = keys.length > 1 && world.chance.strikes("read-partial");
  const first = isPartial ? keys.slice(0, world.chance.of("partial").integer(keys.length)) : keys;
  const loaded = await read(state, first, consistent);
  if (isPartial) {
    await travel(world, PATIENCE);
    const rest = await read(state, keys.slice(first.length), consistent);
    for (const [key, row] of rest.rows) loaded.rows.set(key, row);
    for (const [key, entry] of rest.ledger) loaded.ledger.set(key, entry);
  }
  await travel(world, WAY);
  return loaded;
}

async function read(state: State, keys: Key[], consistent: boolean): Promise<Loaded> {
  const loaded = await state.memory.load(keys, { consistent });
  if (!consistent) for (const key of keys) makeStale(state, loaded, keyText(key));
  return loaded;
}

/** Shows an item as it was before its latest change, where that is recent. */
function makeStale(state: State, { rows, ledger }: Loaded, key: string): void {
  const latest = recentChange(state, key);
  if (latest === undefined || !state.world.chance.strikes("read-stale")) return;
  rows.delete(key);
  ledger.delete(key);
  if (latest.row) rows.set(key, latest.row);
  if (latest.entry) ledger.set(key, latest.entry);
}

function recentChange({ changes, world }: State, key: string): Recent | undefined {
  const since = world.clock.now() - LAG;
  while (changes[0] && changes[0].at < since) changes.shift();
  return changes.findLast((change) => change.key === key);
}

/** What was sent happens, even where nobody waits for it any more. */
async function write(
  state: State,
  changes: Changes,
  commit: () => Promise<void>,
  keys = keysOf(changes),
): Promise<void> {
  const { world, held, listeners } = state;
  await reach(state, "write-throttled");
  listeners.refuse(keys);
  if (world.chance.strikes("write-failed")) throw new Unavailable("DynamoDB answers 500.");
  const names = keys.map(keyText);
  if (names.some((name) => held.has(name)) || world.chance.strikes("write-conflict")) {
    throw new Held("Another transaction holds one of the items.");
  }
  for (const name of names) held.add(name);
  await travel(world, TRANSACTION);
  try {
    await commit();
  } finally {
    for (const name of names) held.delete(name);
  }
  note(state, changes);
  if (world.chance.strikes("write-answer-lost")) {
    await travel(world, PATIENCE);
    throw new Unavailable("DynamoDB answers 500.");
  }
  await travel(world, WAY);
}

function keysOf({ rows, ledger, moves }: Changes): Key[] {
  return [...rows, ...ledger, ...moves].map(({ key }) => key);
}

/** A write of one item, that is no transaction. */
async function writeOne(state: State, key: Key, run: () => Promise<void>): Promise<void> {
  await write(state, { rows: [], ledger: [], moves: [] }, run, [key]).catch(asSingle);
}

/** What a single write meets a transaction with: nobody has looked at its condition. */
class Held extends Conflict {}

function asSingle(error: Error): never {
  throw error instanceof Held ? new Unavailable("A transaction holds the item.", { cause: error }) : error;
}

function note({ world, rows, entries, changes: recent, listeners }: State, changes: Changes): void {
  const before = new Map<string, Row>();
  for (const row of changes.rows) {
    const key = keyText(row.key);
    const was = rows.get(key);
    if (was) before.set(key, was);
    recent.push({ key, at: world.clock.now(), row: was, entry: undefined });
    rows.set(key, row);
  }
  for (const entry of changes.ledger) {
    const key = keyText(entry.key);
    recent.push({ key, at: world.clock.now(), row: undefined, entry: entries.get(key) });
    entries.set(key, entry);
  }
  listeners.committed(changes, before);
}

function expire(items: Map<string, Item>, { clock }: World): void {
  for (const [key, { expires }] of items) {
    if (typeof expires === "number" && expires < clock.now() / 1000) items.delete(key);
  }
}
