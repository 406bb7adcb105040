// `dlq redrive --all --move`: SQS moves the whole queue by itself, for thousands of messages.
import { setTimeout as sleep } from "node:timers/promises";
import type { ListMessageMoveTasksResultEntry, SQS } from "@aws-sdk/client-sqs";
import { Mistake } from "../mistake.ts";
import { deadLetters } from "./dead-letters.ts";
import type { Options } from "./options.ts";
import type { Stage } from "./stage.ts";

const SUCCESS = 0;

/** Milliseconds between two looks at the task. */
const LOOK = 500;

type Task = ListMessageMoveTasksResultEntry;

/** Messages that the worker parked do not say which queue they come from, so the lanes' queue is named. */
export async function moveCommand(stage: Stage, { rate, wait, json }: Options, signal: AbortSignal) {
  const { sqs, queueUrl, parkedUrl } = stage;
  if ((await deadLetters(stage).count()) === 0) return tell(undefined, json);
  const SourceArn = await arnOf(sqs, parkedUrl);
  await sqs.startMessageMoveTask({
    SourceArn,
    DestinationArn: await arnOf(sqs, queueUrl),
    ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: rate }),
  });
  const task = await ended(sqs, SourceArn, { until: performance.now() + wait * 1000, signal });
  if (task?.Status === "FAILED") throw new Mistake(`SQS ended the move: ${task.FailureReason}.`);
  return tell(task, json);
}

async function arnOf(sqs: SQS, QueueUrl: string): Promise<string> {
  const { Attributes = {} } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn"] });
  return Attributes.QueueArn ?? "";
}

/** The task as it was last seen: it goes on without us. */
async function ended(sqs: SQS, SourceArn: string, { until, signal }: { until: number; signal: AbortSignal }) {
  for (;;) {
    const { Results: [task] = [] } = await sqs.listMessageMoveTasks({ SourceArn, MaxResults: 1 });
    if (task?.Status !== "RUNNING" || performance.now() >= until || signal.aborted) return task;
    await sleep(LOOK, undefined, { signal }).catch(() => undefined);
  }
}

function tell(task: Task | undefined, json: boolean): number {
  console.log(json ? JSON.stringify(progressOf(task)) : textOf(task));
  return SUCCESS;
}

function progressOf(task: Task | undefined) {
  const {
    Status = "COMPLETED",
    ApproximateNumberOfMessagesMoved = 0,
    ApproximateNumberOfMessagesToMove = 0,
  } = task ?? {};
  return {
    status: Status,
    moved: ApproximateNumberOfMessagesMoved,
    toMove: ApproximateNumberOfMessagesToMove,
  };
}

function textOf(task: Task | undefined): string {
  if (task === undefined) return "Nothing is parked.";
  const { status, moved, toMove } = progressOf(task);
  const goesOn = status === "RUNNING" ? " It goes on by itself; list says what is left." : "";
  return `${moved} of ${toMove} messages moved to their groups in the lanes' queue.${goesOn}`;
}
