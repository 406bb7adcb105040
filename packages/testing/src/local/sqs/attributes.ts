// A queue's attributes: which exist, what each may hold, what it starts with, and what the settings come to.
import { isRecord } from "./input.ts";
import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from "./refusals.ts";

export type QueueAttributes = Record<string, string>;

export type RedrivePolicy = { deadLetterTargetArn: string; maxReceiveCount: number };

/** Times are in milliseconds. */
export type Settings = {
  visibilityTimeout: number;
  delay: number;
  retention: number;
  waitTime: number;
  maximumMessageSize: number;
  contentBasedDeduplication: boolean;
  deduplicationScope: "queue" | "messageGroup";
  redrive: RedrivePolicy | undefined;
};

type Rule = {
  accepts: (value: string) => boolean;
  initially?: string;
  /** For FIFO queues only: SQS refuses some of these as unknown on a standard queue, some as misplaced. */
  fifo?: "unknown" | "misplaced";
};

const whole = (least: number, most: number) => (value: string) =>
  /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);
const anything = () => true;

const RULES = new Map<string, Rule>(
  Object.entries<Rule>({
    DelaySeconds: { accepts: whole(0, 900), initially: "0" },
    MaximumMessageSize: { accepts: whole(1024, 1_048_576), initially: "1048576" },
    MessageRetentionPeriod: { accepts: whole(60, 1_209_600), initially: "345600" },
    ReceiveMessageWaitTimeSeconds: { accepts: whole(0, 20), initially: "0" },
    VisibilityTimeout: { accepts: whole(0, 43_200), initially: "30" },
    Policy: { accepts: isJsonObject },
    RedrivePolicy: { accepts: isJsonObject },
    RedriveAllowPolicy: { accepts: isJsonObject },
    SqsManagedSseEnabled: { accepts: oneOf("true", "false"), initially: "true" },
    KmsMasterKeyId: { accepts: anything },
    KmsDataKeyReusePeriodSeconds: { accepts: whole(60, 86_400) },
    FifoQueue: { accepts: oneOf("true"), initially: "true", fifo: "unknown" },
    ContentBasedDeduplication: { accepts: oneOf("true", "false"), initially: "false", fifo: "unknown" },
    DeduplicationScope: { accepts: oneOf("queue", "messageGroup"), initially: "queue", fifo: "misplaced" },
    FifoThroughputLimit: {
      accepts: oneOf("perQueue", "perMessageGroupId"),
      initially: "perQueue",
      fifo: "misplaced",
    },
  }),
);

/** Whether it can be set; those that SQS only reports, such as QueueArn, are not among them. */
export function isKnownAttribute(name: string): boolean {
  return RULES.has(name);
}

/** The attributes as SQS keeps them: booleans in lower case. */
export function normalise(given: QueueAttributes): QueueAttributes {
  const kept = Object.entries(given).map(([name, value]) => [
    name,
    /^(true|false)$/i.test(value) ? value.toLowerCase() : value,
  ]);
  return Object.fromEntries(kept);
}

/** What "CreateQueue" sets by default; a FIFO queue has more. Times are texts, in seconds. */
export function initialAttributes(fifo: boolean): QueueAttributes {
  const initial: QueueAttributes = {};
  for (const [name, rule] of RULES) {
    if (rule.initially !== undefined && (fifo || !rule.fifo)) initial[name] = rule.initially;
  }
  return initial;
}

/**
 * Throws InvalidAttributeName for one that the queue type does not have, InvalidAttributeValue for one out of
 * bounds.
 */
export function checkAttributes(given: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(given)) checkAttribute(name, value, fifo);
}

function checkAttribute(name: string, value: string, fifo: boolean): void {
  const rule = RULES.get(name);
  if (!rule || (!fifo && rule.fifo === "unknown")) throw unknownAttribute(name);
  if (!fifo && rule.fifo) {
    throw invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`);
  }
  if (rule.accepts(value)) return;
  throw invalidAttributeValue(
    name,
    name === "FifoQueue" ? "Modifying queue type is not supported." : undefined,
  );
}

/** The attributes once `given` is set: an empty text removes one, a KMS key switches SQS's own encryption off. */
export function withAttributes(attributes: QueueAttributes, given: QueueAttributes): QueueAttributes {
  const merged = Object.entries({ ...attributes, ...given }).filter(([, value]) => value !== "");
  const next: QueueAttributes = Object.fromEntries(merged);
  if (next.KmsMasterKeyId) next.SqsManagedSseEnabled = "false";
  if (next.FifoThroughputLimit === "perMessageGroupId" && next.DeduplicationScope !== "messageGroup") {
    throw invalidAttributeValue(
      "FifoThroughputLimit",
      "perMessageGroupId needs DeduplicationScope messageGroup.",
    );
  }
  return next;
}

/** The attributes as the machine uses them: SQS's seconds become milliseconds. */
export function settingsOf(attributes: QueueAttributes): Settings {
  const milliseconds = (name: string) => 1000 * Number(attributes[name]);
  return {
    visibilityTimeout: milliseconds("VisibilityTimeout"),
    delay: milliseconds("DelaySeconds"),
    retention: milliseconds("MessageRetentionPeriod"),
    waitTime: milliseconds("ReceiveMessageWaitTimeSeconds"),
    maximumMessageSize: Number(attributes.MaximumMessageSize),
    contentBasedDeduplication: attributes.ContentBasedDeduplication === "true",
    deduplicationScope: attributes.DeduplicationScope === "messageGroup" ? "messageGroup" : "queue",
    redrive: parseRedrivePolicy(attributes.RedrivePolicy),
  };
}

/** `maxReceiveCount` may come as a number or as a text. */
export function parseRedrivePolicy(policy: string | undefined): RedrivePolicy | undefined {
  if (!policy) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy);
  return { deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) };
}

function isJsonObject(value: string): boolean {
  if (value === "") return true;
  try {
    return isRecord(JSON.parse(value));
  } catch {
    return false;
  }
}
