import { describe, expect, it } from "vitest";
import { messageOf } from "./fixtures/messages.ts";
import { recordOf } from "./records.ts";

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:lanes.fifo";

describe("the record of a message", () => {
  it("has the members that Lambda gives, and the region of its queue", () => {
    expect(recordOf(messageOf("m1", "lane-7"), QUEUE)).toEqual({
      messageId: "m1",
      receiptHandle: "handle of m1",
      body: '{"id":"m1"}',
      attributes: { MessageGroupId: "lane-7", ApproximateReceiveCount: "1" },
      messageAttributes: {},
      md5OfBody: "md5",
      eventSource: "aws:sqs",
      eventSourceARN: QUEUE,
      awsRegion: "us-east-1",
    });
  });

  it("spells message attributes as Lambda does, binary ones in base64", () => {
    const message = {
      ...messageOf("m1"),
      MD5OfMessageAttributes: "md5 of attributes",
      MessageAttributes: {
        attempt: { DataType: "Number", StringValue: "3" },
        bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 3]) },
        wire: { DataType: "Binary", BinaryValue: "AQID" },
      },
    };
    const lists = { stringListValues: [], binaryListValues: [] };
    expect(recordOf(message, QUEUE)).toMatchObject({
      md5OfMessageAttributes: "md5 of attributes",
      messageAttributes: {
        attempt: { dataType: "Number", stringValue: "3", ...lists },
        bytes: { dataType: "Binary", binaryValue: "AQID", ...lists },
        wire: { dataType: "Binary", binaryValue: "AQID", ...lists },
      },
    });
  });
});
