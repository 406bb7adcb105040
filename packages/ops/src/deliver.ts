// Delivers what was planned: at once where it is known, as it comes where it is not.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import type { Feeder } from "./feed.ts";
import type { EventJson } from "./input/tally.ts";
import type { Options } from "./options.ts";
import type { Listener, Planned } from "./plan.ts";
import { deliveriesSent, settledDeliveries } from "./report.ts";

export type Delivering = Listener & {
  pipeline: Pipeline;
  feeder: Feeder;
  options: Pick<Options, "duplicates" | "shuffle">;
};

/** Deliveries on their way at one time, so that an input of any size takes a bounded amount of memory. */
const MOST_UNDER_WAY = 5_000;

/** Milliseconds between looks, and without any outcome until nothing more is waited for. */
const LOOK = 5;
const LONGEST_STILL = 60_000;

/** @param events what is to be delivered of it, where it is known */
export async function deliver(run: Delivering, planned: Planned, events = planned.events): Promise<void> {
  const { feeder, options } = run;
  if (events !== undefined) return feeder.deliver(events);
  const stream = planned.stream(run);
  // Copies and another order need all events at once.
  if (options.duplicates || options.shuffle) return feeder.deliver((await Array.fromAsync(stream)).flat());
  for await (const some of stream) await deliverSome(run, some);
}

async function deliverSome({ pipeline, feeder, signal }: Delivering, events: EventJson[]): Promise<void> {
  for (let at = 0; at < events.length && !signal.aborted; at += MOST_UNDER_WAY) {
    await feeder.put(events.slice(at, at + MOST_UNDER_WAY));
    await room(pipeline, signal);
  }
}

/** Goes on when there is room, or when nothing has moved for long: what is lost never settles. */
async function room(pipeline: Pipeline, signal: AbortSignal): Promise<void> {
  let settled = settledDeliveries(pipeline);
  let moved = performance.now();
  while (deliveriesSent(pipeline) - settled >= MOST_UNDER_WAY && !signal.aborted) {
    if (performance.now() - moved > LONGEST_STILL) return;
    await sleep(LOOK);
    const now = settledDeliveries(pipeline);
    if (now !== settled) moved = performance.now();
    settled = now;
  }
}

/** What an interruption left undone, in a sentence; nothing where all was sent. */
export function unsentText({ fed }: Feeder, planned: Planned): string | undefined {
  const total = Math.max(fed.planned, planned.count);
  const unsent = total - fed.offered;
  const counts = `${unsent.toLocaleString("en")} of ${total.toLocaleString("en")} deliveries were not sent`;
  if (planned.isOpenEnded && unsent === 0) return "Interrupted: the rest of the input was not read.";
  return unsent > 0 ? `Interrupted: ${counts}.` : undefined;
}
