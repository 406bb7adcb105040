import { describe, expect, it } from "vitest";
import { fifoQueue, only, pass, queue, refusal, run, scenario } from "./scenario.ts";

const policy = (deadLetterTargetArn: string, maxReceiveCount: unknown) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
});

function given(maxReceiveCount = 2) {
  const world = scenario();
  const parked = fifoQueue(world, "parked.fifo");
  const lanes = fifoQueue(world, "lanes.fifo", {
    VisibilityTimeout: "1",
    ...policy(parked.arn, maxReceiveCount),
  });
  return { world, lanes, parked };
}

function receiveTimes(times: number, { world, lanes }: ReturnType<typeof given>): void {
  for (let receive = 0; receive < times; receive++) {
    lanes.receive();
    pass(world, 1);
  }
}

describe("a message that was received maxReceiveCount times", () => {
  it("goes to the dead-letter queue at the next receive", () => {
    const world = given(2);
    world.lanes.send("1", "a");
    receiveTimes(2, world);
    expect(world.lanes.bodies()).toEqual([]);
    expect(world.parked.bodies()).toEqual(["1"]);
  });

  it("lets its followers through in the same receive", () => {
    const world = given(1);
    world.lanes.send("1", "a");
    receiveTimes(1, world);
    world.lanes.send("2", "a");
    expect(world.lanes.bodies()).toEqual(["2"]);
  });

  it("keeps its id and count, says where it came from, and takes its id for deduplication", () => {
    const world = given(1);
    const { MessageId } = world.lanes.send("1", "a");
    receiveTimes(3, world);
    const message = only(world.parked.receive());
    expect(message.MessageId).toBe(MessageId);
    expect(message.Attributes).toMatchObject({
      ApproximateReceiveCount: "2",
      DeadLetterQueueSourceArn: world.lanes.arn,
      MessageDeduplicationId: MessageId,
      MessageGroupId: "a",
    });
  });

  it("counts as enqueued at the move in a FIFO queue", () => {
    const world = given(1);
    world.lanes.send("1", "a");
    receiveTimes(1, world);
    world.lanes.receive();
    expect(only(world.parked.receive()).Attributes?.SentTimestamp).toBe(String(world.world.now));
  });

  it("keeps the time it was sent in a standard queue", () => {
    const world = scenario();
    const parked = queue(world, "parked");
    const events = queue(world, "events", policy(parked.arn, 1));
    const sentAt = world.now;
    events.send("1");
    events.receive(1, { VisibilityTimeout: 0 });
    pass(world, 5);
    events.receive();
    expect(only(parked.receive()).Attributes?.SentTimestamp).toBe(String(sentAt));
  });

  it("is delivered on while its dead-letter queue does not exist", () => {
    const world = given(1);
    world.lanes.send("1", "a");
    world.parked.on("DeleteQueue");
    receiveTimes(2, world);
    expect(world.lanes.bodies()).toEqual(["1"]);
  });
});

describe("a queue that is its own dead-letter queue", () => {
  it("delivers on", () => {
    const world = scenario();
    const events = queue(world);
    events.on("SetQueueAttributes", { Attributes: policy(events.arn, 1) });
    events.send("1");
    events.receive(1, { VisibilityTimeout: 0 });
    expect(events.bodies()).toEqual(["1"]);
  });
});

describe("a redrive policy", () => {
  it.each([0, 1001, 1.5, "many"])("is refused with maxReceiveCount %s", (count) => {
    const { lanes, parked } = given();
    const set = () => lanes.on("SetQueueAttributes", { Attributes: policy(parked.arn, count) });
    expect(refusal(set)).toMatch("valid values are from 1 to 1000 both inclusive");
  });

  it("is accepted with maxReceiveCount 1000, as a text too, and removed by an empty text", () => {
    const { lanes, parked } = given();
    lanes.on("SetQueueAttributes", { Attributes: policy(parked.arn, "1000") });
    lanes.on("SetQueueAttributes", { Attributes: { RedrivePolicy: "" } });
    const { Attributes } = lanes.on("GetQueueAttributes", { AttributeNames: ["All"] });
    expect(Attributes).not.toHaveProperty("RedrivePolicy");
  });

  it("is refused for a queue of the other type, and for one that is not there", () => {
    const { world, lanes } = given();
    const set = (arn: string) => lanes.on("SetQueueAttributes", { Attributes: policy(arn, 1) });
    expect(refusal(() => set(queue(world, "standard").arn))).toMatch("must be same type of queue");
    expect(refusal(() => set("arn:aws:sqs:us-east-1:000000000000:no.fifo"))).toMatch("does not exist");
  });

  it.each([
    { allow: { redrivePermission: "denyAll" }, allowed: false },
    { allow: { redrivePermission: "allowAll" }, allowed: true },
    {
      allow: {
        redrivePermission: "byQueue",
        sourceQueueArns: ["arn:aws:sqs:us-east-1:000000000000:lanes.fifo"],
      },
      allowed: true,
    },
    { allow: { redrivePermission: "byQueue", sourceQueueArns: ["arn:other"] }, allowed: false },
  ])("needs the target's leave: $allow", ({ allow, allowed }) => {
    const { lanes, parked } = given();
    parked.on("SetQueueAttributes", { Attributes: { RedriveAllowPolicy: JSON.stringify(allow) } });
    const set = () => lanes.on("SetQueueAttributes", { Attributes: policy(parked.arn, 5) });
    if (allowed) expect(set()).toEqual({});
    else expect(refusal(set)).toMatch("does not allow");
  });

  it("makes its queue one of the dead-letter queue's sources", () => {
    const { world, lanes, parked } = given();
    expect(run(world, "ListDeadLetterSourceQueues", { QueueUrl: parked.url })).toEqual({
      queueUrls: [lanes.url],
    });
  });
});
