// The worker: the function that Lambda runs for batches of the lanes' queue. It only puts the parts together.
import { setTimeout as sleep } from "node:timers/promises";
import { EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { knowingAccounts } from "@stripe-lanes/core/asking";
import { handleBatch } from "@stripe-lanes/core/batch";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import { messageOf } from "@stripe-lanes/core/message";
import type { Ports, Stripe } from "@stripe-lanes/core/ports";
import type { Store } from "@stripe-lanes/core/store";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { counting } from "./counting.ts";
import { emfMeter } from "./emf.ts";
import { metricsOf, SERVICE } from "./metrics.ts";
import { once } from "./once.ts";
import { LaneProcessor } from "./processor.ts";
import { lazySqs, sqsQueue } from "./queue.ts";
import { logResult, logTrouble } from "./records.ts";
import { readSettings } from "./settings.ts";
import { mapStacks } from "./source-maps.ts";

/** Milliseconds of one try. Three of a commit, and three of a note that is taken back, end within the reserve. */
const REQUEST_TIMEOUT = 1_000;

mapStacks(import.meta.url);
const settings = readSettings(process.env);
const logger = new Logger({ serviceName: SERVICE });
const client = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { requestTimeout: REQUEST_TIMEOUT, throwOnRequestTimeout: true },
});
// The SDK writes every request and answer down for a logger, also where there is none: nobody reads it.
client.middlewareStack.remove("loggerMiddleware");
const store = dynamoStore({ client, table: settings.table, sleep });
const sqs = lazySqs(settings.sqsEndpoint);
const stripe = settings.stripeKey ? lazyStripe(settings.stripeKey, settings.stripeRate) : undefined;
// Its dictionary is loaded only where it is used.
const pack = settings.raw ? (await import("@stripe-lanes/core/zstd")).pack : undefined;
const meter = settings.metricsStage ? emfMeter(settings.metricsStage) : undefined;
const options = {
  tenant: settings.tenant,
  mode: settings.mode,
  ledgerSeconds: settings.ledgerDays * 24 * 60 * 60,
  reserve: settings.reserve,
  naming: settings.naming,
};

/** An ordinary batch asks Stripe nothing. */
function lazyStripe(key: string, rate: number): Stripe {
  const port = once(async () =>
    (await import("./stripe.ts")).stripePort({ key, rate, now: () => performance.now() }),
  );
  return knowingAccounts({ fetch: async (request) => (await port()).fetch(request) });
}

async function handleRecords(records: SQSRecord[], context: Context | undefined) {
  const counted = counting(store);
  const ports = portsFor(records, counted.store, context);
  const results = await handleBatch(records.map(messageOf), ports, options);
  for (const result of results) logResult(logger, result);
  meter?.(metricsOf(results, counted.counts, Date.now()));
  return results;
}

function portsFor(records: SQSRecord[], store: Store, context: Context | undefined): Ports {
  const remaining = () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  const handles = new Map(records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]));
  const queue = sqsQueue({
    sqs,
    queueUrl: settings.queueUrl,
    parkedUrl: settings.parkedUrl,
    receiptHandleOf: ({ id }) => handles.get(id) ?? "",
    now: Date.now,
    remaining,
  });
  const trouble = (what: string, error: Error) => logTrouble(logger, what, error);
  return { store, queue, stripe, pack, now: Date.now, random: Math.random, sleep, remaining, trouble };
}

/**
 * Lambda's entry point: gives the ids of the messages that stay in the queue, also where that is all of them
 * ("Handling errors for an SQS event source in Lambda").
 */
export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return processPartialResponse(event, handleRecords, new LaneProcessor(EventType.SQS), {
    context,
    throwOnFullBatchFailure: false,
  });
}
