import { describe, expect, it } from "vitest";
import { md5 } from "./md5.ts";
import { swallowedSends } from "./questions.ts";
import { fifoQueue, only, pass, queue, refusal, scenario } from "./scenario.ts";

function given(attributes: Record<string, string> = {}) {
  const world = scenario();
  return { world, lanes: fifoQueue(world, "lanes.fifo", attributes) };
}

describe("deduplication", () => {
  it("swallows a body that was sent within five minutes, with the ids of the original", () => {
    const { world, lanes } = given();
    const original = lanes.send("same", "a");
    pass(world, 299.999);
    expect(lanes.send("same", "a")).toEqual(original);
    expect(lanes.bodies()).toEqual(["same"]);
  });

  it("ends five minutes after the original, not after the last copy", () => {
    const { world, lanes } = given();
    lanes.send("same", "a");
    pass(world, 200);
    lanes.send("same", "a");
    pass(world, 100);
    lanes.send("same", "a");
    expect(lanes.bodies()).toEqual(["same", "same"]);
  });

  it("remembers what was received and deleted", () => {
    const { lanes } = given();
    lanes.send("deleted", "a");
    lanes.remove(only(lanes.receive()));
    lanes.send("deleted", "a");
    expect(lanes.bodies()).toEqual([]);
  });

  it("goes by an explicit id rather than by the body, and answers with the MD5 of what was submitted", () => {
    const { lanes } = given();
    const original = lanes.send("one", "a", { MessageDeduplicationId: "id" });
    const copy = lanes.send("other", "a", { MessageDeduplicationId: "id" });
    expect(copy).toEqual({ ...original, MD5OfMessageBody: md5("other") });
    expect(lanes.bodies()).toEqual(["one"]);
  });

  it("covers the whole queue by default", () => {
    const { lanes } = given();
    lanes.send("same", "a");
    lanes.send("same", "b");
    expect(lanes.bodies()).toEqual(["same"]);
  });

  it("covers one message group with DeduplicationScope messageGroup", () => {
    const { lanes } = given({ DeduplicationScope: "messageGroup" });
    for (const group of ["a", "b", "a"]) lanes.send("same", group);
    expect(lanes.bodies()).toEqual(["same", "same"]);
  });

  it("counts what it swallows", () => {
    const { world, lanes } = given();
    for (const body of ["1", "1", "2", "1"]) lanes.send(body, "a");
    expect(swallowedSends(world.state, lanes.url)).toBe(2);
  });

  it("counts no send that comes again under an id of its producer's own", () => {
    const { world, lanes } = given();
    for (const body of ["1", "1"]) lanes.send(body, "a", { MessageDeduplicationId: "id" });
    expect(lanes.bodies()).toEqual(["1"]);
    expect(swallowedSends(world.state, lanes.url)).toBe(0);
  });

  it("is no matter of a standard queue", () => {
    const events = queue(scenario());
    events.send("same");
    events.send("same");
    expect(events.bodies()).toEqual(["same", "same"]);
  });
});

