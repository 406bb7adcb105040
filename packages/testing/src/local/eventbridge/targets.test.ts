// Targets: what the API keeps, lists and refuses.
import { describe, expect, it } from "vitest";
import { givenEventBridge, QUEUE } from "./given.ts";

const EventPattern = JSON.stringify({ source: ["shop"] });

const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe("a target", () => {
  const fifo = `${QUEUE}.fifo`;
  const put = (...Targets: object[]) => {
    const given = givenEventBridge();
    given.ask("PutRule", { Name: "r", EventPattern });
    const reply = given.ask("PutTargets", { Rule: "r", Targets });
    return { given, reply };
  };

  it("that is a FIFO queue gets its fixed message group, even if that looks like a path", () => {
    const { given } = put({ Id: "t", Arn: fifo, SqsParameters: { MessageGroupId: "$.detail.customer" } });
    given.put({ customer: "cus_1" });
    expect(given.taken()).toMatchObject([{ targetArn: fifo, messageGroupId: "$.detail.customer" }]);
  });

  it.each([
    [{ Id: "t", Arn: fifo }, "Parameter(s) SqsParameters must be specified for target: t."],
    [
      { Id: "t", Arn: fifo, SqsParameters: { MessageGroupId: "g".repeat(101) } },
      "at 'targets.1.member.sqsParameters.messageGroupId' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [{ Id: "!", Arn: QUEUE }, "Value '!' at 'targets.1.member.id'"],
    [{ Id: "t".repeat(65), Arn: QUEUE }, "length less than or equal to 64"],
    [
      { Id: "t", Arn: "queue" },
      "Parameter queue is not valid. Reason: Provided Arn is not in correct format.",
    ],
    [{ Id: "t", Arn: QUEUE, RetryPolicy: { MaximumRetryAttempts: 186 } }, "less than or equal to 185"],
    [{ Id: "t", Arn: QUEUE, RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, "greater than or equal to 60"],
    [{ Id: "t", Arn: QUEUE, DeadLetterConfig: { Arn: fifo } }, "must be a standard queue"],
    [{ Id: "t", Arn: QUEUE, InputPath: "x" }, "InputPath for target t is not a valid JSON path"],
  ])("is refused: %j", (target, message) => {
    expect(() => put(target)).toThrow(refusal("ValidationException", message));
  });

  it("is one of at most 5 of its rule, and one with a known id replaces the other", () => {
    const five = ["a", "b", "c", "d", "e"].map((Id) => ({ Id, Arn: QUEUE }));
    const { given, reply } = put(...five);
    expect(reply).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    given.ask("PutTargets", { Rule: "r", Targets: [{ Id: "a", Arn: QUEUE, Input: "1" }] });
    expect(given.ask("ListTargetsByRule", { Rule: "r", Limit: 1 })).toMatchObject({
      Targets: [{ Id: "a", Input: "1" }],
    });
    const sixth = { Rule: "r", Targets: [{ Id: "f", Arn: QUEUE }] };
    expect(() => given.ask("PutTargets", sixth)).toThrow(
      refusal("LimitExceededException", "exceeds the maximum"),
    );
  });

  it("needs a rule", () => {
    const input = { Rule: "r", Targets: [{ Id: "t", Arn: QUEUE }] };
    expect(() => givenEventBridge().ask("PutTargets", input)).toThrow(
      "Rule r does not exist on EventBus default.",
    );
  });
});
