import { describe, expect, it } from "vitest";
import type { ReceivedMessage } from "./present.ts";
import { depth } from "./questions.ts";
import { fifoQueue, only, pass, queue, refusal, run, runMoves, scenario } from "./scenario.ts";

function given() {
  const world = scenario();
  const parked = fifoQueue(world, "parked.fifo");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: parked.arn, maxReceiveCount: 1 });
  const lanes = fifoQueue(world, "lanes.fifo", { RedrivePolicy });
  const other = fifoQueue(world, "other.fifo");
  const start = (input: object = {}) =>
    run(world, "StartMessageMoveTask", { SourceArn: parked.arn, ...input });
  const latest = () => run(world, "ListMessageMoveTasks", { SourceArn: parked.arn }).Results[0];
  const fail = (...bodies: string[]) => {
    for (const body of bodies) lanes.send(body, "a");
    lanes.receive(10, { VisibilityTimeout: 0 });
    lanes.receive();
  };
  return { world, parked, lanes, other, start, latest, fail };
}

describe("a message move task", () => {
  it("takes redriven messages back to where they came from, in sequence", () => {
    const { world, lanes, start, latest, fail } = given();
    fail("1", "2", "3");
    start();
    runMoves(world, 1);
    expect(latest()).toMatchObject({
      Status: "COMPLETED",
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 3,
    });
    expect(lanes.bodies()).toEqual(["1", "2", "3"]);
  });

  it("makes them new messages", () => {
    const { world, parked, lanes, start, fail } = given();
    fail("1");
    const { MessageId } = only(parked.receive(1, { VisibilityTimeout: 0 }));
    start();
    runMoves(world, 1);
    const message = only(lanes.receive());
    expect(message.MessageId).not.toBe(MessageId);
    expect(message.Attributes).toMatchObject({
      ApproximateReceiveCount: "1",
      MessageDeduplicationId: MessageId,
      MessageGroupId: "a",
      SentTimestamp: String(world.now),
    });
    expect(message.Attributes).not.toHaveProperty("DeadLetterQueueSourceArn");
  });

  it("moves the oldest message first, across groups", () => {
    const { world, parked, other, start } = given();
    for (const body of ["a1", "b1", "a2"]) parked.send(body, body.slice(0, 1));
    start({ DestinationArn: other.arn });
    runMoves(world, 1);
    const number = ({ Attributes = {} }: ReceivedMessage) => BigInt(Attributes.SequenceNumber ?? 0);
    const moved = other.receive().sort((a, b) => (number(a) < number(b) ? -1 : 1));
    expect(moved.map(({ Body }) => Body)).toEqual(["a1", "b1", "a2"]);
  });

  it("passes over a group whose first message is in flight", () => {
    const { world, parked, other, start } = given();
    for (const body of ["a1", "b1", "a2"]) parked.send(body, body.slice(0, 1));
    parked.receive(1);
    start({ DestinationArn: other.arn });
    runMoves(world, 1);
    expect(other.bodies()).toEqual(["b1"]);
  });

  it("moves nothing that comes after its start", () => {
    const { world, parked, other, start, latest } = given();
    start({ DestinationArn: other.arn });
    parked.send("late", "a");
    runMoves(world, 1);
    expect(latest()).toMatchObject({ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 0 });
    expect(other.bodies()).toEqual([]);
  });

  it("fails without DestinationArn on messages that were sent to the dead-letter queue", () => {
    const { world, parked, start, latest } = given();
    parked.send("parked", "a");
    start();
    runMoves(world, 0);
    expect(latest()).toMatchObject({ Status: "FAILED", FailureReason: "CouldNotDetermineMessageSource" });
    expect(parked.bodies()).toEqual(["parked"]);
  });

  it("moves no more a second than it may, the first at once", () => {
    const { world, other, start, latest, fail } = given();
    fail("1", "2", "3");
    start({ DestinationArn: other.arn, MaxNumberOfMessagesPerSecond: 1 });
    const moved = [0, 0.999, 0.001, 1].map((seconds) => {
      runMoves(world, seconds);
      return depth(world.state, other.url, world.now).visible;
    });
    expect(moved).toEqual([1, 1, 2, 3]);
    expect(latest()).toMatchObject({ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 3 });
  });

  it("asks to be woken for each next message", () => {
    const { world, start, fail } = given();
    fail("1", "2");
    start({ MaxNumberOfMessagesPerSecond: 2 });
    expect(world.effects).toEqual([{ kind: "wake", at: world.now }]);
    runMoves(world, 0);
    expect(world.effects).toContainEqual({ kind: "wake", at: world.now + 500 });
  });

  it("stops when it is cancelled", () => {
    const { world, parked, start, latest, fail } = given();
    fail("1", "2", "3");
    const { TaskHandle } = start({ MaxNumberOfMessagesPerSecond: 1 });
    runMoves(world, 0);
    expect(run(world, "CancelMessageMoveTask", { TaskHandle })).toEqual({
      ApproximateNumberOfMessagesMoved: 1,
    });
    expect(latest()).toMatchObject({ Status: "CANCELLING" });
    runMoves(world, 10);
    expect(latest()).toMatchObject({ Status: "CANCELLED", ApproximateNumberOfMessagesMoved: 1 });
    expect(parked.bodies()).toEqual(["2", "3"]);
  });

  it("fails when its destination is deleted meanwhile", () => {
    const { world, other, start, latest, fail } = given();
    fail("1", "2");
    start({ DestinationArn: other.arn, MaxNumberOfMessagesPerSecond: 1 });
    runMoves(world, 0);
    other.on("DeleteQueue");
    runMoves(world, 1);
    expect(latest()).toMatchObject({
      Status: "FAILED",
      FailureReason: "AWS.SimpleQueueService.NonExistentQueue",
    });
  });

  it("leaves messages in flight where they are", () => {
    const { world, parked, lanes, start, latest, fail } = given();
    fail("1");
    parked.receive(1);
    start();
    runMoves(world, 1);
    expect(latest()).toMatchObject({ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 0 });
    expect(lanes.bodies()).toEqual([]);
  });

  it("shows its handle while it runs, and the tasks before it on demand", () => {
    const { world, parked, start, latest, fail } = given();
    fail("1");
    start();
    runMoves(world, 0);
    expect(latest()).not.toHaveProperty("TaskHandle");
    fail("2", "3");
    const { TaskHandle } = start();
    const { Results } = run(world, "ListMessageMoveTasks", { SourceArn: parked.arn, MaxResults: 10 });
    expect(Results).toMatchObject([{ Status: "RUNNING", TaskHandle }, { Status: "COMPLETED" }]);
  });
});

