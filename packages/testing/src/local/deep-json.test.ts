// JSON nested so deep that walking through it would overflow the stack: refused by an answer, and the process lives.

import { isDeeperThan } from "@stripe-lanes/core/json-depth";
import { describe, expect, it, onTestFinished } from "vitest";
import { type LocalAws, startAws } from "./aws.ts";

const lists = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const members = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("how deep a JSON text is nested", () => {
  it.each([
    [lists(3), 3],
    [members(3), 3],
    ['{"a":[1,[2]],"b":[[],{}]}', 3],
    [String.raw`["[[[","\"[[[","\\",[1]]`, 2],
    [lists(100_000), 100_000],
    [members(100_000), 100_000],
  ])("%.20s is %i levels", (json, levels) => {
    expect(isDeeperThan(json, levels)).toBe(false);
    expect(isDeeperThan(json, levels - 1)).toBe(true);
  });

  it.each(['["', '"\\', "]]]]", ""])("is told of what is no JSON either: %s", (json) => {
    expect(isDeeperThan(json, 1)).toBe(false);
  });
});

async function given() {
  const aws = await startAws();
  onTestFinished(() => aws.close());
  return aws;
}

type Service = "dynamodb" | "events" | "sqs";

async function post(aws: LocalAws, service: Service, operation: string, body: string) {
  const headers = { "x-amz-target": `X.${operation}` };
  const answer = await fetch(aws[service].url, { method: "POST", headers, body });
  return { status: answer.status, ...((await answer.json()) as { __type?: string; message?: string }) };
}

describe("a request", () => {
  const services: Service[] = ["dynamodb", "events", "sqs"];
  const bodies = [lists(100_000), members(100_000), `{"Item":${members(100_000)}}`, `{"a":${lists(1_000)}}`];

  it.each(services)("to %s that is nested deeper than 1,000 levels is refused", async (service) => {
    const aws = await given();
    for (const body of bodies) {
      const answer = await post(aws, service, "AnyOperation", body);
      expect(answer).toMatchObject({ status: 400, __type: "SerializationException" });
      expect(answer.message).toMatch("deeper than 1000 levels");
    }
    expect(await post(aws, service, "AnyOperation", `{"a":${lists(999)}}`)).toMatchObject({
      __type: "UnknownOperationException",
    });
  });

  it.each(["[]", "null", "1", '"text"', "{", "[[["])(
    "that is no JSON object is refused: %s",
    async (body) => {
      const answer = await post(await given(), "dynamodb", "ListTables", body);
      expect(answer).toMatchObject({ status: 400, __type: "SerializationException" });
    },
  );
});

describe("EventBridge takes 1,000 levels of an event's detail (PutEvents)", () => {
  const detail = (levels: number) => `{"a":${lists(levels - 1)}}`;

  async function put(Detail: string) {
    const aws = await given();
    await aws.sqs.command("CreateQueue", { QueueName: "all" });
    await aws.events.command("PutRule", { Name: "all", EventPattern: '{"source":["shop"]}' });
    await aws.events.command("PutTargets", {
      Rule: "all",
      Targets: [{ Id: "all", Arn: aws.sqs.queueArn("all") }],
    });
    const Entries = [{ Source: "shop", DetailType: "order", Detail }];
    const { Entries: results } = await aws.events.command("PutEvents", { Entries });
    const { Messages = [] } = await aws.sqs.command("ReceiveMessage", { QueueUrl: aws.sqs.queueUrl("all") });
    return { result: (results as object[])[0], bodies: Messages.map(({ Body }) => Body) };
  }

  it("and delivers them", async () => {
    const { result, bodies } = await put(detail(1_000));
    expect(result).not.toHaveProperty("ErrorCode");
    expect(bodies).toEqual([expect.stringContaining(lists(999))]);
  });

  it.each([1_001, 100_000])("and refuses an entry of %i", async (levels) => {
    expect(await put(detail(levels))).toEqual({
      result: { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
      bodies: [],
    });
  });

  it("and tests a pattern on no more", async () => {
    const aws = await given();
    const Event = `{"detail":${lists(100_000)}}`;
    const input = { Event, EventPattern: '{"source":["shop"]}' };
    await expect(aws.events.command("TestEventPattern", input)).rejects.toThrow(
      "Parameter Event is not valid.",
    );
  });
});
