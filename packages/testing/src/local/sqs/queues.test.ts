import { describe, expect, it } from "vitest";
import { fifoQueue, pass, queue, refusal, run, scenario } from "./scenario.ts";

const FIFO = { FifoQueue: "true" };

describe("creating a queue", () => {
  it("again with the same attributes gives the same queue", () => {
    const world = scenario();
    const { url } = queue(world, "events", { DelaySeconds: "5" });
    expect(queue(world, "events", { DelaySeconds: "5", VisibilityTimeout: "30" }).url).toBe(url);
    expect(queue(world, "events").url).toBe(url);
  });

  it("again with another attribute is refused", () => {
    const world = scenario();
    queue(world, "events");
    expect(refusal(() => queue(world, "events", { DelaySeconds: "1" }))).toMatch(
      /^QueueNameExists.*DelaySeconds$/,
    );
  });

  it.each([
    { name: "has space", attributes: {}, refused: "InvalidParameterValue" },
    { name: "x".repeat(81), attributes: {}, refused: "InvalidParameterValue" },
    { name: "events.fifo", attributes: {}, refused: "InvalidParameterValue" },
    { name: "events", attributes: FIFO, refused: "must end with .fifo suffix" },
    { name: "events", attributes: { FifoQueue: "false" }, refused: "Unknown Attribute FifoQueue." },
    {
      name: "events",
      attributes: { DeduplicationScope: "queue" },
      refused: "only when FifoQueue is set to true",
    },
    { name: "events", attributes: { Colour: "red" }, refused: "Unknown Attribute Colour." },
    { name: "events", attributes: { VisibilityTimeout: "43201" }, refused: "InvalidAttributeValue" },
    { name: "events", attributes: { RedrivePolicy: "{" }, refused: "InvalidAttributeValue" },
    { name: "a.fifo", attributes: { ...FIFO, DeduplicationScope: "all" }, refused: "InvalidAttributeValue" },
    {
      name: "a.fifo",
      attributes: { ...FIFO, FifoThroughputLimit: "perMessageGroupId" },
      refused: "InvalidAttributeValue",
    },
  ])("named $name with $attributes is refused", ({ name, attributes, refused }) => {
    const create = () => run(scenario(), "CreateQueue", { QueueName: name, Attributes: attributes });
    expect(refusal(create)).toMatch(refused);
  });

  it("within a minute of deleting one of the same name is refused", () => {
    const world = scenario();
    queue(world, "events").on("DeleteQueue");
    pass(world, 59.999);
    expect(refusal(() => queue(world, "events"))).toMatch("QueueDeletedRecently");
    pass(world, 0.001);
    queue(world, "events");
  });
});

