// SQS as a pure state machine: a command and a time in, a reply and effects out; no clock, no network.
import { getQueueAttributes, listDeadLetterSourceQueues, listQueues } from "./describe.ts";
import type { Input } from "./input.ts";
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from "./move.ts";
import type { ReceivedMessage } from "./present.ts";
import { createQueue, deleteQueue, getQueueUrl, purgeQueue, setQueueAttributes } from "./queues.ts";
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from "./receipt.ts";
import { receiveMessage } from "./receive.ts";
import { unknownOperation } from "./refusals.ts";
import { sendMessage, sendMessageBatch } from "./send.ts";
import type { Effect, SqsState, Turn } from "./state.ts";

const OPERATIONS = {
  CancelMessageMoveTask: cancelMessageMoveTask,
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueues: listQueues,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
} satisfies Record<string, (turn: Turn, input: Input) => object>;

type Operation = keyof typeof OPERATIONS;
export type Reply<O extends string> = O extends Operation ? ReturnType<(typeof OPERATIONS)[O]> : object;
export type Command<O extends string = string> = { operation: O; input: Input };

/**
 * Carries out one command of SQS's JSON protocol, updating `state` in place.
 * @param now milliseconds since the epoch, never less than before
 * @throws AwsError for what SQS refuses; the state is then as it was
 */
export function sqs<O extends string>(
  state: SqsState,
  { operation, input }: Command<O>,
  now: number,
): { reply: Reply<O>; effects: Effect[] } {
  if (!isOperation(operation)) throw unknownOperation(operation);
  const turn: Turn = { state, now, effects: [] };
  const reply = OPERATIONS[operation](turn, input);
  return { reply: reply as Reply<O>, effects: turn.effects };
}

/** What a ReceiveMessage gets that does not wait; takes the same input. */
export function receiveNow(
  state: SqsState,
  input: Input,
  now: number,
): { messages: ReceivedMessage[]; effects: Effect[] } {
  const { reply, effects } = sqs(state, { operation: "ReceiveMessage", input }, now);
  return { messages: reply.Messages ?? [], effects };
}

function isOperation(name: string): name is Operation {
  return Object.hasOwn(OPERATIONS, name);
}
