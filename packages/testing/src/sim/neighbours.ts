// How long an innocent waits because of others: measured where nothing but some customers fails.
import type { Result } from "@stripe-lanes/core/batch";
import { isRetryGroup } from "@stripe-lanes/core/retry";
import type { Checks } from "./checks.ts";
import { isAmongNeighbours } from "./plan.ts";
import type { World } from "./world.ts";

/** Milliseconds that a batch with a failure holds its lane for at the most (D9): its second wait, with what is around it. */
const A_FAILURE = 3_000;
/** Milliseconds in which a message is handled where nobody fails. */
const UNDISTURBED = 15_000;

export type Neighbours = {
  /** A message entered a lane. */
  sent(message: string, lane: string): void;
  handled(results: readonly Result[]): void;
  /** Milliseconds. */
  longestWait(): number;
};

export function neighboursOf(world: World, checks: Checks): Neighbours {
  const { clock } = world;
  const isMeasured = isAmongNeighbours(world.plan);
  const arrived = new Map<string, { at: number; failures: number }>();
  /** Batches in which something failed so far, by lane. */
  const failures = new Map<string, number>();
  let longest = 0;
  const waited = ({ message: { id, lane }, event }: Result) => {
    const arrival = arrived.get(id);
    if (!arrival) return;
    const milliseconds = clock.now() - arrival.at;
    const failed = (failures.get(lane) ?? 0) - arrival.failures;
    longest = Math.max(longest, milliseconds);
    if (milliseconds <= UNDISTURBED + failed * A_FAILURE) return;
    const what = `${event?.id} waited ${milliseconds} ms in ${lane}, where ${failed} batches failed meanwhile`;
    checks.violated("nobody waits for a bad customer", what);
  };
  return {
    sent(message, lane) {
      // What the queue swallows has the id of the message that it was taken for.
      if (!isMeasured || arrived.has(message)) return;
      arrived.set(message, { at: clock.now(), failures: failures.get(lane) ?? 0 });
    },
    handled(results) {
      if (!isMeasured) return;
      const inLanes = results.filter(({ message }) => !isRetryGroup(message.group));
      const failing = inLanes.filter(({ kind }) => kind !== "settled").map(({ message }) => message.lane);
      for (const lane of new Set(failing)) failures.set(lane, (failures.get(lane) ?? 0) + 1);
      for (const result of inLanes) if (result.kind === "settled") waited(result);
    },
    longestWait: () => longest,
  };
}
