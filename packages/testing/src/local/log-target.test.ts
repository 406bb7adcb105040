// A log group as a target: written to only where resource policies of CloudWatch Logs let EventBridge do both of its
// calls, of which only PutLogEvents says for which rule it is made (aws-samples/serverless-patterns pull request 618).
import { describe, expect, it, onTestFinished } from "vitest";
import { startAws } from "./aws.ts";
import { localClock } from "./clock.ts";

const LOG = "/aws/events/all";
const NOW = Date.parse("2026-11-28T10:00:00Z");
const TEMPLATE = '{"timestamp":<time>,"message":"id=<id>"}';
const Transformer = { InputPathsMap: { time: "$.time", id: "$.detail.id" }, InputTemplate: TEMPLATE };

const RULE = "arn:aws:events:us-east-1:000000000000:rule/log";
const FROM_RULE = {
  ArnLike: { "aws:SourceArn": RULE },
  StringEquals: { "aws:SourceAccount": "000000000000" },
};

const may = (Action: string | string[], Condition?: object) => ({
  Effect: "Allow",
  Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
  Action,
  Resource: `arn:aws:logs:us-east-1:000000000000:log-group:${LOG}:*`,
  ...(Condition && { Condition }),
});

const CREATE = "logs:CreateLogStream";
const PUT = "logs:PutLogEvents";

async function givenLog(target: object = { InputTransformer: Transformer }) {
  const aws = await startAws({ clock: localClock(() => NOW) });
  onTestFinished(() => aws.close());
  await aws.logs.command("CreateLogGroup", { logGroupName: LOG });
  await aws.sqs.command("CreateQueue", { QueueName: "undelivered" });
  await aws.events.command("PutRule", { Name: "log", EventPattern: '{"source":["shop"]}' });
  const DeadLetterConfig = { Arn: aws.sqs.queueArn("undelivered") };
  const Target = { Id: "log", Arn: aws.logs.groupArn(LOG), DeadLetterConfig, ...target };
  await aws.events.command("PutTargets", { Rule: "log", Targets: [Target] });
  return {
    aws,
    allow: (...Statement: object[]) => {
      const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
      return aws.logs.command("PutResourcePolicy", { policyName: "events", policyDocument });
    },
    put: async (...ids: string[]) => {
      const Entries = ids.map((id) => ({
        Source: "shop",
        DetailType: "order",
        Detail: JSON.stringify({ id }),
      }));
      await aws.events.command("PutEvents", { Entries });
      while (!aws.events.idle()) await new Promise(setImmediate);
    },
    lines: async () => {
      const { events } = await aws.logs.command("FilterLogEvents", { logGroupName: LOG });
      return (events as { timestamp: number; message: string }[]).map(({ timestamp, message }) => [
        timestamp,
        message,
      ]);
    },
    letters: async () => {
      const QueueUrl = aws.sqs.queueUrl("undelivered");
      const { Messages = [] } = await aws.sqs.command("ReceiveMessage", {
        QueueUrl,
        MessageAttributeNames: ["All"],
      });
      return Messages.map(({ MessageAttributes }) => MessageAttributes?.ERROR_CODE?.StringValue);
    },
  };
}

describe("a log group gets events", () => {
  it.each<[string, object[]]>([
    [
      "by two statements of which only that on PutLogEvents has a condition",
      [may(CREATE), may(PUT, FROM_RULE)],
    ],
    ["by one statement without a condition", [may([CREATE, PUT])]],
  ])("%s", async (_, statements) => {
    const given = await givenLog();
    await given.allow(...statements);
    await given.put("1", "2");
    expect(await given.lines()).toEqual([
      [NOW, "id=1"],
      [NOW, "id=2"],
    ]);
    expect(given.aws.events.state.metrics).toMatchObject({ successfulInvocations: 2, failedInvocations: 0 });
  });

  it("whole, without an input transformer", async () => {
    const given = await givenLog({});
    await given.allow(may([CREATE, PUT]));
    await given.put("1");
    const [[timestamp, message] = []] = await given.lines();
    expect(timestamp).toBe(NOW);
    expect(JSON.parse(String(message))).toMatchObject({ source: "shop", detail: { id: "1" } });
  });
});

describe("a log group stays empty, and the delivery is given up at once, where", () => {
  it.each<[string, object[]]>([
    ["no policy allows anything", []],
    ["CreateLogStream is allowed under aws:SourceArn", [may([CREATE, PUT], FROM_RULE)]],
    [
      "CreateLogStream is allowed under aws:SourceAccount",
      [may(CREATE, { StringEquals: { "aws:SourceAccount": "000000000000" } }), may(PUT)],
    ],
    ["only CreateLogStream is allowed", [may(CREATE)]],
    ["only PutLogEvents is allowed", [may(PUT)]],
    [
      "PutLogEvents is allowed to another rule",
      [may(CREATE), may(PUT, { ArnLike: { "aws:SourceArn": `${RULE}-2` } })],
    ],
    [
      "the statement is on the group without its streams",
      [{ ...may([CREATE, PUT]), Resource: `arn:aws:logs:us-east-1:000000000000:log-group:${LOG}` }],
    ],
  ])("%s", async (_, statements) => {
    const given = await givenLog();
    if (statements.length > 0) await given.allow(...statements);
    await given.put("1");
    expect(await given.lines()).toEqual([]);
    expect(given.aws.events.state.metrics).toMatchObject({
      failedInvocations: 1,
      retryInvocationAttempts: 0,
    });
    expect(await given.letters()).toEqual(["NO_PERMISSIONS"]);
  });

  it("it is not there", async () => {
    const given = await givenLog();
    await given.allow(may([CREATE, PUT]));
    await given.aws.logs.command("DeleteLogGroup", { logGroupName: LOG });
    await given.put("1");
    expect(await given.letters()).toEqual(["NO_RESOURCE"]);
  });

  it("the template's time is none", async () => {
    const InputTransformer = { ...Transformer, InputPathsMap: { time: "$.detail.id", id: "$.detail.id" } };
    const given = await givenLog({ InputTransformer });
    await given.allow(may([CREATE, PUT]));
    await given.put("not a time");
    expect(await given.lines()).toEqual([]);
    expect(await given.letters()).toEqual(["INVALID_PARAMETER"]);
  });
});

describe("PutTargets refuses for a log group", () => {
  it.each<[object, string]>([
    [{ RoleArn: "arn:aws:iam::000000000000:role/r" }, "RoleArn is not supported for target arn:aws:logs"],
    [{ InputTransformer: { InputTemplate: '{"id":1}' } }, "must be a JSON object of timestamp and message"],
    [{ InputTransformer: { InputTemplate: '"a text"' } }, "must be a JSON object of timestamp and message"],
    [
      { InputTransformer: { InputTemplate: '{"timestamp":1,"message":"m","id":1}' } },
      "must be a JSON object of timestamp and message",
    ],
  ])("%j", async (target, sentence) => {
    await expect(givenLog(target)).rejects.toThrow(sentence);
  });
});
