// The examples of the README, run: each of its blocks on batch failures stands here as it stands there.
import { readFileSync } from "node:fs";
import { billingWorker } from "@stripe-lanes/testing/batch/billing";
import { sqsRecords } from "@stripe-lanes/testing/batch/records";
import { simulateBatch } from "@stripe-lanes/testing/batch/simulate";
import { snapshotEvent } from "@stripe-lanes/testing/events";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { expect, it } from "vitest";
import "@stripe-lanes/testing/batch/matchers";

const failures = (messageIds: string[]): SQSBatchResponse => ({
  batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })),
});

it("a partial failure in the middle of a message group fails all that follows it", async () => {
  const shipped: string[] = [];
  const handler = async ({ Records }: SQSEvent) => {
    const broken = Records.findIndex(
      ({ body, attributes }) => body === "second" && attributes.ApproximateReceiveCount === "1",
    );
    const handled = broken === -1 ? Records : Records.slice(0, broken);
    shipped.push(...handled.map(({ body }) => body));
    return failures(Records.slice(handled.length).map(({ messageId }) => messageId));
  };

  const run = await simulateBatch(handler, sqsRecords(["first", "second", "third"], { group: "lane" }));

  expect(shipped).toEqual(["first", "second", "third"]);
  expect(run.invocations.map(({ messages }) => messages.length)).toEqual([3, 2]);
  expect(run.story("lane-3")).toMatchObject({ deliveries: 2, end: "deleted" });
});

it("a poison message goes to the dead-letter queue, and takes nobody along", async () => {
  const handler = async ({ Records }: SQSEvent) =>
    failures(Records.filter(({ body }) => body === "poison").map(({ messageId }) => messageId));

  const batch = sqsRecords(["healthy", "poison", "healthy too"], { group: "lane" });
  const run = await simulateBatch(handler, batch, { maxReceiveCount: 3 });

  expect(run.deadLetters).toMatchObject([{ messageId: "lane-2", body: "poison" }]);
  expect(run.story("lane-2")).toMatchObject({ deliveries: 3, end: "dead-lettered" });
  expect(run).toLoseNothing();
});

it("a crash after the commit applies no event twice", async () => {
  const worker = billingWorker();
  const customer = { object: "customer", id: "cus_1", email: "a@example.com" };
  const batch = sqsRecords([snapshotEvent({ type: "customer.created", object: customer })]);

  const run = await simulateBatch(worker, batch, { fail: [{ fault: "killed-after", invocation: 1 }] });

  expect(run.invocations).toHaveLength(2);
  expect(worker.results).toMatchObject([{ outcome: "applied" }, { outcome: "duplicate" }]);
  expect(run).toBeExactlyOnce(worker);
});

it("a redrive handles what failed, once the bug is fixed", async () => {
  const applied: string[] = [];
  const broken = async () => {
    throw new TypeError("x is not a function");
  };
  const fixed = async ({ Records }: SQSEvent) => void applied.push(...Records.map(({ body }) => body));

  const run = await simulateBatch(broken, sqsRecords(["first", "second"], { group: "lane" }));
  expect(run.deadLetters).toHaveLength(2);
  const redriven = await run.redrive(fixed);

  expect(redriven.deadLetters).toEqual([]);
  expect(redriven.story("lane-2")).toMatchObject({ deliveries: 6, end: "deleted" });
  expect(applied).toEqual(["first", "second"]);
});

it("a handler that goes on behind a failure is told what it did", async () => {
  const goesOn = async ({ Records }: SQSEvent) =>
    failures(Records.filter(({ body }) => body === "second").map(({ messageId }) => messageId));

  const batch = sqsRecords(["first", "second", "third"], { group: "lane" });
  const run = await simulateBatch(goesOn, batch, { maxReceiveCount: 3 });

  expect(() => expect(run).toKeepOrder()).toThrow("lane-3 overtook lane-2 in the message group lane");
});

it("the README shows these examples and no others", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, section = ""] = /^## Batch failures\n(.*?)^## /ms.exec(readme) ?? [];
  const blocks = [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const here = readFileSync(new URL(import.meta.url), "utf8");
  expect(blocks).toHaveLength(6);
  expect(blocks.filter((block) => !here.includes(block))).toEqual([]);
});
