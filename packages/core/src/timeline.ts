// The ledger as a person reads it: what became of the events of a customer or of one object, oldest first.
import { ownerOf, partition, ROWS_OF_AN_ID } from "./keys.ts";
import type { LedgerEntry } from "./ledger.ts";
import { MOST_A_PAGE, type Paging, turnOf } from "./paging.ts";
import type { Page, Store } from "./store.ts";

export type TimelineEntry = Omit<LedgerEntry, "key" | "relation">;

export type TimelineOptions = {
  store: Store;
  tenant: string;
  /** Seconds since the epoch. */
  now(): number;
};

/** The last sort key that was given, and the customers whose ledgers are read too: looked up once. */
type Position = { after: string; customers: string[] };

/** Requests: at most three to find the customers on the first page, then a query for each ledger. */
export async function readTimeline(
  options: TimelineOptions,
  id: string,
  paging: Paging,
): Promise<Page<TimelineEntry>> {
  const { limit, from, page } = turnOf<Position>(["timeline", options.tenant, id], paging);
  const customers = from?.customers ?? (await customersOf(options, id));
  const ledgers = await Promise.all([
    ledgerOf(options, id, { limit, after: from?.after }),
    ...customers.map((customer) => entriesAbout(options, id, customer, from?.after)),
  ]);
  const { found, next } = firstOf(inStep(ledgers), limit);
  const now = options.now();
  const kept = found.filter(({ expires }) => expires > now).map(({ key, relation, ...entry }) => entry);
  return page(kept, next === undefined ? undefined : { after: next, customers });
}

/**
 * The customers that an object's row names: their ledgers hold the events that name them. What has no row, as a charge of
 * an intent has none, is listed with its events.
 */
async function customersOf({ store, tenant }: TimelineOptions, id: string): Promise<string[]> {
  const pk = partition(tenant, id);
  const rows = await Promise.all([
    store.rowsIn(pk, { limit: ROWS_OF_AN_ID }),
    store.rowsBy("gsi1", pk, { limit: ROWS_OF_AN_ID }),
  ]);
  const found = rows.flatMap((page) => page.found);
  const named =
    found.length > 0
      ? found.flatMap(({ identity }) => identity.customer ?? [])
      : (await store.ledgerKeysBy(pk, ROWS_OF_AN_ID)).map(ownerOf);
  return [...new Set(named)].filter((customer) => customer !== id);
}

function ledgerOf(
  { store, tenant }: TimelineOptions,
  owner: string,
  page: { limit: number; after: string | undefined },
) {
  return store.ledgerIn(partition(tenant, owner), page);
}

/** Few of a customer's events are about one object, so as many as go into one request are looked through. */
async function entriesAbout(
  options: TimelineOptions,
  id: string,
  customer: string,
  after: string | undefined,
) {
  const { found, ...rest } = await ledgerOf(options, customer, { limit: MOST_A_PAGE, after });
  return { ...rest, found: found.filter(({ object }) => object === id) };
}

/** Several ledgers as one, as far as all of them were read: what follows may belong in between. */
function inStep(ledgers: Page<LedgerEntry>[]): Page<LedgerEntry> {
  const [end] = ledgers.flatMap(({ next }) => next ?? []).sort();
  const found = ledgers
    .flatMap((ledger) => ledger.found)
    .filter(({ key }) => end === undefined || key.sk <= end)
    .sort((a, b) => (a.key.sk < b.key.sk ? -1 : 1));
  return end === undefined ? { found } : { found, next: end };
}

function firstOf({ found, ...rest }: Page<LedgerEntry>, limit: number): Page<LedgerEntry> {
  const last = found[limit - 1];
  if (last === undefined || found.length === limit) return { found, ...rest };
  return { found: found.slice(0, limit), next: last.key.sk };
}
