// A FIFO queue and its dead-letter queue in virtual time: SQS's own state machine, and a clock that only we move.
import { enqueue } from "../local/sqs/groups.ts";
import type { Input } from "../local/sqs/input.ts";
import { type Reply, sqs } from "../local/sqs/machine.ts";
import { advance } from "../local/sqs/move-run.ts";
import { openQueue } from "../local/sqs/open.ts";
import { nextVisibleAt } from "../local/sqs/questions.ts";
import {
  createSqsState,
  type Message,
  nextId,
  nextSequenceNumber,
  queueArn,
  type SqsState,
} from "../local/sqs/state.ts";
import { readSubmission } from "../local/sqs/submission.ts";
import { NOW } from "../ports.ts";

const QUEUE = "simulated.fifo";
const DEAD_LETTER_QUEUE = "simulated-dlq.fifo";
const ALL = ["All"];

/** The simulated queues as a worker may use them: in the words of SQS's API, in virtual time. */
export type SimulatedQueues = {
  queueUrl: string;
  deadLetterUrl: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** An id that these queues have not seen before, the same in every run. */
  uniqueId(): string;
  /**
   * Carries out one operation of SQS, such as `SendMessage` or `ChangeMessageVisibilityBatch`.
   * @throws AwsError for what SQS refuses
   */
  command<O extends string>(operation: O, input: Input): Reply<O>;
};

export type QueueSettings = {
  /** Seconds. */
  visibilityTimeout: number;
  /** Receives after which SQS moves a message to the dead-letter queue: 1 to 1000. */
  maxReceiveCount: number;
};

/** A message as it enters the queue. */
export type Letter = {
  messageId: string;
  body: string;
  group: string;
  /** The SHA-256 of the body where it is not given. */
  deduplicationId?: string | undefined;
  traceHeader?: string | undefined;
  messageAttributes: Input;
  /** What its next receive counts as. */
  receiveCount: number;
};

export type Queues = SimulatedQueues & {
  state: SqsState;
  queueArn: string;
  deadLetterArn: string;
  passTo(milliseconds: number): void;
  /** Puts a message at the end of its group, under the id it has, whatever was sent before it. */
  put(letter: Letter): void;
  /** Milliseconds for which a receive hides a message. */
  visibility: number;
  /** When a message could next be received, in milliseconds; undefined when there is none. */
  nextVisibleAt(): number | undefined;
  messages(queue: "queue" | "deadLetters"): Message[];
};

/** @throws AwsError for settings that SQS refuses */
export function simulatedQueues(settings: QueueSettings): Queues {
  const state = createSqsState();
  let now = NOW;
  const command = <O extends string>(operation: O, input: Input) =>
    sqs(state, { operation, input }, now).reply;
  const { queueUrl, deadLetterUrl } = createQueues(command, settings);
  return {
    state,
    queueUrl,
    deadLetterUrl,
    queueArn: queueArn(QUEUE),
    deadLetterArn: queueArn(DEAD_LETTER_QUEUE),
    visibility: settings.visibilityTimeout * 1000,
    command,
    now: () => now,
    uniqueId: () => nextId(state),
    put: (letter) => put(state, queueUrl, letter, now),
    nextVisibleAt: () => nextVisibleAt(state, queueUrl, now),
    messages: (queue) => messagesIn(state, queue === "queue" ? queueUrl : deadLetterUrl, now),
    passTo(milliseconds) {
      now = Math.max(now, milliseconds);
    },
  };
}

function createQueues(command: SimulatedQueues["command"], settings: QueueSettings) {
  const create = (QueueName: string, attributes: Record<string, string>) =>
    command("CreateQueue", {
      QueueName,
      Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true", ...attributes },
    }).QueueUrl;
  const deadLetterUrl = create(DEAD_LETTER_QUEUE, { MessageRetentionPeriod: "1209600" });
  const { visibilityTimeout, maxReceiveCount } = settings;
  const deadLetterTargetArn = queueArn(DEAD_LETTER_QUEUE);
  const queueUrl = create(QUEUE, {
    DeduplicationScope: "messageGroup",
    FifoThroughputLimit: "perMessageGroupId",
    VisibilityTimeout: String(visibilityTimeout),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  });
  return { queueUrl, deadLetterUrl };
}

function put(state: SqsState, queueUrl: string, letter: Letter, now: number): void {
  const turn = { state, now, effects: [] };
  const queue = openQueue(turn, { QueueUrl: queueUrl });
  const { body, attributes, groupId, deduplicationId } = readSubmission(queue, {
    MessageBody: letter.body,
    MessageGroupId: letter.group,
    MessageDeduplicationId: letter.deduplicationId,
    MessageAttributes: letter.messageAttributes,
  });
  enqueue(turn, queue, {
    id: letter.messageId,
    body,
    attributes,
    groupId,
    deduplicationId,
    traceHeader: letter.traceHeader,
    sequenceNumber: nextSequenceNumber(state),
    sentAt: now,
    receiveCount: letter.receiveCount - 1,
    firstReceivedAt: undefined,
    deadLetterSource: undefined,
  });
}

function messagesIn(state: SqsState, QueueUrl: string, now: number): Message[] {
  const { messages } = openQueue({ state, now, effects: [] }, { QueueUrl });
  return [...messages.values()].map(({ message }) => message);
}

/** What a receive of the poller gets: at most `most` messages, with everything there is to know of them. */
export function receive({ command, queueUrl }: Queues, most: number) {
  const { Messages = [] } = command("ReceiveMessage", {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: most,
    MessageSystemAttributeNames: ALL,
    MessageAttributeNames: ALL,
  });
  return Messages;
}

/** A message move task from the dead-letter queue to the queue, at SQS's own rate. */
export function moveDeadLetters({ state, command, deadLetterArn, queueArn, now, passTo }: Queues): void {
  command("StartMessageMoveTask", { SourceArn: deadLetterArn, DestinationArn: queueArn });
  for (;;) {
    const wake = advance(state, now()).find(({ kind }) => kind === "wake");
    if (wake === undefined || !("at" in wake)) return;
    passTo(wake.at);
  }
}
