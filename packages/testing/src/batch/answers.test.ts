import type { SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { applying, failures, groupOf, messageOf, runOf } from "./fixtures/mistaken.ts";
import "./matchers.ts";

describe("a wrong answer", () => {
  it.each<[string, (record: SQSRecord) => unknown, RegExp]>([
    [
      "the receipt handle",
      (r) => ({ itemIdentifier: r.receiptHandle }),
      /is the receiptHandle of a-1 and not its messageId/,
    ],
    [
      "the group",
      (r) => ({ itemIdentifier: groupOf(r) }),
      /named "a" as failed, which is a message group and no messageId/,
    ],
    [
      "an unknown id",
      () => ({ itemIdentifier: "x" }),
      /named "x" as failed, which is no messageId of its batch/,
    ],
    ["an empty id", () => ({ itemIdentifier: "" }), /named "" as failed, which is no messageId/],
    [
      "another field",
      (r) => ({ messageId: r.messageId }),
      /named \{"messageId":"a-1"\} as failed, which has no itemIdentifier/,
    ],
    ["bare ids", (r) => r.messageId, /named "a-1" as failed, which has no itemIdentifier/],
  ])("to name %s fails the whole batch", async (_, failureOf, sentence) => {
    const { applied, apply } = applying();
    const run = await runOf(({ Records }) => {
      const failed = Records.find((record) => {
        try {
          apply(record);
          return false;
        } catch {
          return true;
        }
      });
      return { batchItemFailures: failed ? [failureOf(failed)] : [] };
    });
    expect(messageOf(() => expect(run).toAnswerCorrectly())).toMatch(sentence);
    expect(messageOf(() => expect(run).toAnswerCorrectly())).toContain(
      "so its whole batch failed and comes again",
    );
    expect(run.invocations).toHaveLength(2);
    expect(applied.length).toBeGreaterThan(0);
  });

  it.each([
    ["a list", [], "answered [], which is no object with batchItemFailures"],
    ["a text", "ok", 'answered "ok", which is no object with batchItemFailures'],
    ["a field that is no list", { batchItemFailures: "a-1" }, "answered batchItemFailures that is no list"],
  ])("to answer %s fails the whole batch", async (_, answer, sentence) => {
    const run = await runOf(() => answer);
    expect(messageOf(() => expect(run).toAnswerCorrectly())).toContain(sentence);
  });

  it("to fail everything behind a failure holds up the other groups", async () => {
    const { applied, apply } = applying();
    const run = await runOf(({ Records }) => {
      const at = Records.findIndex((record) => {
        try {
          apply(record);
          return false;
        } catch {
          return true;
        }
      });
      return failures(at === -1 ? [] : Records.slice(at).map(({ messageId }) => messageId));
    });
    expect(run).toKeepOrder(applied);
    expect(run).toBeExactlyOnce(applied);
    expect(messageOf(() => expect(run).toHoldUpOnly("a"))).toContain(
      "b-1 of the message group b was held up: invocation 1 left it in the queue along with a-1, a-2, a-3, b-2",
    );
    expect(messageOf(() => expect(run).toHoldUpOnly())).toContain("a-1 of the message group a was held up");
  });
});
