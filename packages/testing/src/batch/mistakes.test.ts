// The mistakes that people make with partial batch responses of a FIFO queue: each fails a matcher that says which.
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { applying, batch, failures, groupOf, messageOf, rightHandler, runOf } from "./fixtures/mistaken.ts";
import "./matchers.ts";
import { simulateBatch } from "./simulate.ts";

describe("a handler that stops a message group at its first failure", () => {
  it("passes every matcher", async () => {
    const { applied, apply } = applying();
    const run = await runOf(rightHandler(apply));
    expect(run).toKeepOrder();
    expect(run).toKeepOrder(applied);
    expect(run).toBeExactlyOnce(applied);
    expect(run).toLoseNothing(applied);
    expect(run).toAnswerCorrectly();
    expect(run).toHoldUpOnly("a");
  });

  it("passes also where a poison message ends in the dead-letter queue and is redriven", async () => {
    const applied: string[] = [];
    const poison = rightHandler((record) => {
      if (record.messageId === "a-1") throw new Error("never");
      applied.push(record.messageId);
    });
    const run = await runOf(poison);
    expect(run.deadLetters.map(({ messageId }) => messageId)).toContain("a-1");
    expect(run).toKeepOrder(applied);
    expect(run).toLoseNothing(applied);
    const redriven = await run.redrive(rightHandler(({ messageId }) => void applied.push(messageId)));
    expect(redriven).toKeepOrder(applied);
    expect(redriven).toBeExactlyOnce(applied);
  });
});

