// Dead-letter queues: who may have which, and the move of a message that was received too often.
import { parseRedrivePolicy } from "./attributes.ts";
import { drop, enqueue } from "./groups.ts";
import { invalidValue } from "./refusals.ts";
import {
  findQueueByArn,
  type Message,
  nextSequenceNumber,
  type Place,
  type Queue,
  type SqsState,
  type Turn,
} from "./state.ts";

type Redrive = { deadLetterQueue: Queue; maxReceiveCount: number };

/** Where the queue gives messages up to; none while its dead-letter queue does not exist. */
export function redriveOf(state: SqsState, queue: Queue): Redrive | undefined {
  const policy = queue.settings.redrive;
  const deadLetterQueue = policy && findQueueByArn(state, policy.deadLetterTargetArn);
  if (!deadLetterQueue || deadLetterQueue === queue) return undefined;
  return { deadLetterQueue, maxReceiveCount: policy.maxReceiveCount };
}

/**
 * Moves a message as SQS does by itself: its id and receive count go along. A FIFO queue's dead-letter queue
 * takes it as enqueued now, with its message id for deduplication id; a standard one counts its age on.
 */
export function giveUp(turn: Turn, source: Queue, { deadLetterQueue }: Redrive, place: Place): void {
  drop(source, place);
  const message: Message = { ...place.message, deadLetterSource: source.arn };
  enqueue(turn, deadLetterQueue, deadLetterQueue.fifo ? asEnqueuedNow(turn, message) : message);
}

function asEnqueuedNow({ state, now }: Turn, message: Message): Message {
  const sequenceNumber = nextSequenceNumber(state);
  return { ...message, deduplicationId: message.id, sentAt: now, sequenceNumber };
}

/** The queues whose redrive policy names it, whether or not the queue itself is there. */
export function deadLetterSources(state: SqsState, arn: string): Queue[] {
  return [...state.queues.values()].filter((queue) => queue.settings.redrive?.deadLetterTargetArn === arn);
}

/** @throws AwsError unless the policy is well formed and its target is there, alike in type and willing. */
export function checkRedrivePolicy(
  state: SqsState,
  source: Pick<Queue, "arn" | "fifo">,
  policy: string,
): void {
  const refuse = (reason: string) => invalidValue("RedrivePolicy", policy, reason);
  const redrive = parseRedrivePolicy(policy);
  if (!redrive) return;
  const { maxReceiveCount } = redrive;
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  const target = findQueueByArn(state, redrive.deadLetterTargetArn);
  if (!target) throw refuse("Dead letter target does not exist.");
  if (target.fifo !== source.fifo) {
    throw refuse("Dead-letter queue must be same type of queue as the source.");
  }
  if (!allows(target, source.arn)) throw refuse("Dead-letter queue does not allow this source queue.");
}

function allows(target: Queue, sourceArn: string): boolean {
  const policy = JSON.parse(target.attributes.RedriveAllowPolicy ?? "{}");
  if (policy.redrivePermission === "denyAll") return false;
  return policy.redrivePermission !== "byQueue" || policy.sourceQueueArns.includes(sourceArn);
}

/** @throws AwsError unless it allows all, none, or 1 to 10 named source queues. */
export function checkRedriveAllowPolicy(policy: string): void {
  if (policy === "") return;
  const { redrivePermission, sourceQueueArns } = JSON.parse(policy);
  const named = Array.isArray(sourceQueueArns) ? sourceQueueArns.length : 0;
  if (redrivePermission === "byQueue" && named >= 1 && named <= 10) return;
  if ((redrivePermission === "allowAll" || redrivePermission === "denyAll") && !sourceQueueArns) return;
  throw invalidValue("RedriveAllowPolicy", policy, "It must allow all, deny all, or name 1 to 10 queues.");
}
