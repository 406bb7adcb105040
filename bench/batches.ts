// Bodies as the queue hands them over: the lane of each, in order, in batches of ten, as Lambda's event.
import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "@stripe-lanes/core/json";
import { laneOf } from "@stripe-lanes/core/lanes";
import { recordOf } from "@stripe-lanes/testing/local/lambda/records";
import type { SQSEvent, SQSRecord } from "aws-lambda";

/** As infra/worker.ts asks for them. */
export const BATCH_SIZE = 10;

const QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:lanes.fifo";

/** Batches of exactly ten, in order; what is left over at the end is cut off. */
export function batchesOf(bodies: readonly string[]): string[][] {
  return Array.from({ length: Math.floor(bodies.length / BATCH_SIZE) }, (_, batch) =>
    bodies.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE),
  );
}

/**
 * For each lane its batches, in order; all have as many as the shortest, so that all run from start to end. What has
 * neither a customer nor an id goes to no numbered lane, and is left out where there are several.
 * @throws RangeError for a number of lanes that the rules do not take
 */
export function lanesOf(bodies: readonly string[], lanes: number): string[][][] {
  if (lanes === 1) return [batchesOf(bodies)];
  const byLane = Map.groupBy(bodies, (body) => laneOf(JSON.parse(body) as JsonObject, lanes));
  byLane.delete("lane-rest");
  const batched = [...byLane]
    .sort(([one], [other]) => (`${one}` < `${other}` ? -1 : 1))
    .map(([, inLane]) => batchesOf(inLane));
  if (batched.length < lanes)
    throw new RangeError(`There are events for ${batched.length} of ${lanes} lanes.`);
  const shortest = Math.min(...batched.map(({ length }) => length));
  return batched.map((batches) => batches.slice(0, shortest));
}

/** What Lambda calls a function with for a batch of one message group. */
export function sqsEventOf(bodies: readonly string[], group: string): SQSEvent {
  return { Records: bodies.map((body) => recordIn(group, body)) };
}

let sequence = 0n;

function recordIn(group: string, body: string): SQSRecord {
  const now = String(Date.now());
  const message = {
    MessageId: randomUUID(),
    ReceiptHandle: randomUUID(),
    Body: body,
    MD5OfBody: createHash("md5").update(body).digest("hex"),
    Attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: now,
      SequenceNumber: String(FIRST_SEQUENCE + sequence++),
      MessageGroupId: group,
      SenderId: "AIDAIENQZJOLO23YVJ4VO",
      MessageDeduplicationId: createHash("sha256").update(body).digest("hex"),
      ApproximateFirstReceiveTimestamp: now,
    },
  };
  return recordOf(message, QUEUE_ARN);
}

/** Twenty digits, as SQS's have. */
const FIRST_SEQUENCE = 18_000_000_000_000_000_000n;
