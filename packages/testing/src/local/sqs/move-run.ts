// A message move task at work: one message at a time, the oldest first, at the task's rate.
import { drop, enqueue, settle } from "./groups.ts";
import { earliest } from "./schedule.ts";
import {
  type Effect,
  findQueueByArn,
  type Message,
  type MoveTask,
  nextId,
  nextSequenceNumber,
  type Place,
  type Queue,
  type SqsState,
  type Turn,
} from "./state.ts";

type Outcome = { status: MoveTask["status"]; failureReason?: string };

export const MOST_PER_SECOND = 500;

/** Whether it counts as the one task that a source queue may have at a time ("StartMessageMoveTask"). */
export function isActive({ status }: MoveTask): boolean {
  return status === "RUNNING" || status === "CANCELLING";
}

/** Does the move tasks' work that is due by `now`; a `wake` says when the next is. */
export function advance(state: SqsState, now: number): Effect[] {
  const turn: Turn = { state, now, effects: [] };
  for (const task of state.moveTasks.filter(isActive)) run(turn, task);
  return turn.effects;
}

function run(turn: Turn, task: MoveTask): void {
  if (task.status === "CANCELLING") task.status = "CANCELLED";
  while (task.status === "RUNNING" && task.nextMoveAt <= turn.now) Object.assign(task, step(turn, task));
  if (task.status === "RUNNING") turn.effects.push({ kind: "wake", at: task.nextMoveAt });
}

/** No more are moved than there were at the start: what fails again meanwhile would go round for ever. */
function step(turn: Turn, task: MoveTask): Outcome {
  const source = findQueueByArn(turn.state, task.sourceArn);
  if (!source) return failed("AWS.SimpleQueueService.NonExistentQueue");
  settle(source, turn.now);
  const place = task.moved < task.toMove ? oldestReceivable(source) : undefined;
  return place ? moveOne(turn, task, source, place) : { status: "COMPLETED" };
}

/** A message that was sent to the dead-letter queue, not redriven, does not say where it came from. */
function moveOne(turn: Turn, task: MoveTask, source: Queue, place: Place): Outcome {
  const arn = task.destinationArn ?? place.message.deadLetterSource;
  if (!arn) return failed("CouldNotDetermineMessageSource");
  const destination = findQueueByArn(turn.state, arn);
  if (!destination) return failed("AWS.SimpleQueueService.NonExistentQueue");
  drop(source, place);
  enqueue(turn, destination, asNew(turn, destination, place.message));
  task.moved++;
  task.nextMoveAt += 1000 / (task.perSecond ?? MOST_PER_SECOND);
  return { status: task.moved === task.toMove ? "COMPLETED" : "RUNNING" };
}

function failed(failureReason: string): Outcome {
  return { status: "FAILED", failureReason };
}

function oldestReceivable(queue: Queue): Place | undefined {
  const oldest = earliest(queue.ages)?.value;
  const isNext = oldest?.phase === "visible" && oldest.group.places.first === oldest;
  return isNext ? oldest : queue.ready.first?.places.first;
}

function asNew({ state, now }: Turn, destination: Queue, message: Message): Message {
  return {
    ...message,
    id: nextId(state),
    sequenceNumber: destination.fifo ? nextSequenceNumber(state) : undefined,
    sentAt: now,
    receiveCount: 0,
    firstReceivedAt: undefined,
    deadLetterSource: undefined,
  };
}
