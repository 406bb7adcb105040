// What `--faults` makes go wrong, by name; where the simulation in packages/testing has the same, by the same name.
import type { DeliveryFault } from "@stripe-lanes/testing/local/eventbridge/faults";
import type { InvocationFault } from "@stripe-lanes/testing/local/lambda/faults";

/** What each occasion offers: a request of the worker's, its invocation, a delivery to the queue. */
export const OCCASIONS = {
  read: ["read-throttled", "read-failed"],
  batchRead: ["read-partial"],
  write: ["write-throttled", "write-failed", "write-answer-lost", "killed-within"],
  transaction: ["write-conflict"],
  note: ["note-throttled", "note-failed", "note-answer-lost"],
  send: ["send-failed"],
  hide: ["visibility-failed"],
  invocation: [
    "throttled",
    "killed-before",
    "killed-after",
    "timeout",
    "answer-lost",
    "delete-lost",
    "duplicate",
    "stalled",
  ] satisfies InvocationFault[],
  delivery: ["rule-fires-twice", "target-failed", "target-answer-lost"] satisfies DeliveryFault[],
} as const;

export type Occasion = keyof typeof OCCASIONS;
export type FaultAt<O extends Occasion> = (typeof OCCASIONS)[O][number];

/** Among the events that are fed. */
export const BAD_INPUTS = ["not-an-event", "too-large", "wrong-mode"] as const;
export type BadInput = (typeof BAD_INPUTS)[number];

/** What comes once, at its place in the feed, and copies that Stripe sends again. */
const STAGED = ["outage", "replay", "redrive", "resent"] as const;

const NAMES = [...Object.values(OCCASIONS).flat(), ...BAD_INPUTS, ...STAGED];
export type FaultName = (typeof NAMES)[number];

/** How often each was injected. */
export type FaultCounts = Record<FaultName, number>;

export function noFaults(): FaultCounts {
  return Object.fromEntries(NAMES.map((name) => [name, 0])) as FaultCounts;
}
