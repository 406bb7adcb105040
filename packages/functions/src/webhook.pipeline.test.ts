import { type EventJson, FIRST_SECOND, snapshotEvent } from "@stripe-lanes/testing/events";
import { deployWebhookBus, WEBHOOK } from "@stripe-lanes/testing/local/deploy";
import { startRuntime } from "@stripe-lanes/testing/local/lambda/runtime";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { describe, expect, it, onTestFinished } from "vitest";
import { SECRET, urlEventOf } from "./fixtures/request.ts";

const LANES = 4;

const functionAt = (file: string) => ({ module: new URL(file, import.meta.url), export: "handler" });

/** The whole way with a bus of our own beside the partner's, and the webhook in front of it. */
async function givenWebhook(unsure: { keepsEscapes?: boolean } = {}) {
  const logged: string[] = [];
  const pipeline = await startPipeline({ handler: functionAt("./worker.ts"), lanes: LANES, ...unsure });
  onTestFinished(() => pipeline.close());
  await deployWebhookBus(pipeline.aws, LANES);
  const webhook = startRuntime({
    handler: functionAt("./webhook.ts"),
    env: { ...pipeline.aws.env, BUS_NAME: WEBHOOK.bus, SOURCE: WEBHOOK.sourcePrefix, WEBHOOK_SECRET: SECRET },
    timeout: 15,
    onLog: (line) => logged.push(line),
  });
  onTestFinished(() => webhook.stop());
  const post = (body: string) => webhook.invoke(urlEventOf(body));
  return { pipeline, post, logged };
}

async function itemsOf({ aws, deployed }: Pipeline) {
  const { Items } = (await aws.dynamodb.dispatch("Scan", { TableName: deployed.table })) as {
    Items: Record<string, { S?: string }>[];
  };
  return Items;
}

function customerIs(name: string, created: number, pending: number): EventJson {
  const object = { object: "customer", id: "cus_1", name };
  const event = snapshotEvent({ id: `evt_${created}`, type: "customer.updated", object, created });
  return { ...event, pending_webhooks: pending };
}

describe("an event that Stripe posts to the webhook", () => {
  it("goes by the bus, its lane and the worker into its row, in Stripe's order, once", async () => {
    const { pipeline, post, logged } = await givenWebhook();
    const later = customerIs("Ada", FIRST_SECOND + 1, 1);
    const earlier = customerIs("A.", FIRST_SECOND, 1);
    const again = { ...later, pending_webhooks: 0 };
    for (const event of [later, earlier, again]) {
      expect(await post(JSON.stringify(event))).toMatchObject({ statusCode: 200 });
    }
    await pipeline.settled();
    const rows = (await itemsOf(pipeline)).filter(({ parts }) => parts !== undefined);
    expect(rows.map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual([["main#cus_1", "customer#cus_1"]]);
    expect(JSON.stringify(rows)).toContain("Ada");
    expect([pipeline.outcomes.count("applied"), pipeline.outcomes.count("superseded")]).toEqual([1, 1]);
    expect(logged).toHaveLength(3);
  });

  it("that holds a number past 2^53 is parked for that, and neither rounded nor refused", async () => {
    const { pipeline, post } = await givenWebhook();
    const body = JSON.stringify(customerIs("Ada", FIRST_SECOND, 1)).replace('"Ada"', "9007199254740993");
    expect(await post(body)).toMatchObject({ statusCode: 200 });
    await pipeline.settled();
    expect(pipeline.outcomes.parkedReasons()).toEqual({ "unsafe-number": 1 });
  });

  it.each(["\uffff", "\ud800"])(
    "that holds %j, which SQS refuses, gets through where EventBridge keeps escapes, and is seen where it does not",
    async (character) => {
      const seen = [];
      for (const keepsEscapes of [true, false]) {
        const { pipeline, post } = await givenWebhook({ keepsEscapes });
        const event = customerIs(character, FIRST_SECOND, 1);
        expect(await post(JSON.stringify(event))).toMatchObject({ statusCode: 200 });
        await pipeline.settled({ skipWaiting: true });
        seen.push([pipeline.outcomes.count("applied"), pipeline.outcomes.count("parked")]);
      }
      expect(seen[0]?.[0]).toBe(1);
      expect(seen[1]?.some((count) => count > 0)).toBe(true);
    },
  );

  it("of more than 256 KB comes to the worker, which needs a Stripe key for it", async () => {
    const { pipeline, post } = await givenWebhook();
    const event = customerIs("x".repeat(262_144), FIRST_SECOND, 1);
    expect(await post(JSON.stringify(event))).toMatchObject({ statusCode: 200 });
    await pipeline.settled();
    expect(pipeline.outcomes.parkedReasons()).toEqual({ "no-stripe-key": 1 });
  });

  it("and that another source puts on our bus is the event, or is parked", async () => {
    const { pipeline } = await givenWebhook();
    const put = (Source: string, detail: object) =>
      pipeline.aws.events.command("PutEvents", {
        Entries: [{ EventBusName: WEBHOOK.bus, Source, DetailType: "t", Detail: JSON.stringify(detail) }],
      });
    const event = customerIs("Ada", FIRST_SECOND, 1);
    await put("com.example.relay", event);
    await put("stripe.com", { ...event, id: "evt_forged" });
    await put("com.example.orders", { order: 1 });
    await pipeline.settled();
    expect(pipeline.outcomes.count("applied")).toBe(1);
    expect(pipeline.outcomes.parkedReasons()).toEqual({ "not-an-event": 2 });
  });

  it("and that Stripe does not document is parked, and not lost", async () => {
    const { pipeline, post } = await givenWebhook();
    const body = '{"object":"v3.core.event","id":"evt_3","type":"v3.customer.updated"}';
    expect(await post(body)).toMatchObject({ statusCode: 200 });
    await pipeline.settled();
    expect(pipeline.outcomes.parkedReasons()).toEqual({ "not-an-event": 1 });
  });
});
