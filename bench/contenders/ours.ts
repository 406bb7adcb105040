// The worker's bundle, with the environment that infra/worker.ts gives it.
import { randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";
import { configurationOf, contextOf, environmentVariables } from "@stripe-lanes/testing/local/lambda/context";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Opened, Place } from "../contender.ts";

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Megabytes, and milliseconds. */
const [MEMORY, TIMEOUT] = [512, 15_000];
const CONFIGURATION = configurationOf("worker", MEMORY, "bench");

/** Nothing listens there: a batch in which nothing fails asks nothing of its queues. */
const NO_QUEUE = "http://127.0.0.1:9/000000000000";

export async function open({ dynamodb, table, bundle }: Place): Promise<Opened> {
  if (bundle === undefined) throw new Error("the worker's bundle is missing");
  Object.assign(process.env, environmentVariables(CONFIGURATION, environmentOf(dynamodb, table)));
  const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: Handler };
  const invoked = () => contextOf(CONFIGURATION, { awsRequestId: randomUUID(), timeout: TIMEOUT });
  return { handle: (batch) => handler(batch, invoked()), close: async () => {} };
}

/** What infra/worker.ts tells it, with what the SDK needs here. */
export function environmentOf(dynamodb: string, table: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    TABLE_NAME: table,
    QUEUE_URL: `${NO_QUEUE}/lanes.fifo`,
    PARKED_QUEUE_URL: `${NO_QUEUE}/parked.fifo`,
    TENANT: "main",
    MODE: "test",
    METRICS: "on",
    STAGE: "bench",
  };
}
