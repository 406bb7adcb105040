// What one simulated history is to be: drawn from its seed, plain data, so that it can be told, repeated and shrunk.

import { type Random, seeded } from "../random.ts";
import { API_VERSIONS } from "../stripe/api-versions.ts";
import { type Chances, mixed } from "./chance.ts";
import { FAULT_NAMES, FAULTS, type FaultName } from "./faults.ts";

export type Plan = {
  seed: number;
  /** Events that Stripe makes. */
  events: number;
  /** The history ends after so many of them: what shrinking makes smaller. */
  first: number;
  /** About so many days they span. */
  days: number;
  lanes: number;
  /** Workers at one time. */
  concurrency: number;
  apiVersion: string;
  /** Of a Connect account, or null for the platform's own. */
  account: string | null;
  /** Whether Stripe can be asked: without a key no thin event is sent. */
  hasKey: boolean;
  /** Whether the events of orders say what was bought: if not, Stripe has to be asked. */
  tellsLines: boolean;
  /** Whether customers sign in at Stripe's portal to end what they have. */
  portal: boolean;
  /** Days for which a ledger row is kept. */
  ledgerDays: number;
  /** Receives after which SQS itself moves a message to the dead-letter queue. */
  mostReceives: number;
  /** Whether old events come back when the ledger has forgotten them. */
  echoes: boolean;
  chances: Chances;
};

/**
 * Every history has other faults, and other shares of them: where all are always there, each hides what the
 * others would show ("Swarm testing", Groce and others, 2012).
 */
export function planOf({ seed, events }: Pick<Plan, "seed" | "events">): Plan {
  const random = seeded(mixed(seed, "plan"));
  const apart = (purpose: string) => seeded(mixed(seed, `plan ${purpose}`));
  const hasKey = random.chance(0.6);
  // Who waits for whom shows only where many come through few lanes.
  const isDense = random.chance(0.2);
  return {
    seed,
    events,
    first: events,
    days: random.pick(isDense ? [0.2, 1] : [0.1, 0.5, 3, 10, 40, 120]),
    lanes: random.pick(isDense ? [2, 5] : [2, 5, 16, 62]),
    concurrency: random.pick([2, 3, 8]),
    apiVersion: random.pick(API_VERSIONS),
    account: random.chance(0.25) ? "acct_1Connected" : null,
    hasKey,
    tellsLines: !hasKey || apart("lines").chance(0.5),
    portal: apart("portal").chance(0.3),
    ledgerDays: random.pick([35, 90]),
    mostReceives: random.pick([1000, 1000, 30]),
    echoes: random.chance(0.5),
    chances: isDense ? neighbours(random) : { ...swarm(random, FIRST), ...swarm(apart("later"), LATER) },
  };
}

/** Drawn from a stream of their own: what a seed meant before they were there, it means still. */
const LATER: readonly FaultName[] = ["wrong-key", "key-forbidden"];
const FIRST = FAULT_NAMES.filter((name) => !LATER.includes(name));

function swarm(random: Random, names: readonly FaultName[]): Chances {
  const chosen = names.filter(() => random.chance(0.7));
  return Object.fromEntries(chosen.map((name) => [name, FAULTS[name].most * random.next() ** 2]));
}

/** Where nothing but a few customers fails, nobody else may wait for them: only here can that be measured. */
const NEIGHBOURS: readonly FaultName[] = [
  "delivered-twice",
  "out-of-order",
  "not-an-event",
  "wrong-mode",
  "throws-our-code",
  "bad-customer",
];

function neighbours(random: Random): Chances {
  return Object.fromEntries(NEIGHBOURS.map((name) => [name, FAULTS[name].most * random.next()]));
}

export function isAmongNeighbours({ chances }: Plan): boolean {
  return Object.keys(chances).every((name) => NEIGHBOURS.includes(name as FaultName));
}
