import { describe, expect, it } from "vitest";
import { failing, failingHandler, succeed } from "./fixtures/handlers.ts";
import { sqsRecords } from "./records.ts";
import { simulateBatch } from "./simulate.ts";

describe("a redrive", () => {
  const poisoned = () =>
    simulateBatch(
      failingHandler({ "a-2": 5, "a-3": 5 }),
      sqsRecords(["one", "two", "three"], { group: "a" }),
    );

  it("puts the dead letters back in their order, under ids of their own, and goes on", async () => {
    const run = await poisoned();
    const redriven = await run.redrive();
    expect(redriven.invocations.at(-1)).toMatchObject({ number: 6, messages: ["a-2", "a-3"] });
    const records = redriven.invocations.at(-1)?.records ?? [];
    expect(records.map(({ messageId }) => messageId)).not.toContain("a-2");
    expect(records.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(["1", "1"]);
    expect(redriven.story("a-3")).toMatchObject({ deliveries: 6, end: "deleted" });
    expect(redriven.deadLetters).toEqual([]);
  });

  it("leaves the run before it as it was", async () => {
    const run = await poisoned();
    await run.redrive();
    expect(run.story("a-2").end).toBe("dead-lettered");
    expect(run.deadLetters).toHaveLength(2);
    expect(run.invocations).toHaveLength(5);
  });

  it("may go on with another handler, and may fail again", async () => {
    const run = await poisoned();
    const again = await run.redrive(async ({ Records }) =>
      failing(...Records.map(({ messageId }) => messageId)),
    );
    expect(again.messages.map(({ end }) => end)).toEqual(["deleted", "dead-lettered", "dead-lettered"]);
    expect((await again.redrive(succeed)).messages.map(({ end }) => end)).not.toContain("dead-lettered");
  });

  it("of an empty dead-letter queue changes nothing", async () => {
    const run = await simulateBatch(succeed, sqsRecords(["one"]));
    expect((await run.redrive()).invocations).toEqual(run.invocations);
  });
});
