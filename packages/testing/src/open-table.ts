// A local DynamoDB of a test's own, with the one table in it and the real adapter in front of it.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import type { Store } from "@stripe-lanes/core/store";
import { localClock } from "./local/clock.ts";
import { type DynamoDbOptions, type LocalDynamoDb, startDynamoDb } from "./local/dynamodb/server.ts";
import { createTable } from "./table.ts";

export type OpenTable = {
  store: Store;
  database: LocalDynamoDb;
  /** Milliseconds of each sleep of the adapter; none of them took any time. */
  slept: number[];
  close(): Promise<void>;
};

const TABLE = "stripe-lanes";

/** The SDK's own retries are off, so that a test sees what the adapter makes of each answer. */
export async function openTable(options: Partial<DynamoDbOptions> = {}): Promise<OpenTable> {
  const database = await startDynamoDb({ clock: localClock(), ...options });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({
    endpoint: database.url,
    region: "us-east-1",
    credentials,
    maxAttempts: 1,
  });
  await createTable(client, TABLE);
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => void slept.push(milliseconds);
  const close = async () => {
    client.destroy();
    await database.close();
  };
  return { store: dynamoStore({ client, table: TABLE, sleep }), database, slept, close };
}
