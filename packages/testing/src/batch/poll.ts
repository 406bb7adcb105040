// Lambda's poller at work on the simulated queues: it receives, invokes and deletes until nothing is left to come.
import { type PollerCommand, type PollerEffect, stepPoller, wakeAt } from "../local/lambda/poller.ts";
import { deleteMessages, invoke } from "./invoke.ts";
import { receive } from "./queues.ts";
import type { Polling } from "./state.ts";

/**
 * Passes time until no message is left in the queue.
 * @throws Error when that takes more than `maxInvocations`
 */
export async function drain(polling: Polling): Promise<void> {
  const last = polling.invocations.length + polling.maxInvocations;
  give(polling, { type: "wake" });
  while (await step(polling)) {
    if (polling.invocations.length <= last) continue;
    give(polling, { type: "stop" });
    throw new Error(unsettled(polling));
  }
}

/** Waits for an invocation that runs, else passes to the next time at which a message can be received. */
async function step(polling: Polling): Promise<boolean> {
  const { running, poller, queues } = polling;
  if (running.size > 0) {
    await Promise.race(running);
    return true;
  }
  const at = wakeAt(poller, queues.now(), queues.nextVisibleAt);
  if (at === undefined) return false;
  queues.passTo(at);
  give(polling, { type: "wake" });
  return true;
}

function unsettled({ queues, maxInvocations }: Polling): string {
  const waiting = queues
    .messages("queue")
    .map(({ id, receiveCount }) => `${id} (received ${receiveCount} times)`);
  return `After ${maxInvocations} invocations the queue still has ${waiting.join(", ")}. Lower maxReceiveCount, end the faults, or raise maxInvocations.`;
}

function give(polling: Polling, command: PollerCommand): void {
  const { effects } = stepPoller(polling.poller, command, polling.queues.now());
  for (const effect of effects) run(polling, effect);
}

function run(polling: Polling, effect: PollerEffect): void {
  if (effect.type === "receive") {
    give(polling, { type: "received", messages: receive(polling.queues, effect.max) });
    return;
  }
  if (effect.type === "delete") {
    give(polling, deleteMessages(polling, effect.invocation, effect.receiptHandles));
    return;
  }
  const wake = () => give(polling, { type: "wake" });
  const work = invoke(polling, effect.invocation, effect.messages, wake);
  const done = work.then((command) => {
    polling.running.delete(done);
    give(polling, command);
  });
  polling.running.add(done);
}
