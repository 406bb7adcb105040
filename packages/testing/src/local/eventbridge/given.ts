// The state machine in a test's hands: the test plays the shell, and its clock stands until it is moved.

import type { Input } from "./input.ts";
import { eventBridge } from "./machine.ts";
import { createEventBridgeState, type Delivery, type Reply, type Unsure } from "./state.ts";

export const START = Date.parse("2026-11-21T10:00:00.250Z");
export const QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";
export const DEAD_LETTERS = "arn:aws:sqs:us-east-1:000000000000:dead-letters";

/** A machine at `START` that delivers nothing by itself: the test reports each delivery as done or failed. */
export function givenEventBridge(options: Unsure = {}) {
  const state = createEventBridgeState(options);
  const outbox: Delivery[] = [];
  const wakes: number[] = [];
  const dropped: string[] = [];
  let now = START;

  const ask = (operation: string, input: Input = {}): Reply => {
    const { reply, effects } = eventBridge(state, { operation, input }, now);
    for (const effect of effects) {
      if (effect.kind === "deliver") outbox.push(effect.delivery);
      if (effect.kind === "wake") wakes.push(effect.at);
      if (effect.kind === "dropped") dropped.push(effect.why);
    }
    return reply;
  };

  return {
    state,
    ask,
    /** Why events went nowhere, so far. */
    dropped,
    /** A rule with one target, which is a standard queue unless `target` says otherwise. */
    rule(name: string, pattern: object, target: Input = {}, EventBusName = "default") {
      ask("PutRule", { Name: name, EventPattern: JSON.stringify(pattern), EventBusName });
      const Targets = [{ Id: "queue", Arn: QUEUE, ...target }];
      ask("PutTargets", { Rule: name, EventBusName, Targets });
    },
    put(detail: object, entry: Input = {}): Reply {
      const whole = { Source: "shop", DetailType: "order", Detail: JSON.stringify(detail), ...entry };
      return ask("PutEvents", { Entries: [whole] });
    },
    /** What is to be delivered since this was last asked. */
    taken: () => outbox.splice(0),
    fail(delivery: Delivery | undefined, failure: Input = {}) {
      ask("DeliveryFailed", {
        id: delivery?.id,
        errorCode: "THROTTLING",
        errorMessage: "slow down",
        ...failure,
      });
    },
    succeed(delivery: Delivery | undefined) {
      ask("DeliverySucceeded", { id: delivery?.id });
    },
    pass(milliseconds: number) {
      now += milliseconds;
    },
    /** How often the machine asked to be woken and was not yet. */
    wakes: () => wakes.length,
    /** Moves the clock to the next wake and ticks; gives the milliseconds that passed. */
    wake(): number {
      if (wakes.length === 0) throw new Error("The machine did not ask to be woken.");
      const passed = Math.max(0, Math.min(...wakes.splice(0)) - now);
      now += passed;
      ask("Tick");
      return passed;
    },
  };
}

/** An event on its way from the rule `all` to the target. */
export function givenDelivery(target: Input) {
  const given = givenEventBridge();
  given.rule("all", { source: [{ exists: true }] }, target);
  given.put({ n: 1 });
  const [delivery] = given.taken();
  return { ...given, delivery };
}
