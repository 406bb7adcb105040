// Stripe's side of a history: what happens there as time passes, and how it tells of it.
import type { Stripe } from "@stripe-lanes/core/ports";
import type { StripeEvent } from "../stripe/event.ts";
import type { Sandbox } from "../stripe/sandbox.ts";
import { unfolding } from "../stripe/traffic.ts";
import { ledgerOf, type TruthRow, truthOf } from "../stripe/truth.ts";
import { apiOf } from "./api.ts";
import type { BadInputs } from "./inputs.ts";
import type { StripeKey } from "./key.ts";
import type { Plan } from "./plan.ts";
import { canBeThin, thinOf } from "./thin.ts";
import { withoutUnseen } from "./unseen.ts";
import type { World } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Source = {
  /** What Stripe made so far; each of them must come to an end. */
  events: readonly StripeEvent[];
  /** Begins to happen. */
  begin(): void;
  /** Everything has happened, and every delivery that was planned was made. */
  isOver(): boolean;
  /** Delivers events of the past once more, as a sweep or a person at Stripe's dashboard does. */
  resend(events: readonly StripeEvent[]): void;
  /** Those that were never delivered. */
  undelivered(): StripeEvent[];
  api: Stripe;
  truth(): { truth: TruthRow[]; ledger: ReturnType<typeof ledgerOf> };
};

type Put = (details: readonly object[]) => void;

type State = {
  world: World;
  put: Put;
  sandbox: Sandbox;
  steps: Generator<number, void>;
  inputs: BadInputs;
  told: number;
  planned: number;
  isDone: boolean;
  undelivered: Set<StripeEvent>;
  /** Whether the events of an object type come as thin events only. */
  thinTypes: Map<string, boolean>;
};

/** Where deliveries go, what is bad among them, and with which key Stripe is asked. */
type Around = { put: Put; inputs: BadInputs; key: StripeKey };

/** @param plan of which `seed` and `events` decide what happens, whatever goes wrong */
export function stripeOf({ seed, events, days, apiVersion, account, tellsLines, portal }: Plan) {
  const named = account === null ? {} : { account };
  return unfolding({ seed, events, days, apiVersion, tellsLines, portal, ...named });
}

export function sourceOf(
  world: World,
  { sandbox, steps }: ReturnType<typeof stripeOf>,
  { put, inputs, key }: Around,
): Source {
  const about = { world, put, sandbox, steps, inputs };
  const state: State = {
    ...about,
    told: 0,
    planned: 0,
    isDone: false,
    undelivered: new Set(),
    thinTypes: new Map(),
  };
  return {
    events: sandbox.events,
    begin: () => happen(state),
    isOver: () => state.isDone && state.planned === 0,
    resend(events) {
      for (const event of events)
        deliver(state, again(state, event), world.chance.of("resend").integer(MINUTE));
    },
    undelivered: () => [...state.undelivered],
    api: apiOf(world, sandbox, key),
    truth: () => ({ truth: knowable(state), ledger: ledgerOf(sandbox) }),
  };
}

/** A thin event does not say how things stood: what it led to is known as it was when it could be fetched. */
function knowable({ sandbox, thinTypes }: State): TruthRow[] {
  const truth = truthOf(sandbox);
  return thinTypes.get("subscription") ? withoutUnseen(truth) : truth;
}

/** Takes Stripe a step further, and comes back when the next is due. */
function happen(state: State): void {
  const { world, steps, sandbox } = state;
  const step = steps.next();
  while (state.told < sandbox.events.length) tell(state, sandbox.events[state.told++] as StripeEvent);
  if (step.done || sandbox.events.length >= world.plan.first) state.isDone = true;
  else world.clock.after(momentIn(step.value, world) - world.clock.now(), () => happen(state));
}

/** A second has its events at any of its moments: what is answered within it may have some of them only. */
function momentIn(second: number, { chance }: World): number {
  return second * SECOND + chance.of("moment").integer(SECOND);
}

function tell(state: State, event: StripeEvent): void {
  const { world, inputs } = state;
  const { chance, plan } = world;
  const wait = Math.max(0, event.created * SECOND - world.clock.now());
  for (const bad of inputs.beside(event)) deliver(state, bad, wait);
  if (chance.strikes("never-delivered")) {
    state.undelivered.add(event);
    return;
  }
  deliver(state, isThinOnly(state, event) ? thinOf(event) : event, wait + delay(world));
  if (plan.hasKey && canBeThin(event) && chance.strikes("told-thinly-too")) {
    deliver(state, thinOf(event), wait + delay(world));
  }
  if (chance.strikes("delivered-twice")) {
    deliver(state, again(state, event), wait + chance.of("twice").integer(10 * MINUTE));
  }
  if (chance.strikes("resent-after-days")) {
    deliver(state, again(state, event), wait + chance.of("days").integer(30 * DAY));
  }
}

function delay(world: World): number {
  const { chance } = world;
  const random = chance.of("delivery");
  if (chance.strikes("delivered-late")) return random.integer(3 * HOUR);
  return random.integer(chance.strikes("out-of-order") ? 2 * MINUTE : SECOND);
}

/** Of one delivery to the next, only that differs which no part of a body may depend on (D1). */
function again(state: State, event: StripeEvent): object {
  if (isThinOnly(state, event)) return thinOf(event);
  const more = 1 + state.world.chance.of("again").integer(3);
  return { ...event, pending_webhooks: event.pending_webhooks + more };
}

function deliver(state: State, detail: object, milliseconds: number): void {
  state.planned += 1;
  state.world.clock.after(milliseconds, () => {
    state.planned -= 1;
    state.world.tell(`delivered ${"id" in detail ? detail.id : "no event"}`);
    state.put([detail]);
  });
}

/** An account has its events of a type delivered in one way: of a burst, never some in this and some in that. */
function isThinOnly({ world, thinTypes }: State, event: StripeEvent): boolean {
  const type = event.data.object.object;
  if (!world.plan.hasKey || !canBeThin(event)) return false;
  const isThin = thinTypes.get(type) ?? world.chance.strikes("told-thinly-only");
  thinTypes.set(type, isThin);
  return isThin;
}
