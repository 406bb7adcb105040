// Messages as ReceiveMessage gives them become the records that a function sees.
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";

type MessageAttribute = { DataType: string; StringValue?: string; BinaryValue?: Uint8Array | string };

/** The part of the SDK's `Message` that a record is made of. */
export type ReceivedMessage = {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  MD5OfMessageAttributes?: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, MessageAttribute>;
};

/** The record as Lambda gives it: members in camel case, binary values in base64, and the queue's region. */
export function recordOf(message: ReceivedMessage, queueArn: string): SQSRecord {
  const { MD5OfMessageAttributes: md5OfMessageAttributes } = message;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: { ...message.Attributes } as unknown as SQSRecord["attributes"],
    messageAttributes: attributesOf(message),
    md5OfBody: message.MD5OfBody,
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(":")[3] ?? "",
  };
}

function attributesOf({ MessageAttributes = {} }: ReceivedMessage): Record<string, SQSMessageAttribute> {
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, attribute]) => [name, attributeOf(attribute)]),
  );
}

function attributeOf({ DataType, StringValue, BinaryValue }: MessageAttribute): SQSMessageAttribute {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: base64(BinaryValue) }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}

function base64(bytes: Uint8Array | string): string {
  return typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("base64");
}
