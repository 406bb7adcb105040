// Records of an SQS FIFO queue as Lambda hands them to a function, for tests of a handler.
import { createHash } from "node:crypto";
import type { SQSEvent, SQSMessageAttribute, SQSRecord, SQSRecordAttributes } from "aws-lambda";
import { LANE } from "../events.ts";
import { recordOf } from "../local/lambda/records.ts";
import { type Letter, receive, simulatedQueues } from "./queues.ts";

export type RecordOptions = {
  /** The message group id; a lane's where it is not given. */
  group?: string;
  /** Made of the group and the body where it is not given, in the shape of SQS's ids. */
  messageId?: string;
  /** How often the message was received, this time included: 1 where it is not given. */
  receiveCount?: number;
  /** The SHA-256 of the body where it is not given, as with content-based deduplication. */
  deduplicationId?: string;
  /** The message's own attributes; a text is one of the type String. */
  messageAttributes?: Record<string, string | SQSMessageAttribute>;
  /** Takes the place of what SQS would say, such as `SentTimestamp` or `AWSTraceHeader`. */
  attributes?: Partial<SQSRecordAttributes>;
};

/** The body of a message, or what its JSON says. */
export type Body = string | object;

/** Ids go into receipt handles, in which a space separates them. */
const MESSAGE_ID = /^[!-~]{1,100}$/;

const SETTINGS = { visibilityTimeout: 30, maxReceiveCount: 1000 };

/**
 * Gives the record that a function gets for a message: with the digests, times and FIFO attributes that SQS
 * gives it. The same arguments give the same record.
 * @throws RangeError for an id or a receive count that no message has; AwsError for what SQS would not take
 */
export function sqsRecord(body: Body, options: RecordOptions = {}): SQSRecord {
  const letter = letterOf(typeof body === "string" ? body : JSON.stringify(body), options);
  const queues = simulatedQueues(SETTINGS);
  queues.put(letter);
  const [message] = receive(queues, 1);
  if (message === undefined) throw new RangeError("A receive count is 1 to 1000.");
  const record = recordOf(message, queues.queueArn);
  return { ...record, attributes: { ...record.attributes, ...options.attributes } };
}

/**
 * Gives the records of one message group, in their order: `customer-1` has the messages `customer-1-1`,
 * `customer-1-2` and so on.
 * @throws as `sqsRecord` does
 */
export function sqsRecords(
  bodies: readonly Body[],
  options: Omit<RecordOptions, "messageId"> = {},
): SQSRecord[] {
  const { group = LANE } = options;
  return bodies.map((body, index) =>
    sqsRecord(body, { ...options, group, messageId: `${group}-${index + 1}` }),
  );
}

/** Gives the event that brings a batch of records to a function. */
export function sqsEvent(records: readonly SQSRecord[]): SQSEvent {
  return { Records: [...records] };
}

function letterOf(body: string, options: RecordOptions): Letter {
  const { group = LANE, receiveCount = 1, deduplicationId, messageAttributes = {} } = options;
  const { messageId = idOf(group, body) } = options;
  if (!MESSAGE_ID.test(messageId)) throw new RangeError(`"${messageId}" is no id of a message.`);
  if (!(Number.isInteger(receiveCount) && receiveCount >= 1))
    throw new RangeError("A receive count is 1 to 1000.");
  return {
    messageId,
    body,
    group,
    receiveCount,
    deduplicationId,
    messageAttributes: submitted(messageAttributes),
  };
}

function idOf(group: string, body: string): string {
  const hex = createHash("sha256").update(`${group}\n${body}`).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

/** The message of a record as it lay in the queue before it was received. */
export function letterOfRecord({ messageId, body, attributes, messageAttributes }: SQSRecord): Letter {
  return {
    messageId,
    body,
    group: attributes.MessageGroupId ?? LANE,
    deduplicationId: attributes.MessageDeduplicationId,
    traceHeader: attributes.AWSTraceHeader,
    messageAttributes: submitted(messageAttributes),
    receiveCount: Number(attributes.ApproximateReceiveCount),
  };
}

/** As `SendMessage` takes them. */
function submitted(attributes: Record<string, string | SQSMessageAttribute>) {
  return Object.fromEntries(Object.entries(attributes).map(([name, told]) => [name, submittedOne(told)]));
}

function submittedOne(told: string | SQSMessageAttribute) {
  if (typeof told === "string") return { DataType: "String", StringValue: told };
  return { DataType: told.dataType, StringValue: told.stringValue, BinaryValue: told.binaryValue };
}
