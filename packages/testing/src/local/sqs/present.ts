// A message as its receiver sees it: only the attributes that were asked for.

import { md5 } from "./md5.ts";
import { type MessageAttributes, md5OfAttributes } from "./message-attributes.ts";
import { unknownAttribute } from "./refusals.ts";
import type { Message, Place } from "./state.ts";

export type Wanted = { systemAttributes: string[]; messageAttributes: string[] };

export type ReceivedMessage = {
  MessageId: string;
  ReceiptHandle: string;
  MD5OfBody: string;
  Body: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: MessageAttributes;
  MD5OfMessageAttributes?: string;
};

const SENDER = "AIDALOCALSENDER";

const SYSTEM_ATTRIBUTES: Record<string, (message: Message) => string | number | undefined> = {
  ApproximateFirstReceiveTimestamp: (message) => message.firstReceivedAt,
  ApproximateReceiveCount: (message) => message.receiveCount,
  AWSTraceHeader: (message) => message.traceHeader,
  DeadLetterQueueSourceArn: (message) => message.deadLetterSource,
  MessageDeduplicationId: (message) => message.deduplicationId,
  MessageGroupId: (message) => message.groupId,
  SenderId: () => SENDER,
  SentTimestamp: (message) => message.sentAt,
  SequenceNumber: (message) => message.sequenceNumber,
};

/** Throws InvalidAttributeName for a name that "ReceiveMessage" does not list. */
export function checkSystemAttributeNames(names: string[]): void {
  const unknown = names.find((name) => name !== "All" && !Object.hasOwn(SYSTEM_ATTRIBUTES, name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
}

/** The digest of the attributes is of those that were asked for, so that the SDK's client can check it. */
export function present({ message, receiptHandle }: Place, wanted: Wanted): ReceivedMessage {
  const system = systemAttributes(message, wanted.systemAttributes);
  const attributes = messageAttributes(message, wanted.messageAttributes);
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest && { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}

function systemAttributes(message: Message, names: string[]): Record<string, string> {
  const wanted = names.includes("All") ? Object.keys(SYSTEM_ATTRIBUTES) : names;
  const found: Record<string, string> = {};
  for (const name of wanted) {
    const value = SYSTEM_ATTRIBUTES[name]?.(message);
    if (value !== undefined) found[name] = String(value);
  }
  return found;
}

function messageAttributes({ attributes = {} }: Message, names: string[]): MessageAttributes {
  const wanted = Object.entries(attributes).filter(([name]) =>
    names.some((pattern) => matches(name, pattern)),
  );
  return Object.fromEntries(wanted);
}

function matches(name: string, pattern: string): boolean {
  if (pattern === "All" || pattern === "*" || pattern === name) return true;
  return pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -2));
}
