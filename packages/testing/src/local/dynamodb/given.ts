// For the tests beside this: a local DynamoDB, a real client that never retries, tables, rows and actions.
import { setImmediate } from "node:timers/promises";
import {
  type AttributeValue,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { localClock, type MovableClock } from "../clock.ts";
import { lanes, numbered, owned, table } from "./given-tables.ts";
import { type DynamoDbOptions, type LocalDynamoDb, startDynamoDb } from "./server.ts";

export type Row = Record<string, AttributeValue>;

export type Given = { client: DynamoDBClient; dynamodb: LocalDynamoDb; clock: MovableClock };

type GivenOptions = Omit<DynamoDbOptions, "clock"> & { clock?: MovableClock };

/** Runs with its three tables and with metrics at zero; client and server are closed when the test is finished. */
export async function givenDynamoDb(options: GivenOptions = {}): Promise<Given> {
  const clock = options.clock ?? localClock();
  const dynamodb = await startDynamoDb({ ...options, clock });
  const client = clientOf(dynamodb.url);
  onTestFinished(async () => {
    client.destroy();
    await dynamodb.close();
  });
  const given = { client, dynamodb, clock };
  const created = [lanes, owned, numbered].map((input) => dynamodb.dispatch("CreateTable", input));
  clock.advance(typeof options.latency === "number" ? options.latency : 0);
  await Promise.all(created);
  dynamodb.resetMetrics();
  return given;
}

/** Long enough that no request ends before a test lets it. */
export const endless = 3_600_000;

/** Waits until so many requests have arrived since the metrics were reset. */
export async function arrivals({ dynamodb }: Given, count: number): Promise<void> {
  const arrived = () =>
    Object.values(dynamodb.metrics().requests).reduce((total, requests) => total + requests, 0);
  while (arrived() < count) await setImmediate();
}

/** A client that tries once, so that a test sees every error. */
export function clientOf(endpoint: string, config: DynamoDBClientConfig = {}): DynamoDBClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  return new DynamoDBClient({ region: "us-east-1", endpoint, credentials, maxAttempts: 1, ...config });
}

/** The key of a row of that id; its sort key is the same for all. */
export const keyOf = (id: string): Row => ({ pk: { S: id }, sk: { S: "row" } });

/** A row with a revision, and whatever else. */
export const row = (id: string, rev: number, more: Row = {}): Row => ({
  ...keyOf(id),
  rev: { N: String(rev) },
  ...more,
});

/** A row of exactly so many bytes. */
export function rowOfBytes(id: string, bytes: number): Row {
  const overhead = "pk".length + "sk".length + id.length + "row".length + "pad".length;
  return { ...keyOf(id), pad: { S: "x".repeat(bytes - overhead) } };
}

/** What a promise was refused with. */
export async function refusalOf<T>(promise: Promise<T>) {
  try {
    await promise;
  } catch (error) {
    return error as Error & {
      CancellationReasons?: { Code: string; Message?: string; Item?: Row }[];
      Item?: Row;
    };
  }
  throw new Error("Nothing was refused");
}

/** A Put in a transaction; `condition` adds its members. */
export const put = (Item: Row, condition: object = {}): TransactWriteItem => ({
  Put: { TableName: table, Item, ...condition },
});
/** A Delete in a transaction. */
export const remove = (id: string, condition: object = {}): TransactWriteItem => ({
  Delete: { TableName: table, Key: keyOf(id), ...condition },
});
/** An Update in a transaction; `more` adds its members, such as a condition. */
export const update = (
  id: string,
  expression: string,
  values: Row,
  more: object = {},
): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: keyOf(id),
    UpdateExpression: expression,
    ExpressionAttributeValues: values,
    ...more,
  },
});
/** A ConditionCheck in a transaction. */
export const check = (id: string, expression: string, more: object = {}): TransactWriteItem => ({
  ConditionCheck: { TableName: table, Key: keyOf(id), ConditionExpression: expression, ...more },
});
export const ifNew = { ConditionExpression: "attribute_not_exists(pk)" };
/** Members of a condition: there is no such row, or it is at that revision. */
export const ifRev = (rev: number) => ({
  ConditionExpression: "attribute_not_exists(pk) OR rev = :rev",
  ExpressionAttributeValues: { ":rev": { N: String(rev) } },
});

/** Sends one transaction; rejects with TransactionCanceledException when it is cancelled. */
export const transact = ({ client }: Given, ...TransactItems: TransactWriteItem[]) =>
  client.send(new TransactWriteItemsCommand({ TransactItems }));

/** The row as an eventually consistent read gives it; undefined where there is none. */
export const read = async ({ client }: Given, id: string) =>
  (await client.send(new GetItemCommand({ TableName: table, Key: keyOf(id) }))).Item;

/** PutItem without a condition. */
export const save = ({ client }: Given, Item: Row, TableName = table) =>
  client.send(new PutItemCommand({ TableName, Item }));

type Page = { Items?: Row[] | undefined; LastEvaluatedKey?: Row | undefined };

/** Every page of a query or scan. */
export async function pages<Input extends object>(input: Input, send: (input: Input) => Promise<Page>) {
  const found: Row[][] = [];
  let start: Row | undefined;
  do {
    const page = await send(start ? { ...input, ExclusiveStartKey: start } : input);
    found.push(page.Items ?? []);
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

/** One page of a Query on the key. */
export const query = async (
  { client }: Given,
  condition: string,
  values: Row,
  more: Partial<QueryCommandInput> = {},
) =>
  client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: values,
      ...more,
    }),
  );
