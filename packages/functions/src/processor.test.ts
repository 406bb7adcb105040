import { EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Result } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { messageOf } from "@stripe-lanes/core/message";
import type { Context, SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { sqsRecord } from "./fixtures/record.ts";
import { type HandleRecords, LaneProcessor } from "./processor.ts";

const error = new Unavailable("DynamoDB does not answer as it should.");
const context = { awsRequestId: "request-1" } as Context;

const settled = (record: SQSRecord): Result => ({
  message: messageOf(record),
  kind: "settled",
  outcome: "applied",
  reason: "first",
});
const retried = (record: SQSRecord): Result => ({ message: messageOf(record), kind: "retry", error });
const moved = (record: SQSRecord): Result => ({
  message: messageOf(record),
  kind: "moved",
  group: "retry-a",
  error,
});

function respond(handle: HandleRecords, ...messageIds: string[]) {
  const Records = messageIds.map((messageId) => sqsRecord({ messageId }));
  const processor = new LaneProcessor(EventType.SQS);
  return processPartialResponse({ Records }, handle, processor, { context, throwOnFullBatchFailure: false });
}

describe("the partial batch response", () => {
  it("names what is to be retried, and nothing that is settled or moved", async () => {
    const kinds = [settled, retried, moved, retried];
    const handle: HandleRecords = async (records) =>
      kinds.map((resultOf, index) => resultOf(records[index] as SQSRecord));
    expect(await respond(handle, "a", "b", "c", "d")).toEqual({
      batchItemFailures: [{ itemIdentifier: "b" }, { itemIdentifier: "d" }],
    });
  });

  it("is empty where all is settled", async () => {
    const response = await respond(async (records) => records.map(settled), "a", "b");
    expect(response).toEqual({ batchItemFailures: [] });
  });

  it("is the whole list where all failed, and nothing is thrown", async () => {
    const response = await respond(async (records) => records.map(retried), "a", "b");
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: "a" }, { itemIdentifier: "b" }] });
  });

  it("of an empty batch is empty", async () => {
    expect(await respond(async (records) => records.map(settled))).toEqual({ batchItemFailures: [] });
  });

  it("names a record that got no result: what it does not name is deleted from the queue", async () => {
    const response = await respond(async (records) => records.slice(0, 1).map(settled), "a", "b");
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: "b" }] });
  });

  it("is none where the handler throws, so that Lambda fails the whole batch", async () => {
    const defect = new TypeError("x is not a function");
    await expect(respond(() => Promise.reject(defect), "a")).rejects.toBe(defect);
  });
});

describe("the processor", () => {
  it("hands the batch over whole, with Lambda's context (D11)", async () => {
    const calls: [string[], Context | undefined][] = [];
    const handle: HandleRecords = async (records, given) => {
      calls.push([records.map(({ messageId }) => messageId), given]);
      return records.map(settled);
    };
    await respond(handle, "a", "b");
    expect(calls).toEqual([[["a", "b"], context]]);
  });

  it("handles no record by itself", () => {
    const processor = new LaneProcessor(EventType.SQS);
    expect(() => processor.processRecord()).toThrow("A batch is handled whole");
    expect(() => processor.processRecordSync()).toThrow("A batch is handled whole");
  });
});