describe("a mistake with a partial batch response", () => {
  it("to go on in the group of a failed message lets others overtake it", async () => {
    const { applied, apply } = applying();
    const run = await runOf(({ Records }) => {
      const failed = Records.filter((record) => {
        try {
          apply(record);
          return false;
        } catch {
          return true;
        }
      });
      return failures(failed.map(({ messageId }) => messageId));
    });
    expect(messageOf(() => expect(run).toKeepOrder()).split("\n")).toEqual([
      "expected every message group to keep its order:",
      expect.stringMatching(
        /^ {2}a-2 overtook a-1 in the message group a: invocation 1 named a-1 as failed and acknowledged a-2 behind it/,
      ),
      expect.stringMatching(/^ {2}a-3 overtook a-1 in the message group a/),
    ]);
    expect(messageOf(() => expect(run).toKeepOrder(applied))).toContain("a-2 took effect before a-1");
    expect(run).toBeExactlyOnce(applied);
  });

  it("to apply what follows a failure and name it as failed all the same takes effect out of order, and again", async () => {
    const { applied, apply } = applying();
    const run = await runOf(({ Records }) => {
      const stopped = new Set<string>();
      for (const record of Records) {
        try {
          apply(record);
        } catch {
          stopped.add(groupOf(record));
        }
      }
      return failures(
        Records.filter((record) => stopped.has(groupOf(record))).map(({ messageId }) => messageId),
      );
    });
    expect(messageOf(() => expect(run).toKeepOrder({ effects: applied }))).toContain(
      "a-2 took effect before a-1, which stands before it in the message group a",
    );
    expect(messageOf(() => expect(run).toBeExactlyOnce(applied))).toMatch(
      /a-2 took effect 2 times.*because invocation 1 named it as failed after its effect/s,
    );
  });

  it.each([
    ["to answer an empty list", { batchItemFailures: [] }, "answered that no message failed"],
    ["to answer nothing", undefined, "answered nothing"],
    [
      "to misspell the field",
      { batchItemFailure: [{ itemIdentifier: "a-1" }] },
      "which has no batchItemFailures",
    ],
  ])("%s after a failure deletes what was not applied", async (_, answer, said) => {
    const { applied, apply } = applying();
    const run = await runOf(({ Records }) => {
      for (const record of Records) {
        try {
          apply(record);
        } catch {
          return answer;
        }
      }
      return answer;
    });
    for (const assertion of [
      () => expect(run).toBeExactlyOnce(applied),
      () => expect(run).toLoseNothing(applied),
    ]) {
      const message = messageOf(assertion);
      expect(message).toContain(
        "a-1 took effect 0 times: a-1 was delivered once, in invocation 1, and was deleted",
      );
      expect(message).toMatch(new RegExp(`because invocation 1 .*${said}`));
    }
  });

  it("to swallow one error acknowledges it as if it were applied", async () => {
    const { applied, apply } = applying("b-2");
    const run = await runOf(({ Records }) => {
      for (const record of Records) {
        try {
          apply(record);
        } catch {}
      }
      return failures([]);
    });
    expect(messageOf(() => expect(run).toLoseNothing(applied))).toMatch(
      /b-2 took effect 0 times.*because invocation 1 answered that no message failed, which acknowledges its whole batch/s,
    );
  });

  it("to throw after some were applied applies them again, and holds up every group", async () => {
    const { applied, apply } = applying("b-1");
    const run = await runOf(({ Records }) => {
      for (const record of Records) apply(record);
      return failures([]);
    });
    expect(messageOf(() => expect(run).toBeExactlyOnce(applied))).toMatch(
      /a-1 took effect 2 times.*because invocation 1 threw .*The card network is down\., so its whole batch came again/s,
    );
    expect(messageOf(() => expect(run).toHoldUpOnly("b"))).toContain(
      "a-1 of the message group a was held up: invocation 1 threw",
    );
  });

  it("not to wait for its work acknowledges everything before any of it is done", async () => {
    const applied: string[] = [];
    const never = Promise.withResolvers<void>();
    const run = await runOf(({ Records }) => {
      Records.forEach(async ({ messageId }) => {
        await never.promise;
        applied.push(messageId);
      });
      return failures([]);
    });
    expect(messageOf(() => expect(run).toLoseNothing(applied))).toMatch(
      /a-1 took effect 0 times.*because invocation 1 answered that no message failed, which acknowledges its whole batch/s,
    );
  });

  it("to remember in memory what was applied is forgotten with the process", async () => {
    const applied: string[] = [];
    const connect = () => {
      const seen = new Set<string>();
      return async ({ Records }: SQSEvent) => {
        for (const { messageId } of Records) {
          if (!seen.has(messageId)) applied.push(messageId);
          seen.add(messageId);
        }
      };
    };
    const run = await simulateBatch({ connect }, batch, { fail: [{ fault: "killed-after", invocation: 1 }] });
    expect(messageOf(() => expect(run).toBeExactlyOnce(applied))).toMatch(
      /a-1 took effect 2 times.*because invocation 1 was struck by the fault killed-after/s,
    );
  });

  it("to remember a message before it was applied loses it when it comes again", async () => {
    const { applied, apply } = applying();
    const seen = new Set<string>();
    const remembering = (record: SQSRecord) => {
      if (seen.has(record.messageId)) return;
      seen.add(record.messageId);
      apply(record);
    };
    const run = await runOf(rightHandler(remembering));
    expect(messageOf(() => expect(run).toLoseNothing(applied))).toMatch(
      /a-1 took effect 0 times: a-1 was delivered 2 times.*because invocation 2 answered that no message failed/s,
    );
  });
});

it("what must stay in order can be less than a message group", async () => {
  const { apply } = applying();
  const run = await runOf(({ Records }) => {
    try {
      for (const record of Records) apply(record);
    } catch {
      return failures(["a-1", "a-3"]);
    }
    return failures([]);
  });
  const parity = ({ messageId, group }: { messageId: string; group: string }) =>
    `${group} ${Number(messageId.at(-1)) % 2}`;
  expect(messageOf(() => expect(run).toKeepOrder())).toContain("a-2 overtook a-1 in the message group a:");
  expect(run).toKeepOrder({ by: parity });
  expect(messageOf(() => expect(run).toKeepOrder({ by: () => "one" }))).toContain("a-2 overtook a-1 in one:");
  expect(() => expect(run).not.toKeepOrder({ by: parity })).toThrow("there is none");
});
