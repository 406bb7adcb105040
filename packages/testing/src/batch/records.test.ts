import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqsEvent, sqsRecord, sqsRecords } from "./records.ts";

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");

describe("a record", () => {
  it("is what Lambda gives a function for a message of a FIFO queue", () => {
    expect(sqsRecord({ id: "evt_1" }, { group: "a", messageId: "m-1" })).toEqual({
      messageId: "m-1",
      receiptHandle: expect.any(String),
      body: '{"id":"evt_1"}',
      attributes: {
        ApproximateReceiveCount: "1",
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        SequenceNumber: expect.stringMatching(/^\d{20}$/),
        MessageGroupId: "a",
        MessageDeduplicationId: digest("sha256", '{"id":"evt_1"}'),
      },
      messageAttributes: {},
      md5OfBody: digest("md5", '{"id":"evt_1"}'),
      eventSource: "aws:sqs",
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:us-east-1:\d{12}:.+\.fifo$/),
      awsRegion: "us-east-1",
    });
  });

  it("says what it is told", () => {
    const record = sqsRecord("text", {
      receiveCount: 7,
      deduplicationId: "d-1",
      messageAttributes: {
        reason: "defect",
        bytes: { dataType: "Binary", binaryValue: "AAEC" },
      },
      attributes: { AWSTraceHeader: "Root=1", SentTimestamp: "1" },
    });
    expect(record.attributes).toMatchObject({
      ApproximateReceiveCount: "7",
      MessageDeduplicationId: "d-1",
      AWSTraceHeader: "Root=1",
      SentTimestamp: "1",
    });
    expect(record.messageAttributes).toMatchObject({
      reason: { dataType: "String", stringValue: "defect" },
      bytes: { dataType: "Binary", binaryValue: "AAEC" },
    });
    expect(record.md5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is the same for the same arguments, and has another id for another body or group", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.base64String({ minLength: 1 }), fc.base64String({ minLength: 1 })),
        ([one, other]) => {
          expect(sqsRecord(one)).toEqual(sqsRecord(one));
          const ids = new Set(
            [sqsRecord(one), sqsRecord(other), sqsRecord(one, { group: "b" })].map(
              ({ messageId }) => messageId,
            ),
          );
          expect(ids.size).toBe(one === other ? 2 : 3);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each([
    [{ receiveCount: 0 }, "A receive count"],
    [{ receiveCount: 1.5 }, "A receive count"],
    [{ receiveCount: 1001 }, "A receive count"],
    [{ messageId: "with space" }, "is no id"],
    [{ group: "" }, "MessageGroupId"],
    [{ messageAttributes: { "": "x" } }, "attribute name"],
  ])("is refused where no queue would have such a message: %j", (options, why) => {
    expect(() => sqsRecord("text", options)).toThrow(why);
  });

  it("is refused where SQS takes no such body", () => {
    expect(() => sqsRecord("")).toThrow("MessageBody");
    expect(() => sqsRecord("x".repeat(1_048_577))).toThrow("shorter than 1048576 bytes");
  });
});

describe("records of a message group", () => {
  it("are numbered in their order", () => {
    const ids = (group: string) =>
      sqsRecords(["one", { two: 2 }], { group }).map(({ messageId }) => messageId);
    expect([...ids("a"), ...ids("b")]).toEqual(["a-1", "a-2", "b-1", "b-2"]);
  });

  it("make an event", () => {
    const records = sqsRecords(["one", "two"]);
    expect(sqsEvent(records)).toEqual({ Records: records });
  });
});
