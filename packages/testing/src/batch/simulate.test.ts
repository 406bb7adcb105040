import type { SQSEvent, SQSHandler } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { failing, failingHandler, succeed } from "./fixtures/handlers.ts";
import { sqsEvent, sqsRecord, sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

describe("a batch that nothing happens to", () => {
  it("is delivered once, in the order of its message group, and deleted", async () => {
    const run = await simulateBatch(succeed, sqsRecords(["one", "two", "three"], { group: "a" }));
    expect(run.invocations).toMatchObject([{ number: 1, messages: ["a-1", "a-2", "a-3"], runs: 1 }]);
    expect(run.messages.map(({ end, deliveries }) => [end, deliveries])).toEqual(
      Array.from({ length: 3 }, () => ["deleted", 1]),
    );
    expect(run).toMatchObject({ deadLetters: [], unstruck: [], seconds: 0 });
  });

  it("comes in invocations of at most `batchSize` records", async () => {
    const run = await simulateBatch(succeed, sqsRecords(["one", "two", "three"], { group: "a" }), {
      batchSize: 2,
    });
    expect(run.invocations.map(({ messages }) => messages)).toEqual([["a-1", "a-2"], ["a-3"]]);
  });

  it("may be an event, and its handler may answer nothing", async () => {
    const run = await simulateBatch(async () => {}, sqsEvent([sqsRecord("one", { messageId: "m-1" })]));
    expect(run.story("m-1")).toMatchObject({ end: "deleted", invocations: [1] });
    expect(run.invocations[0]?.answer).toBeNull();
  });

  it("may be empty", async () => {
    expect(await simulateBatch(succeed, [])).toMatchObject({ messages: [], invocations: [] });
  });

  it("takes a handler of the type that @types/aws-lambda has for it", async () => {
    const handler: SQSHandler = async () => failing();
    expect((await simulateBatch(handler, sqsRecords(["one"]))).messages).toMatchObject([{ end: "deleted" }]);
  });

  it("hands over the records that it was made of, at times of its own", async () => {
    const record = sqsRecord("one", {
      deduplicationId: "d-1",
      messageAttributes: { reason: "defect", bytes: { dataType: "Binary", binaryValue: "AAEC" } },
      attributes: { AWSTraceHeader: "Root=1" },
    });
    const run = await simulateBatch(succeed, [record]);
    const times = { SentTimestamp: expect.any(String), ApproximateFirstReceiveTimestamp: expect.any(String) };
    const attributes = { ...record.attributes, ...times, SequenceNumber: expect.any(String) };
    expect(run.invocations[0]?.records).toEqual([{ ...record, attributes }]);
  });

  it("hands over a context, and records that the handler may spoil", async () => {
    const handler = async ({ Records }: SQSEvent, context: { getRemainingTimeInMillis(): number }) => {
      expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
      const [record] = Records;
      if (record) record.body = "spoilt";
      const isFirst = record?.attributes.ApproximateReceiveCount === "1";
      return failing(...(isFirst ? [record.messageId] : []));
    };
    const run = await simulateBatch(handler, sqsRecords(["one"]));
    expect(run.invocations.map(({ records }) => records[0]?.body)).toEqual(["one", "one"]);
  });
});

describe("a partial batch response", () => {
  it("leaves what it names for after the visibility timeout, and deletes the rest", async () => {
    const batch = sqsRecords(["one", "two", "three"], { group: "a" });
    const run = await simulateBatch(failingHandler({ "a-2": 1, "a-3": 1 }), batch, { visibilityTimeout: 60 });
    expect(run.invocations.map(({ messages }) => messages)).toEqual([
      ["a-1", "a-2", "a-3"],
      ["a-2", "a-3"],
    ]);
    expect(run.story("a-2")).toMatchObject({ deliveries: 2, invocations: [1, 2], end: "deleted" });
    expect(run.seconds).toBe(60);
  });

  it("that names a message and not its followers lets them overtake it", async () => {
    const batch = sqsRecords(["one", "two"], { group: "a" });
    const run = await simulateBatch(failingHandler({ "a-1": 1 }), batch);
    expect(run.invocations.map(({ messages }) => messages)).toEqual([["a-1", "a-2"], ["a-1"]]);
  });

  it("of a message in flight holds up its group and no other", async () => {
    const batch = [...sqsRecords(["one", "two"], { group: "a" }), ...sqsRecords(["one"], { group: "b" })];
    const run = await simulateBatch(failingHandler({ "a-1": 1 }), batch, { batchSize: 1 });
    expect(run.invocations.map(({ messages }) => messages)).toEqual([["a-1"], ["b-1"], ["a-1"], ["a-2"]]);
  });

  it("that names all of it, or a message that is not in it, fails the full batch", async () => {
    const batch = sqsRecords(["one", "two"], { group: "a" });
    const full = await simulateBatch(failingHandler({ "a-1": 1, "a-2": 1 }), batch);
    expect(full.invocations.map(({ messages }) => messages)).toEqual([
      ["a-1", "a-2"],
      ["a-1", "a-2"],
    ]);
    const unknown = await simulateBatch(async () => failing("nobody"), batch, { maxReceiveCount: 2 });
    expect(unknown.messages.map(({ end }) => end)).toEqual(["dead-lettered", "dead-lettered"]);
  });

  it("is not read where the mapping does not report it: what it names is deleted", async () => {
    const batch = sqsRecords(["one", "two"], { group: "a" });
    const run = await simulateBatch(failingHandler({ "a-2": 1 }), batch, { reportBatchItemFailures: false });
    expect(run.messages.map(({ end }) => end)).toEqual(["deleted", "deleted-as-failed"]);
    expect(run.invocations).toHaveLength(1);
  });
});

describe("a handler that throws", () => {
  it("fails the full batch, and the run tells why", async () => {
    let calls = 0;
    const handler = async () => {
      if (++calls === 1) throw new TypeError("x is not a function");
    };
    const run = await simulateBatch(handler, sqsRecords(["one", "two"], { group: "a" }));
    expect(run.invocations.map(({ messages }) => messages)).toEqual([
      ["a-1", "a-2"],
      ["a-1", "a-2"],
    ]);
    expect(String(run.invocations[0]?.error)).toContain("x is not a function");
    expect(run.invocations[1]?.error).toBeUndefined();
  });
});

describe("a poison message", () => {
  it("goes to the dead-letter queue after `maxReceiveCount` receives", async () => {
    const batch = sqsRecords(["one", "two"], { group: "a", messageAttributes: { trace: "t-1" } });
    const run = await simulateBatch(failingHandler({ "a-2": Infinity }), batch, { maxReceiveCount: 3 });
    expect(run.story("a-2")).toMatchObject({ deliveries: 3, end: "dead-lettered" });
    expect(run.deadLetters).toEqual([
      { messageId: "a-2", body: "two", group: "a", attributes: { trace: "t-1" } },
    ]);
  });

  it("counts the receives that its record had before", async () => {
    const batch = [sqsRecord("one", { messageId: "m-1", receiveCount: 3 })];
    const run = await simulateBatch(failingHandler({ "m-1": Infinity }), batch, { maxReceiveCount: 4 });
    const counts = run.invocations.map(({ records }) => records[0]?.attributes.ApproximateReceiveCount);
    expect(counts).toEqual(["3", "4"]);
  });

  it("expires where the queue's retention period ends before its receives do", async () => {
    const options = { visibilityTimeout: 43_200, maxReceiveCount: 1000 };
    const run = await simulateBatch(
      failingHandler({ "a-1": Infinity }),
      sqsRecords(["one"], { group: "a" }),
      options,
    );
    expect(run.story("a-1")).toMatchObject({ deliveries: 8, end: "expired" });
    expect(run.seconds).toBe(4 * 24 * 60 * 60);
  });
});

describe("what AWS or reason would refuse", () => {
  const batch = sqsRecords(["one"], { group: "a" });

  it.each([
    [{ batchSize: 11 }, "batchSize"],
    [{ maximumConcurrency: 1 }, "maximumConcurrency"],
    [{ maxReceiveCount: 1001 }, "maxReceiveCount"],
    [{ visibilityTimeout: 43_201 }, "VisibilityTimeout"],
  ])("%j is refused", async (options, why) => {
    await expect(simulateBatch(succeed, batch, options)).rejects.toThrow(why);
  });

  it("two records of one id are refused", async () => {
    await expect(simulateBatch(succeed, [...batch, ...batch])).rejects.toThrow("one messageId");
  });

  it("a run that does not settle ends with an error that names what is left", async () => {
    const options = { maxInvocations: 3, maxReceiveCount: 1000 };
    const run = simulateBatch(failingHandler({ "a-1": Infinity }), batch, options);
    await expect(run).rejects.toThrow("After 3 invocations the queue still has a-1 (received 4 times)");
  });

  it("a story that nobody told is refused", async () => {
    const run = await simulateBatch(succeed, batch);
    expect(() => run.story("a-2")).toThrow("No message of the batch is a-2");
  });
});

it("the same arguments give the same run", async () => {
  const once = () =>
    simulateBatch(
      failingHandler({ "a-1": 2, "b-2": 9 }),
      [...sqsRecords(["one", "two"], { group: "a" }), ...sqsRecords(["one", "two"], { group: "b" })],
      { batchSize: 1, fail: [{ fault: "duplicate", invocation: 2 }] },
    );
  expect(JSON.stringify(await once())).toBe(JSON.stringify(await once()));
});
