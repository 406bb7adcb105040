// A row: a noun's current state in the table, and what makes it.
import { type Evidence, NO_EVIDENCE } from "./evidence.ts";
import { type Key, type RowIdentity, rowKey } from "./keys.ts";
import type { Joined, Noun } from "./noun.ts";
import type { Part, State } from "./part.ts";

export type Row = {
  key: Key;
  identity: RowIdentity;
  /** How often it was written: a commit's condition on what was read. */
  revision: number;
  /** By the id of the Stripe object that contributes it, under the order rule (D4). */
  parts: Record<string, Part>;
  /** What other rows contribute as they stand: it changes in their transactions. By noun and id. */
  joined: Joined[];
  /** What its events prove for good, superseded ones too. */
  evidence: Evidence;
  state: State;
  status: string | null;
  deleted: boolean;
};

/** A row that other rows count up and down: it has amounts instead of parts, and no condition. */
export type Counter = { key: Key; identity: RowIdentity; amounts: Record<string, number> };

/** What a commit adds to a counter, whatever it stands at. */
export type CounterDelta = { key: Key; amounts: Record<string, number> };

/** The row that its sources make: state, status and customer follow from them alone. */
export function rowOf(
  noun: Noun,
  identity: RowIdentity,
  allParts: Record<string, Part>,
  revision: number,
  allJoined: Joined[] = [],
  proved: Evidence = NO_EVIDENCE,
): Row {
  const all = { parts: allParts, joined: allJoined, evidence: noun.condense?.(proved) ?? proved };
  const { parts, joined, evidence } = noun.bound?.(all) ?? all;
  const own = Object.hasOwn(parts, identity.id) ? parts[identity.id] : undefined;
  const state =
    noun.derive?.({ ...sourcesOf(parts), own: own?.state, joined, evidence }) ?? (own as Part).state;
  const customer = noun.home === "customer" ? identity.customer : noun.customerOf(state, identity.id);
  return {
    key: rowKey(noun.home, identity),
    identity: { ...identity, customer },
    revision,
    parts,
    joined,
    evidence,
    state,
    status: noun.statusOf(state),
    deleted: own?.deleted ?? false,
  };
}

function sourcesOf(parts: Record<string, Part>) {
  const inOrder = Object.entries(parts).sort(([one], [other]) => (one < other ? -1 : 1));
  return { parts: inOrder.map(([id, { state, deleted, second }]) => ({ id, state, deleted, second })) };
}

/** What others contributed to for a while, or only proved something of: as good as no row. */
export function isEmpty({ parts, joined }: Row): boolean {
  return joined.length === 0 && Object.keys(parts).length === 0;
}

export function partOf(row: Row | undefined, id: string): Part | undefined {
  return row && Object.hasOwn(row.parts, id) ? row.parts[id] : undefined;
}

export function isTie({ parts }: Row): boolean {
  return Object.values(parts).some((part) => part.tie);
}

/** The paths of lists that Stripe did not send whole. */
export function incompleteOf({ state }: { state: State }): string[] {
  return Array.isArray(state.incomplete) ? (state.incomplete as string[]) : [];
}
