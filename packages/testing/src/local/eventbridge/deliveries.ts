// Deliveries to targets: tried, retried ever more slowly, and at last given up to the dead-letter queue.
import { invalid } from "./errors.ts";
import { withEscapes } from "./escapes.ts";
import type { EventBridgeEvent } from "./event.ts";
import { type Input, optionalText, requiredText } from "./input.ts";
import type { Operation, PendingDelivery, Rule, Target, Turn } from "./state.ts";
import { DEFAULT_RETRY } from "./targets.ts";

type Failure = { readonly code: string; readonly message: string };
type ExhaustedBy = "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";

// AWS does not publish its intervals. These double from a second and fit its 185 retries into its 24 hours.
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 480_000;

const NO_JSON: Failure = {
  code: "INVALID_JSON",
  message: "The input transformer did not make valid JSON of the event.",
};

/** Starts the delivery of an event to one target of a rule. */
export function invoke(turn: Turn, rule: Rule, target: Target, event: EventBridgeEvent) {
  const body = target.input({ event, rule, ingestionTime: isoSeconds(turn.now) });
  const pending: PendingDelivery = {
    delivery: {
      id: nextDeliveryId(turn),
      targetArn: target.arn,
      ruleArn: rule.arn,
      body: withEscapes(body ?? "", event),
      ...(target.messageGroupId !== undefined && { messageGroupId: target.messageGroupId }),
      attempt: 1,
    },
    event,
    retry: target.retry,
    deadLetterArn: target.deadLetterArn,
    isDeadLetter: false,
    startedAt: turn.now,
    dueAt: Number.POSITIVE_INFINITY,
  };
  if (body === undefined) giveUp(turn, pending, NO_JSON);
  else attempt(turn, pending);
}

/** What the shell reports of a delivery that arrived: `{ id }`. */
export const deliverySucceeded: Operation = (turn, input) => {
  const { isDeadLetter } = settle(turn, input);
  const { metrics } = turn.state;
  if (isDeadLetter) metrics.invocationsSentToDlq++;
  else metrics.successfulInvocations++;
  return {};
};

/** What the shell reports of one that did not: `{ id, errorCode, errorMessage, retryable }`. */
export const deliveryFailed: Operation = (turn, input) => {
  const pending = settle(turn, input);
  const failure = {
    code: optionalText(input, "errorCode") ?? "UNKNOWN",
    message: optionalText(input, "errorMessage") ?? "",
  };
  if (input.retryable === false) giveUp(turn, pending, failure);
  else retryOrGiveUp(turn, pending, failure);
  return {};
};

/** Tries every delivery whose time has come, those that have waited longest first. */
export function retryDue(turn: Turn) {
  const pending = [...turn.state.deliveries.values()].sort((a, b) => a.dueAt - b.dueAt);
  for (const delivery of pending) {
    if (delivery.dueAt <= turn.now) retry(turn, delivery);
    else wakeAt(turn, delivery.dueAt);
  }
}

/**
 * Asks the shell for a `Tick` at a time in milliseconds since the epoch, unless it has been asked for an earlier
 * one.
 */
export function wakeAt({ state, effects }: Turn, at: number) {
  if (at >= state.wakeAt) return;
  state.wakeAt = at;
  effects.push({ kind: "wake", at });
}

/** ISO 8601 without a fraction, as EventBridge writes `time`; takes milliseconds since the epoch. */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** Takes the delivery that is reported on from those under way. */
function settle({ state }: Turn, input: Input): PendingDelivery {
  const id = requiredText(input, "id");
  const pending = state.deliveries.get(id);
  if (pending?.dueAt !== Number.POSITIVE_INFINITY) throw invalid(`Delivery ${id} is not under way.`);
  state.deliveries.delete(id);
  return pending;
}

function retryOrGiveUp(turn: Turn, pending: PendingDelivery, failure: Failure) {
  const dueAt = turn.now + Math.min(FIRST_DELAY * 2 ** (pending.delivery.attempt - 1), LONGEST_DELAY);
  const exhausted = exhaustedBy(pending, dueAt);
  if (exhausted) return giveUp(turn, pending, failure, exhausted);
  pending.dueAt = dueAt;
  turn.state.deliveries.set(pending.delivery.id, pending);
  wakeAt(turn, dueAt);
}

function exhaustedBy(
  { delivery, retry, startedAt }: PendingDelivery,
  dueAt: number,
): ExhaustedBy | undefined {
  if (delivery.attempt > retry.maximumRetryAttempts) return "MaximumRetryAttempts";
  if (dueAt - startedAt > retry.maximumAgeInSeconds * 1000) return "MaximumEventAgeInSeconds";
  return undefined;
}

function retry(turn: Turn, pending: PendingDelivery) {
  turn.state.metrics.retryInvocationAttempts++;
  pending.delivery = { ...pending.delivery, attempt: pending.delivery.attempt + 1 };
  pending.dueAt = Number.POSITIVE_INFINITY;
  attempt(turn, pending);
}

function attempt({ state, effects }: Turn, pending: PendingDelivery) {
  if (!pending.isDeadLetter) state.metrics.invocationAttempts++;
  state.deliveries.set(pending.delivery.id, pending);
  effects.push({ kind: "deliver", delivery: pending.delivery });
}

function giveUp(turn: Turn, pending: PendingDelivery, failure: Failure, exhausted?: ExhaustedBy) {
  const { metrics } = turn.state;
  if (pending.isDeadLetter) {
    metrics.invocationsFailedToBeSentToDlq++;
    return;
  }
  metrics.failedInvocations++;
  if (pending.deadLetterArn === undefined) return;
  const attributes = deadLetterAttributes(pending, failure, exhausted);
  attempt(turn, deadLetter(turn, pending, pending.deadLetterArn, attributes));
}

/** The original event, as it came, on its way to the dead-letter queue. */
function deadLetter(
  turn: Turn,
  pending: PendingDelivery,
  targetArn: string,
  attributes: Record<string, string>,
): PendingDelivery {
  return {
    delivery: {
      id: nextDeliveryId(turn),
      targetArn,
      ruleArn: pending.delivery.ruleArn,
      body: withEscapes(JSON.stringify(pending.event), pending.event),
      attributes,
      attempt: 1,
    },
    event: pending.event,
    retry: DEFAULT_RETRY,
    deadLetterArn: undefined,
    isDeadLetter: true,
    startedAt: turn.now,
    dueAt: Number.POSITIVE_INFINITY,
  };
}

function deadLetterAttributes(
  pending: PendingDelivery,
  failure: Failure,
  exhausted: ExhaustedBy | undefined,
) {
  return {
    RULE_ARN: pending.delivery.ruleArn,
    TARGET_ARN: pending.delivery.targetArn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    RETRY_ATTEMPTS: String(pending.delivery.attempt - 1),
  };
}

function nextDeliveryId({ state }: Turn): string {
  return `delivery-${++state.lastNumber}`;
}
