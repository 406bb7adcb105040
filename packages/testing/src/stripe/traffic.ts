// The events of a few billing days over many customers, and what billing state they must end in.
import { DAY } from "./calendar.ts";
import { act, editCustomer, MOST_AT_ONCE } from "./day.ts";
import type { StripeEvent } from "./event.ts";
import { habitsOf } from "./habits.ts";
import { happen, type Options, openSandbox, requested, type Sandbox } from "./sandbox.ts";
import { newcomer, openShop, type Shop } from "./shop.ts";
import { type Ledger, ledgerOf, type TruthRow, truthOf } from "./truth.ts";

export type TrafficOptions = Pick<
  Options,
  "seed" | "apiVersion" | "livemode" | "account" | "currency" | "tellsLines" | "portal"
> & {
  /** Exactly how many events. */
  events: number;
  /** One for every 25 events, unless told otherwise. */
  customers?: number;
  /** About so many days the traffic spans: 3 unless told otherwise. */
  days?: number;
};

/** `events` in the order they were sent, and the truth after all of them, with what it comes to in money. */
export type Traffic = { events: StripeEvent[]; truth: TruthRow[]; ledger: Ledger };

/** How many events come of an action on average, with what falls due between two of them. */
const EVENTS_AN_ACTION = 7;

export function traffic(options: TrafficOptions): Traffic {
  const { sandbox, steps } = unfolding(options);
  while (!steps.next().done);
  return { events: sandbox.events, truth: truthOf(sandbox), ledger: ledgerOf(sandbox) };
}

/** The same traffic as it happens: each step gives the second of what happens in the step after it. */
export function unfolding(options: TrafficOptions): { sandbox: Sandbox; steps: Generator<number, void> } {
  const { events, customers, days = 3, ...rest } = options;
  const sandbox = openSandbox({ ...habitsOf(rest.seed), ...rest });
  const shop = openShop(sandbox, customers ?? Math.max(1, Math.round(events / 25)));
  const gap = (days * DAY * EVENTS_AN_ACTION) / events;
  return { sandbox, steps: stepsOf(sandbox, shop, events, gap) };
}

function* stepsOf(sandbox: Sandbox, shop: Shop, events: number, gap: number): Generator<number, void> {
  yield* days(sandbox, shop, events, gap);
  yield* lastEvents(sandbox, shop, events);
}

/** Goes on while whatever comes next is sure to fit. */
function* days(sandbox: Sandbox, shop: Shop, events: number, gap: number): Generator<number, void> {
  const isRoomLeft = () => events - sandbox.events.length >= MOST_AT_ONCE;
  while (isRoomLeft()) {
    const next = sandbox.now + Math.ceil(sandbox.random.next() * 2 * gap);
    for (let due = sandbox.calendar.nextAt(); due <= next && isRoomLeft(); due = sandbox.calendar.nextAt()) {
      yield Math.max(sandbox.now, due);
      happen(sandbox, next);
    }
    if (isRoomLeft()) yield next;
    sandbox.now = Math.max(sandbox.now, next);
    if (isRoomLeft()) requested(sandbox, () => act(sandbox, shop));
  }
}

/** They are of the smallest kind: a customer who changes, or the first one. */
function* lastEvents(sandbox: Sandbox, shop: Shop, events: number): Generator<number, void> {
  while (sandbox.events.length < events) {
    yield sandbox.now + 1;
    sandbox.now += 1;
    requested(sandbox, () => (sandbox.random.chance(0.8) ? editCustomer : newcomer)(sandbox, shop));
  }
}
