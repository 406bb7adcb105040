// Rows, ledger entries and changes that the contract's tests write.
import type { StripeEvent } from "@stripe-lanes/core/event";
import { keyText } from "@stripe-lanes/core/keys";
import { entryOf, type LedgerEntry } from "@stripe-lanes/core/ledger";
import type { Part, State } from "@stripe-lanes/core/part";
import { nounNamed } from "@stripe-lanes/core/registry";
import { type Row, rowOf } from "@stripe-lanes/core/row";
import type { Changes, Page, Store } from "@stripe-lanes/core/store";
import { FIRST_SECOND } from "../events.ts";

/** Seconds since the epoch at which everything here is written, and for which the ledger keeps it. */
export const NOW_SECOND = FIRST_SECOND + 60;
export const KEEP = 1_000;

type Sample = {
  id?: string;
  customer?: string | null;
  revision?: number;
  state?: State;
  part?: Partial<Part>;
};

/** It lives with its customer. */
export function subscriptionRow(tenant: string, sample: Sample = {}): Row {
  return rowSample("subscription", tenant, { id: "sub_1", ...sample });
}

/** It lives with its customer, too. */
export function invoiceRow(tenant: string, sample: Sample = {}): Row {
  return rowSample("invoice", tenant, { id: "in_1", ...sample });
}

/** It lives on its own, and its customer may change. */
export function orderRow(tenant: string, sample: Sample = {}): Row {
  return rowSample("order", tenant, { id: "cs_1", ...sample });
}

/** As an order, and of another kind. */
export function refundRow(tenant: string, sample: Sample = {}): Row {
  return rowSample("refund", tenant, { id: "re_1", ...sample });
}

function rowSample(noun: string, tenant: string, sample: Sample & { id: string }): Row {
  const { id, customer = "cus_1", revision = 1, part } = sample;
  const state = { status: "open", customer, ...sample.state };
  const parts = { [id]: { ...partSample(state, part?.deleted ?? false), ...part } };
  return rowOf(nounNamed(noun), { tenant, noun, id, customer }, parts, revision);
}

function partSample(state: State, deleted: boolean): Part {
  return {
    via: "event",
    finality: "open",
    second: FIRST_SECOND,
    rank: 1,
    state,
    deleted,
    remembered: [{ event: "evt_1", found: null, state, deleted }],
    tie: false,
  };
}

type EntrySample = Partial<LedgerEntry> & { customer?: string; created?: number };

/** An entry that has no outcome yet, of an event of `sub_1`; `created` in seconds since the epoch. */
export function entrySample(tenant: string, sample: EntrySample = {}): LedgerEntry {
  const { customer = "cus_1", created = FIRST_SECOND, ...entry } = sample;
  const event: StripeEvent = {
    kind: "snapshot",
    id: sample.event ?? "evt_1",
    type: "customer.subscription.updated",
    apiVersion: null,
    created,
    livemode: false,
    account: null,
    object: { object: "subscription", id: "sub_1", customer },
    previous: null,
  };
  return { ...entryOf(tenant, event, 1, { now: NOW_SECOND, keep: KEEP }), ...entry };
}

/** The same with the outcome `applied`, which is final. */
export function applied(tenant: string, sample: EntrySample = {}): LedgerEntry {
  return entrySample(tenant, { outcome: "applied", reason: "first", ...sample });
}

/** Commits the given changes, the others empty; `now` in seconds since the epoch. Rejects as the store does. */
export function commit(store: Store, changes: Partial<Changes>, now = NOW_SECOND): Promise<void> {
  return store.commit({ rows: [], ledger: [], moves: [], ...changes }, now);
}

/** The row as it is stored now (a consistent read), whatever revision the given one has. */
export async function loadRow(store: Store, { key }: Row): Promise<Row | undefined> {
  return (await store.load([key], { consistent: true })).rows.get(keyText(key));
}

/** The entry as it is stored now (a consistent read), whatever outcome the given one has. */
export async function loadEntry(store: Store, { key }: LedgerEntry): Promise<LedgerEntry | undefined> {
  return (await store.load([key], { consistent: true })).ledger.get(keyText(key));
}

/** Everything, page by page of two; each page but the last says what follows. */
export async function allPages<T>(
  read: (page: { limit: number; after?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let next: string | undefined;
  do {
    const page = await read(next === undefined ? { limit: 2 } : { limit: 2, after: next });
    if (page.found.length > 2) throw new Error(`A page of two has ${page.found.length}.`);
    all.push(...page.found);
    next = page.next;
  } while (next !== undefined);
  return all;
}
