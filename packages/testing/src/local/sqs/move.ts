// Message move tasks: a dead-letter queue's messages go back to where they came from, or to a named queue.
import { settle } from "./groups.ts";
import { type Input, optionalText, optionalWhole, text } from "./input.ts";
import { isActive, MOST_PER_SECOND } from "./move-run.ts";
import { deadLetterSources } from "./redrive.ts";
import { invalidParameter, resourceNotFound } from "./refusals.ts";
import { findQueueByArn, type MoveTask, nextId, type Queue, type SqsState, type Turn } from "./state.ts";

/**
 * "StartMessageMoveTask"; the work itself is done by `advance`. Throws ResourceNotFoundException for a queue,
 * InvalidParameterValue for a source that is no dead-letter queue or has a task already.
 */
export function startMessageMoveTask(turn: Turn, input: Input): { TaskHandle: string } {
  const { state, now } = turn;
  const source = readSource(turn, input);
  const destinationArn = readDestination(state, source, input);
  const perSecond = optionalWhole(input, "MaxNumberOfMessagesPerSecond", [1, MOST_PER_SECOND]);
  if (state.moveTasks.some((task) => task.sourceArn === source.arn && isActive(task))) {
    throw invalidParameter(
      "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
    );
  }
  const task = newTask(turn, source, destinationArn, perSecond);
  state.moveTasks.push(task);
  turn.effects.push({ kind: "wake", at: now });
  return { TaskHandle: handleOf(task) };
}

function newTask(
  { state, now }: Turn,
  source: Queue,
  destinationArn: string | undefined,
  perSecond: number | undefined,
): MoveTask {
  return {
    id: nextId(state),
    sourceArn: source.arn,
    destinationArn,
    perSecond,
    status: "RUNNING",
    failureReason: undefined,
    startedAt: now,
    nextMoveAt: now,
    toMove: source.counts.visible,
    moved: 0,
  };
}

function readSource({ state, now }: Turn, input: Input): Queue {
  const source = requireQueue(state, "SourceArn", text(input, "SourceArn"));
  if (deadLetterSources(state, source.arn).length === 0) {
    throw invalidParameter("Source queue must be configured as a Dead Letter Queue.");
  }
  settle(source, now);
  return source;
}

function readDestination(state: SqsState, source: Queue, input: Input): string | undefined {
  const arn = optionalText(input, "DestinationArn");
  if (arn === undefined) return undefined;
  if (requireQueue(state, "DestinationArn", arn).fifo === source.fifo) return arn;
  throw invalidParameter("Source queue and destination queue must be of the same type.");
}

function requireQueue(state: SqsState, parameter: string, arn: string): Queue {
  const queue = findQueueByArn(state, arn);
  if (queue) return queue;
  throw resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
}

/** The latest first; only a running task shows its handle. */
export function listMessageMoveTasks({ state }: Turn, input: Input): { Results: object[] } {
  const { arn } = requireQueue(state, "SourceArn", text(input, "SourceArn"));
  const most = optionalWhole(input, "MaxResults", [1, 10]) ?? 1;
  const tasks = state.moveTasks.filter(({ sourceArn }) => sourceArn === arn).reverse();
  return { Results: tasks.slice(0, most).map(describe) };
}

function describe(task: MoveTask): object {
  return {
    ...(task.status === "RUNNING" && { TaskHandle: handleOf(task) }),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn && { DestinationArn: task.destinationArn }),
    ...(task.perSecond && { MaxNumberOfMessagesPerSecond: task.perSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason && { FailureReason: task.failureReason }),
    StartedTimestamp: task.startedAt,
  };
}

/**
 * "CancelMessageMoveTask": what was moved stays moved. Throws ResourceNotFoundException for a task that is not
 * running.
 */
export function cancelMessageMoveTask(
  { state }: Turn,
  input: Input,
): { ApproximateNumberOfMessagesMoved: number } {
  const { taskId, sourceArn } = readHandle(text(input, "TaskHandle"));
  requireQueue(state, "SourceArn", sourceArn);
  const task = state.moveTasks.find(({ id, status }) => id === taskId && status === "RUNNING");
  if (!task) throw resourceNotFound("Task does not exist.");
  task.status = "CANCELLING";
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

function handleOf({ id, sourceArn }: MoveTask): string {
  return btoa(JSON.stringify({ taskId: id, sourceArn }));
}

function readHandle(handle: string): { taskId: string; sourceArn: string } {
  try {
    const { taskId, sourceArn } = JSON.parse(atob(handle));
    return { taskId: String(taskId), sourceArn: String(sourceArn) };
  } catch {
    throw invalidParameter("Value for parameter TaskHandle is invalid.");
  }
}