describe("a message move task is refused", () => {
  it("while another runs for the same queue", () => {
    const { start, fail } = given();
    fail("1", "2");
    start();
    expect(refusal(start)).toMatch("There is already a task running.");
  });

  it("for a queue that is no dead-letter queue, is not there, or has another type", () => {
    const { world, lanes, start } = given();
    expect(refusal(() => start({ SourceArn: lanes.arn }))).toMatch(
      "must be configured as a Dead Letter Queue",
    );
    expect(refusal(() => start({ SourceArn: `${lanes.arn}x` }))).toMatch("ResourceNotFoundException");
    expect(refusal(() => start({ DestinationArn: `${lanes.arn}x` }))).toMatch("ResourceNotFoundException");
    expect(refusal(() => start({ DestinationArn: queue(world, "standard").arn }))).toMatch("same type");
  });

  it("when it is to be cancelled and is unknown, over, or not named at all", () => {
    const { world, start } = given();
    const cancel = (TaskHandle: string) => () => run(world, "CancelMessageMoveTask", { TaskHandle });
    const { TaskHandle } = start();
    runMoves(world, 0);
    pass(world, 1);
    expect(refusal(cancel(TaskHandle))).toBe("ResourceNotFoundException: Task does not exist.");
    expect(refusal(cancel("?"))).toBe("InvalidParameterValue: Value for parameter TaskHandle is invalid.");
  });
});
