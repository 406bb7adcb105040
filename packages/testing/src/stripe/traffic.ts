// The events of a few billing days over many customers, and what billing state they must end in.
import { DAY } from "./calendar.ts";
import { act, editCustomer, MOST_AT_ONCE } from "./day.ts";
import type { StripeEvent } from "./event.ts";
import { happen, type Options, openSandbox, requested, type Sandbox } from "./sandbox.ts";
import { newcomer, openShop, type Shop } from "./shop.ts";
import { type Ledger, ledgerOf, type TruthRow, truthOf } from "./truth.ts";

export type TrafficOptions = Pick<Options, "seed" | "apiVersion" | "livemode" | "account" | "currency"> & {
  /** Exactly how many events. */
  events: number;
  /** One for every 25 events, unless told otherwise. */
  customers?: number;
};

/** `events` in the order they were sent, and the truth after all of them, with what it comes to in money. */
export type Traffic = { events: StripeEvent[]; truth: TruthRow[]; ledger: Ledger };

/** So many seconds the traffic spans. */
const SPAN = 3 * DAY;

/** How many events come of an action on average, with what falls due between two of them. */
const EVENTS_AN_ACTION = 7;

export function traffic({ events, customers, ...options }: TrafficOptions): Traffic {
  const sandbox = openSandbox(options);
  const shop = openShop(sandbox, customers ?? Math.max(1, Math.round(events / 25)));
  runDays(sandbox, shop, events);
  fillUp(sandbox, shop, events);
  return { events: sandbox.events, truth: truthOf(sandbox), ledger: ledgerOf(sandbox) };
}

/** Goes on while whatever comes next is sure to fit. */
function runDays(sandbox: Sandbox, shop: Shop, events: number): void {
  const isRoomLeft = () => events - sandbox.events.length >= MOST_AT_ONCE;
  const gap = (SPAN * EVENTS_AN_ACTION) / events;
  while (isRoomLeft()) {
    const next = sandbox.now + Math.ceil(sandbox.random.next() * 2 * gap);
    while (isRoomLeft() && happen(sandbox, next));
    sandbox.now = Math.max(sandbox.now, next);
    if (isRoomLeft()) requested(sandbox, () => act(sandbox, shop));
  }
}

/** The last events are of the smallest kind: a customer who changes, or the first one. */
function fillUp(sandbox: Sandbox, shop: Shop, events: number): void {
  while (sandbox.events.length < events) {
    sandbox.now += 1;
    requested(sandbox, () => (sandbox.random.chance(0.8) ? editCustomer : newcomer)(sandbox, shop));
  }
}
