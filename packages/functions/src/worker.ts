// The worker: the function that Lambda runs for batches of the lanes' queue. It only puts the parts together.
import { setTimeout as sleep } from "node:timers/promises";
import { EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { handleBatch } from "@stripe-lanes/core/batch";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import type { Ports } from "@stripe-lanes/core/ports";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { LaneProcessor } from "./processor.ts";
import { sqsQueue } from "./queue.ts";
import { logResult, messageOf } from "./records.ts";
import { readSettings } from "./settings.ts";
import { stripePort } from "./stripe.ts";

const settings = readSettings(process.env);
const logger = new Logger({ serviceName: "stripe-lanes" });
const client = new DynamoDBClient({ maxAttempts: 3, requestHandler: { requestTimeout: 3_000 } });
const store = dynamoStore({ client, table: settings.table, sleep });
const stripe = settings.stripeKey
  ? stripePort({ key: settings.stripeKey, rate: settings.stripeRate, now: Date.now })
  : undefined;
const options = {
  tenant: settings.tenant,
  mode: settings.mode,
  ledgerSeconds: settings.ledgerDays * 24 * 60 * 60,
  reserve: settings.reserve,
};

async function handleRecords(records: SQSRecord[], context: Context | undefined) {
  const results = await handleBatch(records.map(messageOf), portsFor(records, context), options);
  for (const result of results) logResult(logger, result);
  return results;
}

function portsFor(records: SQSRecord[], context: Context | undefined): Ports {
  const handles = new Map(records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]));
  const queue = sqsQueue({
    queueUrl: settings.queueUrl,
    parkedUrl: settings.parkedUrl,
    endpoint: process.env.AWS_ENDPOINT_URL_SQS,
    receiptHandleOf: ({ id }) => handles.get(id) ?? "",
    now: Date.now,
  });
  const remaining = () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  return { store, queue, stripe, now: Date.now, random: Math.random, sleep, remaining };
}

export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return processPartialResponse(event, handleRecords, new LaneProcessor(EventType.SQS), {
    context,
    throwOnFullBatchFailure: false,
  });
}