describe("a queue's attributes", () => {
  it("of a FIFO queue start as SQS's do, booleans in lower case", () => {
    const world = scenario();
    const lanes = fifoQueue(world, "lanes.fifo", { FifoQueue: "True" });
    expect(lanes.on("GetQueueAttributes", { AttributeNames: ["All"] }).Attributes).toEqual({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      ContentBasedDeduplication: "true",
      CreatedTimestamp: String(world.now / 1000),
      DeduplicationScope: "queue",
      DelaySeconds: "0",
      FifoQueue: "true",
      FifoThroughputLimit: "perQueue",
      LastModifiedTimestamp: String(world.now / 1000),
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      QueueArn: "arn:aws:sqs:us-east-1:000000000000:lanes.fifo",
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
  });

  it("take effect when they are set", () => {
    const world = scenario();
    const events = queue(world);
    events.send("1");
    events.on("SetQueueAttributes", { Attributes: { VisibilityTimeout: "5" } });
    events.receive();
    pass(world, 5);
    expect(events.bodies()).toEqual(["1"]);
  });

  it("count messages by phase; one that only waits behind another is visible", () => {
    const world = scenario();
    const lanes = fifoQueue(world);
    for (const body of ["1", "2", "3"]) lanes.send(body, "a");
    lanes.receive(1);
    lanes.on("SetQueueAttributes", { Attributes: { DelaySeconds: "5" } });
    lanes.send("4", "b");
    const names = ["", "NotVisible", "Delayed"].map((phase) => `ApproximateNumberOfMessages${phase}`);
    const { Attributes } = lanes.on("GetQueueAttributes", { AttributeNames: names });
    expect(Attributes).toEqual({
      ApproximateNumberOfMessages: "2",
      ApproximateNumberOfMessagesNotVisible: "1",
      ApproximateNumberOfMessagesDelayed: "1",
    });
  });

  it("are left out unless asked for, and asking for an unknown one is refused", () => {
    const events = queue(scenario());
    expect(events.on("GetQueueAttributes")).toEqual({});
    expect(refusal(() => events.on("GetQueueAttributes", { AttributeNames: ["Colour"] }))).toMatch(
      "InvalidAttributeName",
    );
  });

  it("say that a KMS key takes the place of SQS's own encryption", () => {
    const events = queue(scenario(), "events", { KmsMasterKeyId: "key" });
    const asked = events.on("GetQueueAttributes", { AttributeNames: ["SqsManagedSseEnabled"] });
    expect(asked.Attributes).toEqual({ SqsManagedSseEnabled: "false" });
  });

  it("cannot turn a FIFO queue into a standard one", () => {
    const lanes = fifoQueue(scenario());
    const set = () => lanes.on("SetQueueAttributes", { Attributes: { FifoQueue: "false" } });
    expect(refusal(set)).toMatch("Modifying queue type is not supported.");
  });
});

describe("finding queues", () => {
  it("gives their URLs, in pages when asked", () => {
    const world = scenario();
    const urls = ["a1", "a2", "b1"].map((name) => queue(world, name).url);
    expect(run(world, "GetQueueUrl", { QueueName: "a2" })).toEqual({ QueueUrl: urls[1] });
    expect(run(world, "ListQueues", { QueueNamePrefix: "a" })).toEqual({ QueueUrls: urls.slice(0, 2) });
    const page = run(world, "ListQueues", { MaxResults: 2 });
    expect(page.QueueUrls).toEqual(urls.slice(0, 2));
    expect(run(world, "ListQueues", { MaxResults: 2, NextToken: page.NextToken })).toEqual({
      QueueUrls: urls.slice(2),
    });
  });

  it("has no QueueUrls when there are none", () => {
    expect(run(scenario(), "ListQueues")).toEqual({});
  });

  it("that are not there is refused, by name and by URL", () => {
    const world = scenario();
    expect(refusal(() => run(world, "GetQueueUrl", { QueueName: "no" }))).toMatch("QueueDoesNotExist");
    expect(refusal(() => run(world, "SendMessage", { QueueUrl: "no" }))).toMatch("QueueDoesNotExist");
    expect(refusal(() => run(world, "SendMessage"))).toMatch("MissingParameter");
  });
});

describe("purging a queue", () => {
  it("empties it of all messages, and can be done once a minute", () => {
    const world = scenario();
    const lanes = fifoQueue(world);
    lanes.send("1", "a");
    lanes.receive();
    lanes.send("2", "b");
    lanes.on("PurgeQueue");
    pass(world, 59.999);
    expect(lanes.bodies()).toEqual([]);
    expect(refusal(() => lanes.on("PurgeQueue"))).toMatch("PurgeQueueInProgress");
    pass(world, 0.001);
    lanes.on("PurgeQueue");
  });

  it.each(["queue", "messageGroup"])(
    "forgets what was sent, so that it can be sent again, where deduplication is by %s",
    (DeduplicationScope) => {
      const world = scenario();
      const lanes = fifoQueue(world, "lanes.fifo", { DeduplicationScope });
      const id = { MessageDeduplicationId: "d" };
      lanes.send("hashed", "a");
      lanes.send("named", "a", id);
      lanes.on("PurgeQueue");
      lanes.send("hashed", "a");
      lanes.send("named", "a", id);
      lanes.send("named again", "a", id);
      expect(lanes.bodies()).toEqual(["hashed", "named"]);
    },
  );

  it("leaves another queue's memory alone", () => {
    const world = scenario();
    const [lanes, parked] = [fifoQueue(world), fifoQueue(world, "parked.fifo")];
    parked.send("1", "a");
    lanes.on("PurgeQueue");
    parked.send("1", "a");
    expect(parked.bodies()).toEqual(["1"]);
  });
});

describe("an operation SQS does not have", () => {
  it.each(["MakeCoffee", "constructor", ""])("is refused: %s", (operation) => {
    expect(refusal(() => run(scenario(), operation))).toMatch("UnknownOperationException");
  });
});
