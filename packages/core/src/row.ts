// A row: a noun's current state in the table, and how its parts make it.
import { type Key, type RowIdentity, rowKey } from "./keys.ts";
import type { Noun } from "./noun.ts";
import type { Part, State } from "./order.ts";

export type Row = {
  key: Key;
  identity: RowIdentity;
  /** How often it was written: a commit's condition on what was read. */
  revision: number;
  /** By the id of the Stripe object that contributes it. */
  parts: Record<string, Part>;
  state: State;
  status: string | null;
  deleted: boolean;
};

/** A row that other rows count up and down: it has amounts instead of parts, and no condition. */
export type Counter = { key: Key; identity: RowIdentity; amounts: Record<string, number> };

/** The row that parts make: state, status and customer follow from them alone. */
export function rowOf(noun: Noun, identity: RowIdentity, parts: Record<string, Part>, revision: number): Row {
  const { state, deleted } = parts[identity.id] as Part;
  const customer = noun.home === "customer" ? identity.customer : noun.customerOf(state, identity.id);
  return {
    key: rowKey(noun.home, identity),
    identity: { ...identity, customer },
    revision,
    parts,
    state,
    status: noun.statusOf(state),
    deleted,
  };
}

export function isTie({ parts }: Row): boolean {
  return Object.values(parts).some((part) => part.tie);
}

/** The paths of lists that Stripe did not send whole. */
export function incompleteOf({ state }: Row): string[] {
  return Array.isArray(state.incomplete) ? (state.incomplete as string[]) : [];
}
