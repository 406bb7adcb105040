import { setTimeout as sleep } from "node:timers/promises";
import { snapshotEvent } from "@stripe-lanes/testing/events";
import { BUS } from "@stripe-lanes/testing/local/deploy";
import { startEventSourceMapping } from "@stripe-lanes/testing/local/lambda/mapping";
import { startRuntime } from "@stripe-lanes/testing/local/lambda/runtime";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { nextVisibleAt } from "@stripe-lanes/testing/local/sqs/questions";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readTable } from "../dump.ts";
import { WORKER } from "../worker.ts";
import { dlq, dlqAlone } from "./fixtures/command.ts";

const customerEvent = (id: string, customer: string, name: string) =>
  snapshotEvent({
    id,
    type: "customer.updated",
    livemode: true,
    object: { object: "customer", id: customer, name, livemode: true },
  });

/** A deployed queue's URL names AWS's host; the endpoint that the environment names has to win all the same. */
const onAws = (url: string) => `https://sqs.us-east-1.amazonaws.com${new URL(url).pathname}`;

/** The worker of another deployment takes over the queue. */
async function redeploy({ aws, deployed, clock, mapping, runtime }: Pipeline, MODE: string) {
  await mapping.stop();
  await runtime.stop();
  const { table, queueUrl, parkedUrl, queueArn } = deployed;
  const names = { TABLE_NAME: table, QUEUE_URL: queueUrl, PARKED_QUEUE_URL: parkedUrl };
  const next = startRuntime({
    handler: WORKER,
    timeout: 15,
    maxEnvironments: 2,
    env: { ...aws.env, ...names, MODE },
  });
  const nextMapping = startEventSourceMapping({
    sqs: { ...aws.sqs, nextVisibleAt: (url) => nextVisibleAt(aws.sqs.state, url, clock.now()) },
    queueUrl,
    queueArn,
    runtime: next,
    clock,
    maximumConcurrency: 2,
    reportBatchItemFailures: true,
  });
  return async () => {
    await nextMapping.stop();
    await next.stop();
  };
}

async function namesOf(pipeline: Pipeline): Promise<unknown[]> {
  const { rows } = await readTable(pipeline);
  return rows.filter(({ noun }) => noun === "customer").map(({ state }) => (state as { name?: string }).name);
}

describe("live events in a test stage, parked, and redriven", () => {
  let pipeline: Pipeline;
  let local: string;
  let env: Record<string, string>;
  let stopNext: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    pipeline = await startPipeline({ handler: WORKER, mode: "test" });
    const { aws, deployed } = pipeline;
    local = `--endpoint-sqs ${aws.sqs.url} --endpoint-dynamodb ${aws.dynamodb.url}`;
    env = {
      SST_RESOURCE_Lanes: JSON.stringify({ url: onAws(deployed.queueUrl) }),
      SST_RESOURCE_Parked: JSON.stringify({ url: onAws(deployed.parkedUrl) }),
      SST_RESOURCE_Table: JSON.stringify({ name: deployed.table }),
    };
    const events = [
      customerEvent("evt_1", "cus_1", "first"),
      customerEvent("evt_2", "cus_1", "second"),
      customerEvent("evt_3", "cus_2", "first"),
      { id: "evt_4", type: "customer.updated", object: "event" },
    ];
    const Entries = events.map((event) => ({
      EventBusName: BUS,
      Source: BUS,
      DetailType: event.type,
      Detail: JSON.stringify(event),
    }));
    await aws.events.command("PutEvents", { Entries });
    await pipeline.settled();
  });
  afterAll(async () => {
    await stopNext?.();
    await pipeline.close();
  });

  it("are listed with their reasons", async () => {
    const { code, out } = await dlq(`list ${local} --json`);
    const { total, messages } = JSON.parse(out);
    expect({ code, total }).toEqual({ code: 0, total: 4 });
    const told = messages.map((one: { eventId: string; reason: string }) => `${one.eventId} ${one.reason}`);
    expect(told.toSorted()).toEqual([
      "evt_1 wrong-mode",
      "evt_2 wrong-mode",
      "evt_3 wrong-mode",
      "evt_4 not-an-event",
    ]);
    expect(out).not.toContain("first");
  });

  it("are listed for a person, those of one reason alone if asked", async () => {
    const { out } = await dlq(`list ${local} --reason wrong-mode`);
    expect(out).toContain("3 of 4 parked messages.");
    expect(out).toMatch(/wrong-mode +evt_3 +customer\.updated +lane-\w+ +1$/m);
    expect(out).not.toContain("not-an-event");
  });

  it("are shown with their bodies", async () => {
    const { code, out } = await dlq(`show evt_2 ${local}`);
    expect(code).toBe(0);
    expect(out).toMatch(/^reason +wrong-mode$/m);
    expect(out).toContain('"name": "second"');
  });

  it("are parked again where nothing was put right, which is a failure", async () => {
    await sleep(1_000);
    const { code, out } = await dlq(`redrive --event evt_1 ${local}`);
    expect(code).toBe(1);
    expect(out).toMatch(/evt_1 +customer\.updated +lane-\w+ +parked again +wrong-mode/);
    expect(JSON.parse((await dlq(`list ${local} --json`)).out).total).toBe(4);
  });

  it("wait in their lane where nobody takes them", async () => {
    await pipeline.mapping.stop();
    const { code, out, err } = await dlq(`redrive --event evt_3 --wait 1 ${local}`);
    expect(code).toBe(0);
    expect(out).toMatch(/evt_3 +customer\.updated +lane-\w+ +waiting +no outcome yet/);
    expect(err).toBe("Sent 1; waiting up to 1 s for outcomes.");
  });

  it("are applied, the last state last, when a worker comes that takes them", async () => {
    stopNext = await redeploy(pipeline, "any");
    const { code, out } = await dlq(`redrive --reason wrong-mode --json ${local}`);
    const { redriven, left, messages } = JSON.parse(out);
    expect({ code, redriven, left }).toEqual({ code: 0, redriven: 2, left: [] });
    const outcomes = new Map(
      messages.map((one: { eventId: string; outcome: string }) => [one.eventId, one.outcome]),
    );
    expect(outcomes.get("evt_2")).toBe("applied");
    // The event that waited in its lane is not of this redrive, which does not wait for it.
    await vi.waitFor(async () => expect(await namesOf(pipeline)).toEqual(["second", "first"]), 30_000);
  });

  it("are reached through the names that sst shell gives, and nothing else is left but what is no event", async () => {
    const { code, out, err } = await dlqAlone("list --reason none", { ...pipeline.aws.env, ...env }).ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe("0 of 1 parked messages.");
  });

  it("are not found by an id that is not there", async () => {
    expect(await dlq(`show evt_9 ${local}`)).toEqual({
      code: 2,
      out: "",
      err: "evt_9 is not among the 1 parked messages that SQS shows.",
    });
    expect(await dlq(`redrive --event evt_9 ${local}`)).toEqual({
      code: 2,
      out: "",
      err: "evt_9 is not parked.",
    });
  });

  it("go back all at once by SQS itself", async () => {
    const { code, out } = await dlq(`redrive --all --move ${local}`);
    expect({ code, out }).toEqual({
      code: 0,
      out: "1 of 1 messages moved to their groups in the lanes' queue.",
    });
  });
});
