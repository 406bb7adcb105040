// What core does with an event, found out by handing it one: placeholders stand for every id, so that keys and
// rows come out as patterns.
import type { Snapshot, StripeObject } from "../../packages/core/src/event.ts";
import { judgeSnapshot } from "../../packages/core/src/judge.ts";
import type { CounterDelta, Row } from "../../packages/core/src/row.ts";
import type { Sight } from "../../packages/core/src/sight.ts";
import type { StripeObjectType } from "./stripe-events.ts";

export const TENANT = "{tenant}";

export type Effect = {
  /** The row of the event's object; undefined where there is none. */
  row: Row | undefined;
  /** The rows that change with it. */
  joined: Row[];
  moves: CounterDelta[];
};

/** A table in which nothing is yet. */
const EMPTY: Sight = {
  row: () => ({ row: undefined }),
  fetched: () => undefined,
  searched: () => null,
  canFetch: false,
  now: 0,
};

/** The effect of an event on an object that names all that such objects can name, but for what is left out. */
export function effectOf(type: string, object: StripeObjectType, leftOut: readonly string[] = []): Effect {
  const verdict = judgeSnapshot(snapshot(type, probe(object, leftOut)), TENANT, EMPTY);
  if (!("settled" in verdict)) throw new Error(`Core does not settle ${type} by itself.`);
  const [row, ...joined] = verdict.settled.rows;
  return { row, joined, moves: verdict.settled.moves };
}

/** The ids that a row may have, the first that the object names: `{payment_intent}`, else `{id}`. */
export function rowIds(type: string, object: StripeObjectType, leftOut: readonly string[] = []): string[] {
  const id = effectOf(type, object, leftOut).row?.identity.id;
  if (id === undefined) return [];
  const path = /^\{([^{}]+)\}$/.exec(id)?.[1];
  if (path === undefined || path === "id") return [id];
  return [id, ...rowIds(type, object, [...leftOut, path])];
}

function snapshot(type: string, object: StripeObject): Snapshot {
  const id = "{event}";
  const rest = { apiVersion: null, created: 0, livemode: false, account: null, previous: null };
  return { kind: "snapshot", id, type, object, ...rest };
}

/** An object with a placeholder for all that its type has a member for. */
function probe({ object, members }: StripeObjectType, leftOut: readonly string[]): StripeObject {
  const named = (path: string) => (leftOut.includes(path) ? null : `{${path}}`);
  const all = {
    id: "{id}",
    customer: named("customer"),
    customer_account: named("customer_account"),
    alert: { id: named("alert") },
    payment_intent: named("payment_intent"),
    charge: named("charge"),
    client_reference_id: named("client_reference_id"),
    payment: { payment_intent: named("payment.payment_intent"), charge: named("payment.charge") },
    ...WHAT_MOVES_COUNTERS,
  };
  return { object, ...Object.fromEntries(Object.entries(all).filter(([name]) => members.includes(name))) };
}

/** A paid order of one piece, and a price that has a capacity. */
const WHAT_MOVES_COUNTERS = {
  mode: "payment",
  status: "complete",
  payment_status: "paid",
  line_items: { object: "list", data: [{ price: "{price}", quantity: 1 }] },
  metadata: { capacity: "1" },
};
