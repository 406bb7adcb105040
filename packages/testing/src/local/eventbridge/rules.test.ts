// Rules: what the API keeps, lists and refuses.
import { describe, expect, it } from "vitest";
import { givenEventBridge, QUEUE } from "./given.ts";

const PATTERN = { source: ["shop"] };
const EventPattern = JSON.stringify(PATTERN);
const ARN = "arn:aws:events:us-east-1:000000000000";

const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe("a rule", () => {
  it("is put, described, and keeps its targets when it is put again", () => {
    const given = givenEventBridge();
    given.rule("r", PATTERN);
    given.ask("PutRule", { Name: "r", EventPattern, State: "DISABLED", Description: "d" });
    expect(given.ask("DescribeRule", { Name: "r" })).toEqual({
      Name: "r",
      Arn: `${ARN}:rule/r`,
      EventBusName: "default",
      EventPattern,
      State: "DISABLED",
      Description: "d",
      CreatedBy: "000000000000",
    });
    expect(given.ask("ListTargetsByRule", { Rule: "r" })).toEqual({ Targets: [{ Id: "queue", Arn: QUEUE }] });
  });

  it("is listed by name, in pages", () => {
    const given = givenEventBridge();
    for (const name of ["b", "c", "a"]) given.rule(name, PATTERN);
    const first = given.ask("ListRules", { Limit: 2 });
    expect(first).toMatchObject({ Rules: [{ Name: "a" }, { Name: "b" }], NextToken: "b" });
    const { NextToken } = first;
    expect(given.ask("ListRules", { Limit: 2, NextToken })).toMatchObject({ Rules: [{ Name: "c" }] });
    expect(given.ask("ListRules", { NextToken: "c" })).toEqual({ Rules: [] });
    expect(given.ask("ListRules", { Limit: 3 })).not.toHaveProperty("NextToken");
  });

  it("is deleted when it has no targets, and once more without complaint", () => {
    const given = givenEventBridge();
    given.rule("r", PATTERN);
    expect(() => given.ask("DeleteRule", { Name: "r" })).toThrow(
      "Rule can't be deleted since it has targets.",
    );
    given.ask("RemoveTargets", { Rule: "r", Ids: ["queue", "unknown"] });
    given.ask("DeleteRule", { Name: "r" });
    given.ask("DeleteRule", { Name: "r" });
    expect(() => given.ask("DescribeRule", { Name: "r" })).toThrow(
      refusal("ResourceNotFoundException", "Rule r does not exist on EventBus default."),
    );
  });

  it.each([
    [
      { Name: "r" },
      "ValidationException",
      "Parameter(s) EventPattern or ScheduleExpression must be specified.",
    ],
    [
      { Name: "r", ScheduleExpression: "rate(1 day)" },
      "ValidationException",
      "ScheduleExpression is not supported",
    ],
    [{ Name: "r!", EventPattern }, "ValidationException", "'r!' at 'name'"],
    [{ Name: "r".repeat(65), EventPattern }, "ValidationException", "length less than or equal to 64"],
    [{ Name: "r", EventPattern, State: "ON" }, "ValidationException", "Value 'ON' at 'state'"],
    [
      { Name: "r", EventPattern: '{"a":"b"}' },
      "InvalidEventPatternException",
      '"a" must be an object or an array',
    ],
  ])("is refused: %j", (input, code, message) => {
    expect(() => givenEventBridge().ask("PutRule", input)).toThrow(refusal(code, message));
  });

  it("is one of at most 300 on a bus", () => {
    const given = givenEventBridge();
    for (let at = 0; at < 300; at++) given.ask("PutRule", { Name: `r${at}`, EventPattern });
    given.ask("PutRule", { Name: "r0", EventPattern });
    expect(() => given.ask("PutRule", { Name: "one-more", EventPattern })).toThrow(
      refusal("LimitExceededException", "The requested resource exceeds the maximum number allowed."),
    );
  });

  it("can be tried without being put", () => {
    const given = givenEventBridge();
    const event = {
      id: "1",
      account: "0",
      source: "shop",
      time: "t",
      region: "r",
      resources: [],
      "detail-type": "t",
    };
    const ask = (Event: string) => given.ask("TestEventPattern", { EventPattern, Event });
    expect(ask(JSON.stringify(event))).toEqual({ Result: true });
    expect(ask(JSON.stringify({ ...event, source: "office" }))).toEqual({ Result: false });
    for (const wrong of ["x", "[]", '{"source":"shop"}']) {
      expect(() => ask(wrong)).toThrow(refusal("ValidationException", "Parameter Event is not valid."));
    }
  });
});
