import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import "./matchers.ts";
import { sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

const batch = sqsRecords(["one", "two"], { group: "a" });

/** A handler that notes each message it handles: naively, or once for each id. */
function noting(options: { idempotent: boolean; skips?: string; fails?: string }) {
  const effects: string[] = [];
  const handler = async ({ Records }: SQSEvent) => {
    const failed = Records.filter(({ messageId }) => messageId === options.fails);
    for (const { messageId } of Records.filter((record) => !failed.includes(record))) {
      if (messageId === options.skips || (options.idempotent && effects.includes(messageId))) continue;
      effects.push(messageId);
    }
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  return { effects, handler };
}

const crashAfter = { fail: [{ fault: "killed-after", invocation: 1 }] } as const;

describe("toBeExactlyOnce", () => {
  it("holds where a handler bears to be killed after its work", async () => {
    const { effects, handler } = noting({ idempotent: true });
    expect(await simulateBatch(handler, batch, crashAfter)).toBeExactlyOnce(effects);
  });

  it("fails where it does its work again, and says for which message", async () => {
    const { effects, handler } = noting({ idempotent: false });
    const run = await simulateBatch(handler, batch, crashAfter);
    expect(() => expect(run).toBeExactlyOnce(effects)).toThrow(
      `expected every message to take effect exactly once:
  a-1 took effect 2 times: a-1 was delivered 2 times, in invocations 1, 2, and was deleted
  a-2 took effect 2 times: a-2 was delivered 2 times, in invocations 1, 2, and was deleted`,
    );
    expect(run).not.toBeExactlyOnce(effects);
  });

  it("fails where a message was deleted without its effect", async () => {
    const { effects, handler } = noting({ idempotent: true, skips: "a-2" });
    const run = await simulateBatch(handler, batch);
    expect(() => expect(run).toBeExactlyOnce(effects)).toThrow(
      "a-2 took effect 0 times: a-2 was delivered once, in invocation 1, and was deleted",
    );
  });

  it("asks no effect of a dead letter, but lets it have no second one", async () => {
    const { effects, handler } = noting({ idempotent: true, fails: "a-2" });
    const run = await simulateBatch(handler, batch);
    expect(run).toBeExactlyOnce(effects);
    expect(run).toBeExactlyOnce([...effects, "a-2"]);
    expect(run).not.toBeExactlyOnce([...effects, "a-2", "a-2"]);
  });

  it("takes messages together that should have one effect", async () => {
    const { effects, handler } = noting({ idempotent: true });
    const run = await simulateBatch(handler, batch);
    const order = { effects: () => effects.map(() => "order"), effectOf: () => "order" };
    expect(() => expect(run).toBeExactlyOnce(order)).toThrow("order took effect 2 times");
    expect(run).toBeExactlyOnce({ ...order, effects: () => ["order"] });
    expect(run).toBeExactlyOnce({ effects: () => [], effectOf: () => undefined });
  });

  it("asks the effect of messages of which one is a dead letter and another is not", async () => {
    const run = await simulateBatch(noting({ idempotent: true, fails: "a-2" }).handler, batch);
    expect(run).not.toBeExactlyOnce({ effects: () => [], effectOf: () => "order" });
  });

  it("says what it found where it should not hold", async () => {
    const { effects, handler } = noting({ idempotent: true });
    const run = await simulateBatch(handler, batch);
    expect(() => expect(run).not.toBeExactlyOnce(effects)).toThrow(
      "expected a message to take effect never or again, and there is none",
    );
  });
});

describe("toLoseNothing", () => {
  const poison = noting({ idempotent: true, fails: "a-2" }).handler;

  it("holds where every message was deleted or is in the dead-letter queue", async () => {
    const run = await simulateBatch(poison, batch, crashAfter);
    expect(run.deadLetters).toHaveLength(1);
    expect(run).toLoseNothing();
    expect(() => expect(run).not.toLoseNothing()).toThrow("expected a message to be lost, and there is none");
  });

  it("fails where a failed message was deleted", async () => {
    const run = await simulateBatch(poison, batch, { reportBatchItemFailures: false });
    expect(() => expect(run).toLoseNothing()).toThrow(
      "a-2 was delivered once, in invocation 1, and was deleted although the answer named it as failed",
    );
  });

  it("fails where a message expired", async () => {
    const run = await simulateBatch(poison, batch, { visibilityTimeout: 43_200, maxReceiveCount: 1000 });
    expect(() => expect(run).toLoseNothing()).toThrow("a-2 was delivered 8 times");
    expect(run).not.toLoseNothing();
  });

  it("takes a run that is still to come", async () => {
    await expect(simulateBatch(poison, batch)).resolves.toLoseNothing();
  });
});
