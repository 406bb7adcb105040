import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Billing, billing } from "@stripe-lanes/core/billing";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import type { StripeObject } from "@stripe-lanes/core/event";
import { type EventJson, snapshotEvent } from "@stripe-lanes/testing/events";
import { BUS } from "@stripe-lanes/testing/local/deploy";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { describe, expect, it, onTestFinished } from "vitest";

const WORKER = { module: new URL("./worker.ts", import.meta.url), export: "handler" };

const CUSTOMER: StripeObject = {
  object: "customer",
  id: "cus_1",
  email: "a@example.com",
  preferred_locales: ["de"],
};

/** What an app reads once a worker with this environment has handled the event. */
async function readAfter(event: EventJson, env: Record<string, string>): Promise<Billing> {
  const pipeline = await startPipeline({ handler: WORKER, env });
  onTestFinished(() => pipeline.close());
  const entry = { EventBusName: BUS, Source: BUS, DetailType: event.type, Detail: JSON.stringify(event) };
  await pipeline.aws.events.command("PutEvents", { Entries: [entry] });
  await pipeline.settled();
  return readsOf(pipeline);
}

function readsOf({ aws, deployed }: Pipeline): Billing {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: aws.dynamodb.url, region: "us-east-1", credentials });
  onTestFinished(() => client.destroy());
  const store = dynamoStore({ client, table: deployed.table, sleep: async () => {} });
  return billing({ store, tenant: "main", now: () => Date.now() / 1000 });
}

describe("the whole Stripe object", () => {
  const event = snapshotEvent({ type: "customer.created", object: CUSTOMER });

  it("is read as Stripe sent it, where the worker's environment has it kept", async () => {
    const { raw } = await readAfter(event, { RAW: "on" });
    expect(await raw("customer", "cus_1")).toEqual(new Map([["cus_1", CUSTOMER]]));
  });

  it("is not there unless somebody asked for it", async () => {
    const { raw, get } = await readAfter(event, {});
    expect(await raw("customer", "cus_1")).toEqual(new Map());
    expect(await get("customer", "cus_1")).toMatchObject({ state: { email: "a@example.com" } });
  });
});
