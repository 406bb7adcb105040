// Runs the machine's commands on a clock, and delivers to the targets what it says.
import type { Cancel, Clock } from "../clock.ts";
import { failureOf } from "./failure.ts";
import type { Input } from "./input.ts";
import { eventBridge } from "./machine.ts";
import {
  createEventBridgeState,
  type Delivery,
  type Dropped,
  type EventBridgeState,
  type Reply,
  type Unsure,
} from "./state.ts";

export type DeliverOptions = {
  /** Of the rule on whose behalf it is sent. */
  readonly ruleArn: string;
  readonly messageGroupId?: string;
  /** Message attributes, all of them strings. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** Sends to a target. What it throws, or rejects with, decides on retries: see `failureOf`. */
export type Deliver = (targetArn: string, body: string, options: DeliverOptions) => unknown;

export type Shell = {
  readonly state: EventBridgeState;
  readonly clock: Clock;
  readonly deliver: Deliver;
  readonly onDropped: ((dropped: Dropped) => void) | undefined;
  readonly timers: Set<Cancel>;
  closed: boolean;
};

export type ShellOptions = Unsure & Pick<Shell, "clock" | "deliver"> & Partial<Pick<Shell, "onDropped">>;

/** A shell with a state of its own; `closeShell` ends its timers. */
export function createShell({ clock, deliver, onDropped, ...unsure }: ShellOptions): Shell {
  const state = createEventBridgeState(unsure);
  return { state, clock, deliver, onDropped, timers: new Set(), closed: false };
}

/**
 * The reply, given before anything is delivered: deliveries follow one by one, and report by themselves. Throws
 * AwsError.
 */
export function run(shell: Shell, operation: string, input: Input): Reply {
  const { reply, effects } = eventBridge(shell.state, { operation, input }, shell.clock.now());
  void deliverInOrder(
    shell,
    effects.flatMap((effect) => (effect.kind === "deliver" ? [effect.delivery] : [])),
  );
  for (const effect of effects) {
    if (effect.kind === "wake") wake(shell, effect.at);
    if (effect.kind === "dropped") shell.onDropped?.(effect);
  }
  return reply;
}

async function deliverInOrder(shell: Shell, deliveries: readonly Delivery[]) {
  for (const delivery of deliveries) {
    const failure = await tryDelivery(shell, delivery);
    if (shell.closed) return;
    run(shell, failure ? "DeliveryFailed" : "DeliverySucceeded", { id: delivery.id, ...failure });
  }
}

async function tryDelivery({ deliver }: Shell, delivery: Delivery) {
  const { targetArn, ruleArn, body, messageGroupId, attributes } = delivery;
  try {
    await deliver(targetArn, body, {
      ruleArn,
      ...(messageGroupId !== undefined && { messageGroupId }),
      ...(attributes && { attributes }),
    });
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

function wake(shell: Shell, at: number) {
  const cancel = shell.clock.after(Math.max(0, at - shell.clock.now()), () => {
    shell.timers.delete(cancel);
    run(shell, "Tick", {});
  });
  shell.timers.add(cancel);
}

/** Ends the timers; a delivery that is under way ends, and its result is dropped. */
export function closeShell(shell: Shell) {
  shell.closed = true;
  for (const cancel of shell.timers) cancel();
}
