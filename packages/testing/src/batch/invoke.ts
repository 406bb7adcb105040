// One invocation of the handler: the fault that strikes it, what the poller is told of it, and the deletes after it.
import type { SQSRecord } from "aws-lambda";
import { failedMessages } from "../local/lambda/answer.ts";
import { Throttled } from "../local/lambda/errors.ts";
import { invokeWith } from "../local/lambda/faults.ts";
import type { PollerCommand } from "../local/lambda/poller.ts";
import { type ReceivedMessage, recordOf } from "../local/lambda/records.ts";
import { strike } from "./faults.ts";
import type { SimulatedInvocation } from "./invocation.ts";
import { originOfRecord } from "./lineage.ts";
import { sqsEvent } from "./records.ts";
import type { Polling } from "./state.ts";

/**
 * The poller's next command; the invocation is added to `polling.invocations`. What the handler throws becomes
 * `invocation-failed`, a throttle `invocation-throttled`.
 */
export async function invoke(
  polling: Polling,
  number: number,
  messages: ReceivedMessage[],
  wake: () => void,
): Promise<PollerCommand> {
  const invocation = begin(polling, number, messages);
  const runtime = {
    environments: polling.runtime.environments,
    invoke(event: object) {
      invocation.runs += 1;
      return polling.runtime.invoke(event);
    },
  };
  try {
    const { fault, records } = invocation;
    const endVisibility = async () => {
      showAgain(polling, records);
      wake();
    };
    invocation.answer = await invokeWith(fault, runtime, sqsEvent(records), endVisibility);
    return { type: "invocation-succeeded", invocation: number, answer: invocation.answer };
  } catch (error) {
    invocation.error = error;
    if (!(error instanceof Throttled)) return { type: "invocation-failed", invocation: number };
    return { type: "invocation-throttled", invocation: number, visibility: polling.queues.visibility };
  }
}

/** As when their visibility timeout ends. */
function showAgain({ queues }: Polling, records: readonly SQSRecord[]): void {
  const Entries = records.map(({ receiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: 0,
  }));
  queues.command("ChangeMessageVisibilityBatch", { QueueUrl: queues.queueUrl, Entries });
}

function begin(
  { queues, plan, lineage, invocations }: Polling,
  number: number,
  messages: ReceivedMessage[],
): SimulatedInvocation {
  const records = messages.map((message) => recordOf(message, queues.queueArn));
  const origins = records.map((record) => originOfRecord(lineage, record));
  const fault = strike(plan, number, origins);
  const about = { number, at: queues.now(), records, messages: origins, runs: 0 };
  const invocation: SimulatedInvocation = fault === undefined ? about : { ...about, fault };
  invocations.push(invocation);
  return invocation;
}

/**
 * Deletes the messages of an answer, and records which of them it had reported as failed. After the fault
 * `delete-lost` none is deleted, and all count as failed.
 */
export function deleteMessages(
  { queues, invocations, deleted }: Polling,
  number: number,
  receiptHandles: string[],
): PollerCommand {
  const invocation = invocations[number - 1];
  const lost: PollerCommand = {
    type: "deleted",
    invocation: number,
    deleted: 0,
    failed: receiptHandles.length,
  };
  if (invocation === undefined || invocation.fault === "delete-lost") return lost;
  const Entries = receiptHandles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  const { Successful = [] } = queues.command("DeleteMessageBatch", { QueueUrl: queues.queueUrl, Entries });
  const gone = new Set(Successful.map(({ Id }) => receiptHandles[Number(Id)]));
  const named = namedAsFailed(invocation);
  for (const { messageId, receiptHandle } of invocation.records) {
    if (gone.has(receiptHandle)) deleted.set(messageId, { reportedAsFailed: named.has(messageId) });
  }
  return { ...lost, deleted: gone.size, failed: receiptHandles.length - gone.size };
}

/** Where partial batch responses are not reported, what an answer names as failed is deleted all the same. */
function namedAsFailed({ records, answer }: SimulatedInvocation): ReadonlySet<string> {
  const failed = failedMessages(answer, new Set(records.map(({ messageId }) => messageId)));
  return failed === "whole batch" ? new Set() : failed;
}
