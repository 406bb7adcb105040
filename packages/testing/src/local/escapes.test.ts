// U+FFFE and U+FFFF on their way from a bus to a queue. SQS's SendMessage takes #x9, #xA, #xD, #x20 to #xD7FF, #xE000
// to #xFFFD and #x10000 to #x10FFFF, and answers InvalidMessageContents to all else (its API reference).
import { describe, expect, it, onTestFinished } from "vitest";
import { startAws } from "./aws.ts";
import type { Unsure } from "./eventbridge/state.ts";

const LOST = { failedInvocations: 1, invocationsSentToDlq: 0, invocationsFailedToBeSentToDlq: 1 };
const DELIVERED = { successfulInvocations: 1, failedInvocations: 0, invocationsFailedToBeSentToDlq: 0 };

/** A bus with one rule to a FIFO queue, and a dead-letter queue; gives the bodies that arrive of one event. */
async function deliver(Detail: string, options: Unsure = {}, target: object = {}) {
  const aws = await startAws(options);
  onTestFinished(() => aws.close());
  const Attributes = { FifoQueue: "true", ContentBasedDeduplication: "true" };
  await aws.sqs.command("CreateQueue", { QueueName: "lane.fifo", Attributes });
  await aws.sqs.command("CreateQueue", { QueueName: "undelivered" });
  await aws.events.command("PutRule", { Name: "lane", EventPattern: '{"source":["shop"]}' });
  const Target = {
    Id: "lane",
    Arn: aws.sqs.queueArn("lane.fifo"),
    SqsParameters: { MessageGroupId: "lane" },
    DeadLetterConfig: { Arn: aws.sqs.queueArn("undelivered") },
    ...target,
  };
  await aws.events.command("PutTargets", { Rule: "lane", Targets: [Target] });
  const Entries = [{ Source: "shop", DetailType: "order", Detail }];
  expect(await aws.events.command("PutEvents", { Entries })).toMatchObject({ FailedEntryCount: 0 });
  while (!aws.events.idle()) await new Promise(setImmediate);
  const bodies = async (name: string) => {
    const QueueUrl = aws.sqs.queueUrl(name);
    const { Messages = [] } = await aws.sqs.command("ReceiveMessage", { QueueUrl });
    return Messages.map(({ Body }) => String(Body));
  };
  const metrics = aws.events.state.metrics;
  return { metrics, lane: await bodies("lane.fifo"), undelivered: await bodies("undelivered") };
}

const RAW = ["\ufffe", "\uffff", "a\uffffb"];
const TARGETS: [string, object][] = [
  ["the whole event", {}],
  ["a part of it", { InputPath: "$.detail" }],
  [
    "a filled template",
    { InputTransformer: { InputPathsMap: { n: "$.detail.name" }, InputTemplate: '{"n":<n>}' } },
  ],
  [
    "text in quotes",
    { InputTransformer: { InputPathsMap: { n: "$.detail.name" }, InputTemplate: '{"n":"is <n>"}' } },
  ],
];

describe("an event that holds a character which SQS does not take", () => {
  it.each(TARGETS)("is lost where it stands as it is, its target getting %s", async (_, target) => {
    for (const name of RAW) {
      for (const keepsEscapes of [false, true]) {
        const { metrics, lane, undelivered } = await deliver(
          JSON.stringify({ name }),
          { keepsEscapes },
          target,
        );
        expect({ metrics, lane, undelivered }).toMatchObject({ metrics: LOST, lane: [], undelivered: [] });
      }
    }
  });

  it.each([String.raw`{"name":"\ufffe"}`, String.raw`{"name":"\uFFFF","deep":[{"\ufFfE":"\\\uffff"}]}`])(
    "is lost where EventBridge does not keep its escapes, as by default: %s",
    async (detail) => {
      const { metrics, lane, undelivered } = await deliver(detail);
      expect({ metrics, lane, undelivered }).toMatchObject({ metrics: LOST, lane: [], undelivered: [] });
    },
  );

  it.each(TARGETS)(
    "arrives where EventBridge keeps its escapes, its target getting %s",
    async (_, target) => {
      const { metrics, lane } = await deliver(
        String.raw`{"name":"a\uFFFEb\uffff"}`,
        { keepsEscapes: true },
        target,
      );
      expect(metrics).toMatchObject(DELIVERED);
      expect(lane).toEqual([expect.stringContaining(String.raw`a\ufffeb\uffff`)]);
      expect(JSON.stringify(JSON.parse(lane[0] ?? ""))).toContain("a\ufffeb\uffff");
    },
  );

  it("is lost where one of several stands as it is", async () => {
    const { metrics } = await deliver(`{"one":"\\ufffe","other":"\ufffe"}`, { keepsEscapes: true });
    expect(metrics).toMatchObject(LOST);
  });
});

it.each(["\ufffd", "\u{1fffe}", String.raw`\ufffe`, "\ud7ff", "\ue000", "\u{10ffff}", "\t\r\n", "\u0000"])(
  "an event that holds %j arrives, whatever becomes of escapes",
  async (name) => {
    for (const keepsEscapes of [false, true]) {
      const { metrics, lane } = await deliver(JSON.stringify({ name }), { keepsEscapes });
      expect(metrics).toMatchObject(DELIVERED);
      expect(JSON.parse(lane[0] ?? "").detail).toEqual({ name });
    }
  },
);
