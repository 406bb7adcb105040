// EventBridge as a pure state machine: commands in, replies and effects out.
import { AwsError } from "../http.ts";
import { createArchive, deleteArchive, describeArchive } from "./archives.ts";
import { createEventBus, deleteEventBus, describeEventBus, listEventBuses } from "./buses.ts";
import { deliveryFailed, deliverySucceeded, retryDue } from "./deliveries.ts";
import { putEvents } from "./put-events.ts";
import { cancelReplay, continueReplays, describeReplay, startReplay } from "./replays.ts";
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRules,
  putRule,
  testEventPattern,
} from "./rules.ts";
import type { Command, Effect, EventBridgeState, Operation, Reply } from "./state.ts";
import { listTargetsByRule, putTargets, removeTargets } from "./targets.ts";

const API = new Map<string, Operation>([
  ["CreateEventBus", createEventBus],
  ["DeleteEventBus", deleteEventBus],
  ["DescribeEventBus", describeEventBus],
  ["ListEventBuses", listEventBuses],
  ["PutRule", putRule],
  ["DeleteRule", deleteRule],
  ["DescribeRule", describeRule],
  ["ListRules", listRules],
  ["EnableRule", enableRule],
  ["DisableRule", disableRule],
  ["TestEventPattern", testEventPattern],
  ["PutTargets", putTargets],
  ["RemoveTargets", removeTargets],
  ["ListTargetsByRule", listTargetsByRule],
  ["PutEvents", putEvents],
  ["CreateArchive", createArchive],
  ["DescribeArchive", describeArchive],
  ["DeleteArchive", deleteArchive],
  ["StartReplay", startReplay],
  ["DescribeReplay", describeReplay],
  ["CancelReplay", cancelReplay],
]);

const tick: Operation = (turn) => {
  turn.state.wakeAt = Number.POSITIVE_INFINITY;
  retryDue(turn);
  continueReplays(turn);
  return {};
};

/** What only the shell around the machine reports. */
const REPORTS = new Map<string, Operation>([
  ["DeliverySucceeded", deliverySucceeded],
  ["DeliveryFailed", deliveryFailed],
  ["Tick", tick],
]);

/** Whether EventBridge's API has the operation, and a client may therefore ask for it. */
export function isInApi(operation: string): boolean {
  return API.has(operation);
}

/**
 * Runs one command at the time `now` (milliseconds since the epoch). Changes `state` in place, unless
 * it throws the AwsError that a client of EventBridge would get. The caller performs the effects in
 * their order and reports each delivery with `DeliverySucceeded` or `DeliveryFailed`.
 */
export function eventBridge(
  state: EventBridgeState,
  { operation, input }: Command,
  now: number,
): { reply: Reply; effects: Effect[] } {
  const run = API.get(operation) ?? REPORTS.get(operation);
  if (!run)
    throw new AwsError("UnknownOperationException", `EventBridge here has no operation ${operation}.`);
  const effects: Effect[] = [];
  return { reply: run({ state, now, effects }, input), effects };
}
