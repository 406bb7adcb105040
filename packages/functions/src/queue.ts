// The queue port on SQS.
import type { BatchResultErrorEntry, SendMessageCommandInput, SQS } from "@aws-sdk/client-sqs";
import { NotBegun, Unavailable } from "@stripe-lanes/core/errors";
import type { Message, ParkNote, Queue } from "@stripe-lanes/core/ports";
import { attributesBeside } from "./attributes.ts";
import { once } from "./once.ts";

export type SqsOptions = {
  sqs: () => Promise<SQS>;
  queueUrl: string;
  parkedUrl: string;
  /** By which SQS knows a message that was received. */
  receiptHandleOf(message: Message): string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds until the function is stopped; without it, it never is. */
  remaining?(): number;
};

/** Milliseconds that the function needs after its last request, to hand over what became of its messages. */
const TO_ANSWER = 250;

/** Characters of an error's text that a parked message carries. */
const LONGEST_ERROR = 1_000;

/** SQS's most for one request. */
const MOST_ENTRIES = 10;

/** Milliseconds that one try of a request may take. */
const TIMEOUT = 1_000;

/** One client, loaded when first needed: an ordinary batch parks and moves nothing. */
export function lazySqs(endpoint: string | undefined): () => Promise<SQS> {
  return once(async () => {
    const { SQS } = await import("@aws-sdk/client-sqs");
    const requestHandler = { requestTimeout: TIMEOUT, throwOnRequestTimeout: true };
    return new SQS({ ...(endpoint && { endpoint }), maxAttempts: 3, requestHandler });
  });
}

/**
 * `park`, `moveTo` and `hide` on SQS; `hide` takes seconds. They throw Unavailable when SQS does not answer, and
 * NotBegun when too little of the function's time is left; the batch then leaves the messages in the queue (D8).
 */
export function sqsQueue(options: SqsOptions): Queue {
  const send = (letter: SendMessageCommandInput) =>
    reached(options, (sqs, within) => sqs.sendMessage(letter, within));
  return {
    async park(message, note) {
      await send(parked(message, note, options));
    },
    async moveTo(group, messages, attempts) {
      const letters = messages.map((message) => moved(message, group, attempts, options));
      const taken = await sendInOrder(letters, send);
      return new Set(messages.slice(0, taken).map(({ id }) => id));
    },
    async hide(messages, seconds) {
      const failures = await hideEach(messages, seconds, options);
      const again = failures.map(({ message }) => message);
      const [failure] = await hideEach(again, seconds, options);
      if (failure) throw new Unavailable("SQS did not hide every message.", { cause: failure.why });
    },
  };
}

function parked(message: Message, note: ParkNote, { parkedUrl, now }: SqsOptions): SendMessageCommandInput {
  return letterOf(parkedUrl, message.group, message, {
    reason: note.reason,
    eventId: note.eventId,
    eventType: note.eventType,
    lane: message.lane,
    origin: message.origin,
    receiveCount: String(message.receives),
    parkedAt: new Date(now()).toISOString(),
    error: note.error.slice(0, LONGEST_ERROR),
  });
}

function moved(message: Message, group: string, attempts: number, { queueUrl }: SqsOptions) {
  return letterOf(queueUrl, group, message, {
    attempt: String(attempts),
    lane: message.lane,
    origin: message.origin,
  });
}

/**
 * The deduplication id is the message's: what is sent again since an answer was lost, or the ledger could not be
 * written, is there once. What was redriven is another message, and is not swallowed (D8).
 */
function letterOf(
  QueueUrl: string,
  MessageGroupId: string,
  { id, body }: Message,
  attributes: Record<string, string | undefined>,
): SendMessageCommandInput {
  return {
    QueueUrl,
    MessageBody: body,
    MessageGroupId,
    MessageDeduplicationId: id,
    MessageAttributes: attributesBeside(body, attributes),
  };
}

/**
 * One by one, and no further than the first failure: of a batch SQS may take a later one and refuse an earlier,
 * and ten bodies may be more than a batch holds. Gives how many were taken; throws where none was.
 */
async function sendInOrder(
  letters: SendMessageCommandInput[],
  send: (letter: SendMessageCommandInput) => Promise<unknown>,
): Promise<number> {
  let taken = 0;
  try {
    for (const letter of letters) {
      await send(letter);
      taken += 1;
    }
  } catch (error) {
    if (taken === 0) throw error;
  }
  return taken;
}

type Failure = { message: Message; why: BatchResultErrorEntry };

/**
 * Gives those that failed. They are worth a second try: a head that stays hidden for the queue's whole visibility
 * timeout holds up the lane's followers, which came back sooner.
 */
async function hideEach(messages: Message[], seconds: number, options: SqsOptions): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (let start = 0; start < messages.length; start += MOST_ENTRIES) {
    const some = messages.slice(start, start + MOST_ENTRIES);
    failures.push(...(await hideTogether(some, seconds, options)));
  }
  return failures;
}

async function hideTogether(messages: Message[], seconds: number, options: SqsOptions): Promise<Failure[]> {
  const Entries = messages.map((message, index) => ({
    Id: String(index),
    ReceiptHandle: options.receiptHandleOf(message),
    VisibilityTimeout: seconds,
  }));
  const request = { QueueUrl: options.queueUrl, Entries };
  const { Failed = [] } = await reached(options, (sqs, within) =>
    sqs.changeMessageVisibilityBatch(request, within),
  );
  return Failed.map((why) => ({ message: messages[Number(why.Id)] as Message, why }));
}

type Within = { abortSignal?: AbortSignal };

/**
 * No request, with its retries, takes longer than the function has: a message whose request is given up stays in the
 * queue, and a function that is stopped would report nothing of the others (D8).
 */
async function reached<T>(
  { sqs, remaining }: SqsOptions,
  request: (sqs: SQS, within: Within) => Promise<T>,
): Promise<T> {
  const left = remaining === undefined ? Number.POSITIVE_INFINITY : remaining() - TO_ANSWER;
  if (left <= 0) throw new NotBegun();
  const within = Number.isFinite(left) ? { abortSignal: AbortSignal.timeout(left) } : {};
  try {
    return await request(await sqs(), within);
  } catch (cause) {
    throw new Unavailable("SQS does not answer as it should.", { cause });
  }
}