describe("a sent message", () => {
  it("has a sequence number of 20 digits, greater than the one before", () => {
    const { lanes } = given();
    const numbers = ["1", "2", "3"].map((body) => lanes.send(body, "a").SequenceNumber ?? "");
    expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
    expect([...numbers].sort()).toEqual(numbers);
  });

  it("carries its system attributes to the receiver", () => {
    const { world, lanes } = given();
    const sent = lanes.send("1", "a", { MessageDeduplicationId: "id" });
    expect(only(lanes.receive()).Attributes).toMatchObject({
      ApproximateFirstReceiveTimestamp: String(world.now),
      ApproximateReceiveCount: "1",
      MessageDeduplicationId: "id",
      MessageGroupId: "a",
      SentTimestamp: String(world.now),
      SequenceNumber: sent.SequenceNumber,
    });
  });

  it("may be as large as the queue allows, attributes included", () => {
    const { lanes } = given({ MaximumMessageSize: "1024" });
    const MessageAttributes = { reason: { DataType: "String", StringValue: "crash" } };
    const room = 1024 - "reason".length - "String".length - "crash".length;
    lanes.send("é".repeat(room / 2), "a", { MessageAttributes });
    expect(refusal(() => lanes.send("x".repeat(room + 1), "a", { MessageAttributes }))).toBe(
      "InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    );
  });
});

describe("a send is refused", () => {
  it.each([
    { for: "an empty body", input: { MessageBody: "" }, code: "MissingParameter" },
    { for: "a forbidden character", input: { MessageBody: "\u0000" }, code: "InvalidMessageContents" },
    { for: "half a surrogate pair", input: { MessageBody: "\ud800" }, code: "InvalidMessageContents" },
    { for: "no group", input: { MessageBody: "x" }, code: "MissingParameter" },
    { for: "a group with a space", input: { MessageGroupId: "a b" }, code: "InvalidParameterValue" },
    {
      for: "an empty deduplication id",
      input: { MessageDeduplicationId: "" },
      code: "InvalidParameterValue",
    },
    { for: "a delay of its own", input: { DelaySeconds: 2 }, code: "InvalidParameterValue" },
    { for: "a body that is no text", input: { MessageBody: 1 }, code: "SerializationException" },
  ])("by a FIFO queue for $for", ({ input, code }) => {
    const { lanes } = given();
    const group = "MessageGroupId" in input || input.MessageBody === "x" ? undefined : "a";
    expect(refusal(() => lanes.send("body", group, input))).toMatch(code);
  });

  it("by a FIFO queue without content-based deduplication when it has no deduplication id", () => {
    const { lanes } = given({ ContentBasedDeduplication: "false" });
    expect(refusal(() => lanes.send("1", "a"))).toBe(
      "InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  });

  it("by a standard queue for a deduplication id", () => {
    const events = queue(scenario());
    expect(refusal(() => events.send("1", undefined, { MessageDeduplicationId: "id" }))).toMatch(
      "InvalidParameterValue",
    );
  });
});

describe("a batch", () => {
  const entry = (id: string, body: string) => ({ Id: id, MessageBody: body, MessageGroupId: "a" });

  it("sends in the order of its entries, each succeeding or failing by itself", () => {
    const { lanes } = given();
    const reply = lanes.on("SendMessageBatch", {
      Entries: [entry("a", "1"), entry("b", "\u0001"), entry("c", "3")],
    });
    expect(reply.Successful?.map(({ Id }) => Id)).toEqual(["a", "c"]);
    expect(reply.Failed).toMatchObject([{ Id: "b", SenderFault: true, Code: "InvalidMessageContents" }]);
    expect(lanes.bodies()).toEqual(["1", "3"]);
  });

  it.each([
    { for: "no entries", entries: [], code: "EmptyBatchRequest" },
    {
      for: "eleven entries",
      entries: Array.from({ length: 11 }, (_, index) => entry(`${index}`, "x")),
      code: "TooManyEntriesInBatchRequest",
    },
    { for: "an id twice", entries: [entry("a", "1"), entry("a", "2")], code: "BatchEntryIdsNotDistinct" },
    { for: "an id with a colon", entries: [entry("a:b", "1")], code: "InvalidBatchEntryId" },
    {
      for: "more than 1 MiB together",
      entries: [entry("a", "x".repeat(1_048_576)), entry("b", "x")],
      code: "BatchRequestTooLong",
    },
    {
      for: "an entry without group",
      entries: [{ Id: "a", MessageBody: "1" }],
      code: "InvalidParameterValue",
    },
  ])("is refused as a whole for $for", ({ entries, code }) => {
    const { lanes } = given();
    expect(refusal(() => lanes.on("SendMessageBatch", { Entries: entries }))).toMatch(code);
    expect(lanes.bodies()).toEqual([]);
  });
});
