// What most teams on Lambda would write, from the documentation of Powertools for AWS Lambda (TypeScript): "Batch
// Processing" (SQS FIFO), "Idempotency" (its integration with batch processing), "Logger".
import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch";
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { Logger } from "@aws-lambda-powertools/logger";
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSRecord } from "aws-lambda";
import type { Open, Opened } from "../contender.ts";
import { rowOf, type StripeEvent } from "./state.ts";

/** Seconds for which Stripe can resend an event. */
const RESENDABLE = 30 * 24 * 60 * 60;

/** Milliseconds, as of an invocation that has just begun. */
const REMAINING = 15_000;

const context = { getRemainingTimeInMillis: () => REMAINING } as Context;
const logger = new Logger({ serviceName: "textbook" });

export const open: Open = async ({ dynamodb, table }) => {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: dynamodb, region: "us-east-1", credentials });
  await createIdempotencyTable(client, idempotencyTableOf(table));
  return { handle: handlerOn(client, table), close: async () => client.destroy() };
};

/** What its start makes. */
export function handlerOn(client: DynamoDBClient, table: string): Opened["handle"] {
  const documents = DynamoDBDocumentClient.from(client);
  const keepOnce = onceFor(client, table, (event) => keep(documents, table, event));
  const recordHandler = async ({ body, attributes }: SQSRecord) => {
    try {
      const event = JSON.parse(body) as StripeEvent;
      const outcome = await keepOnce(event, event.id);
      logger.info("handled", { event: event.id, type: event.type, lane: attributes.MessageGroupId, outcome });
    } catch (error) {
      logger.error("failed", error as Error);
      throw error;
    }
  };
  // A processor remembers its batch, and batches of several lanes may be handled at once.
  return (batch) =>
    processPartialResponse(batch, recordHandler, new SqsFifoPartialProcessorAsync(), {
      context,
      skipGroupOnError: true,
      throwOnFullBatchFailure: false,
    });
}

type Keep = (event: StripeEvent) => Promise<string>;

/** Once for an event id: two requests around `keep`, in the table of its own that the documentation asks for. */
function onceFor(client: DynamoDBClient, table: string, keep: Keep) {
  const tableName = idempotencyTableOf(table);
  const config = new IdempotencyConfig({ expiresAfterSeconds: RESENDABLE, lambdaContext: context });
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client });
  const keepFor = (event: StripeEvent, _id: string) => keep(event);
  return makeIdempotent(keepFor, { persistenceStore, config, dataIndexArgument: 1 });
}

function idempotencyTableOf(table: string): string {
  return `${table}-idempotency`;
}

async function createIdempotencyTable(client: DynamoDBClient, name: string): Promise<void> {
  const definition = new CreateTableCommand({
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  });
  await client.send(definition).catch((error) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: name });
}

/** The read is consistent: the write that follows it has no condition. */
async function keep(documents: DynamoDBDocumentClient, table: string, event: StripeEvent): Promise<string> {
  const row = rowOf(event);
  const Key = { pk: row.pk, sk: row.sk };
  const { Item: before } = await documents.send(
    new GetCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  if (before?.asOf > row.asOf) return "superseded";
  await documents.send(new PutCommand({ TableName: table, Item: row }));
  return "applied";
}
