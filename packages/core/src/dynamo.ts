// The store on DynamoDB: with the other dynamo-*.ts the only files of core that know the SDK.
import {
  BatchGetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { type Attributes, marshalled, unmarshalled } from "./dynamo-encoding.ts";
import { storeError, storeErrorOf } from "./dynamo-errors.ts";
import { ledgerPut, note, withdraw } from "./dynamo-ledger.ts";
import type { Table } from "./dynamo-table.ts";
import { Unavailable } from "./errors.ts";
import { countersOf, entriesOf, type Item, loadedOf, rowItem, rowsOf } from "./item.ts";
import { AFTER_LEDGER, type Key, keyText, LEDGER_PREFIX, PROBE_KEY } from "./keys.ts";
import type { CounterDelta, Row } from "./row.ts";
import type { Changes, Page, RowPageOptions, Store } from "./store.ts";

export type DynamoOptions = Table & {
  sleep(milliseconds: number): Promise<void>;
};

/** `BatchGetItem`'s most. */
const MOST_KEYS = 100;
const TRIES_FOR_UNPROCESSED = 5;
/** Milliseconds before keys that were left out are asked for again; each further time twice that. */
const UNPROCESSED_PAUSE = 25;

/** Seconds. */
const PROBE_KEPT = 24 * 60 * 60;

/** The row is as it was read: a birth finds none, an update the revision before its own. */
const IS_UNBORN = "attribute_not_exists(pk)";
const IS_AT_REVISION = "rev = :read";

export function dynamoStore(options: DynamoOptions): Store {
  return {
    load: async (keys, { consistent }) => loadedOf(await getItems(options, keys, consistent)),
    counters: async (keys) => countersOf(await getItems(options, keys, false)),
    commit: (changes, now) => commit(options, changes, now),
    note: (entry, start, now) => note(options, entry, start, now),
    withdraw: (key, start, now) => withdraw(options, key, start, now),
    probe: (now) => probe(options, now),
    rowsIn: (pk, page) => mapPage(queryPartition(options, pk, page), rowsOf),
    countersIn: (pk, page) => mapPage(queryPartition(options, pk, page), countersOf),
    ledgerIn: (pk, page) =>
      mapPage(queryPartition(options, pk, { ...page, prefix: LEDGER_PREFIX }), entriesOf),
    ledgerKeysBy: (pk, limit) => ledgerKeysBy(options, pk, limit),
    rowsBy: (index, pk, page) => rowsBy(options, index, pk, page),
  };
}

async function getItems(options: DynamoOptions, keys: Key[], consistent: boolean): Promise<Item[]> {
  const chunks = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, chunk) =>
    keys.slice(chunk * MOST_KEYS, (chunk + 1) * MOST_KEYS),
  );
  const found = await Promise.all(chunks.map((chunk) => getChunk(options, chunk, consistent)));
  return found.flat().map((item) => unmarshalled(item) as Item);
}

/** DynamoDB may answer a part of what was asked; the rest is asked for again. */
async function getChunk({ client, table, sleep }: DynamoOptions, keys: Key[], consistent: boolean) {
  const found: Attributes[] = [];
  let wanted: Attributes[] = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
  for (let tries = 0; wanted.length > 0; tries++) {
    if (tries === TRIES_FOR_UNPROCESSED) throw new Unavailable(`DynamoDB left ${wanted.length} keys unread.`);
    if (tries > 0) await sleep(UNPROCESSED_PAUSE * 2 ** tries);
    const request = { [table]: { Keys: wanted, ConsistentRead: consistent } };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: request })).catch(storeError);
    found.push(...(answer.Responses?.[table] ?? []));
    wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}

async function commit({ client, table }: DynamoOptions, changes: Changes, now: number): Promise<void> {
  const TransactItems = [
    ...changes.rows.map((row) => putRow(table, row)),
    ...changes.ledger.map((entry) => ({ Put: ledgerPut(table, entry, now) })),
    ...changes.moves.map((move) => addMove(table, move)),
  ];
  const keys = [...changes.rows, ...changes.ledger, ...changes.moves].map(({ key }) => key);
  await client.send(new TransactWriteItemsCommand({ TransactItems })).catch(storeErrorOf(keys));
}

function putRow(TableName: string, row: Row): TransactWriteItem {
  const Item = marshalled(rowItem(row));
  const read = row.revision - 1;
  if (read === 0) return { Put: { TableName, Item, ConditionExpression: IS_UNBORN } };
  const ExpressionAttributeValues = { ":read": { N: String(read) } };
  return { Put: { TableName, Item, ConditionExpression: IS_AT_REVISION, ExpressionAttributeValues } };
}

/** Unconditional: a hot counter costs conflicts, never staleness (D15). */
function addMove(TableName: string, { key, amounts }: CounterDelta): TransactWriteItem {
  const names = Object.keys(amounts);
  return {
    Update: {
      TableName,
      Key: marshalled(key),
      UpdateExpression: `ADD ${names.map((_, index) => `#n${index} :n${index}`).join(", ")}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
      ExpressionAttributeValues: Object.fromEntries(
        names.map((name, index) => [`:n${index}`, { N: String(amounts[name]) }]),
      ),
    },
  };
}

async function probe({ client, table }: DynamoOptions, now: number): Promise<void> {
  const Item = marshalled({ ...PROBE_KEY, expires: now + PROBE_KEPT });
  await client.send(new PutItemCommand({ TableName: table, Item })).catch(storeError);
}

async function queryPartition(
  options: DynamoOptions,
  pk: string,
  { limit, after, prefix }: RowPageOptions,
): Promise<Page<Item>> {
  const start = after === undefined ? undefined : { pk, sk: after };
  const { found, last } = await query(options, limit, start, {
    KeyConditionExpression: `pk = :pk AND ${rowsFrom("sk", prefix)}`,
    ExpressionAttributeValues: { ":pk": { S: pk }, ":bound": { S: prefix ?? AFTER_LEDGER } },
  });
  return last === undefined ? { found } : { found, next: last.sk };
}

/** All rows without the ledger, or those of one prefix; `:bound` is either of the two. */
function rowsFrom(sortKey: string, prefix: string | undefined): string {
  return prefix === undefined ? `${sortKey} >= :bound` : `begins_with(${sortKey}, :bound)`;
}

async function ledgerKeysBy(options: DynamoOptions, pk: string, limit: number): Promise<Key[]> {
  const { found } = await query(options, limit, undefined, {
    IndexName: "gsi1",
    KeyConditionExpression: "gsi1pk = :pk AND begins_with(gsi1sk, :ledger)",
    ExpressionAttributeValues: { ":pk": { S: pk }, ":ledger": { S: LEDGER_PREFIX } },
  });
  return found.map((item) => ({ pk: item.pk, sk: item.sk }));
}

/** The indexes hold keys only: one query for the keys, one read of the rows behind them. */
async function rowsBy(
  options: DynamoOptions,
  index: "gsi1" | "gsi2",
  pk: string,
  { limit, after, prefix }: RowPageOptions,
): Promise<Page<Row>> {
  const start = after === undefined ? undefined : (JSON.parse(after) as Item);
  // The second index has no ledger entries, and any id among its sort keys.
  const bound = prefix ?? (index === "gsi1" ? AFTER_LEDGER : undefined);
  const { found: keys, last } = await query(options, limit, start, {
    IndexName: index,
    KeyConditionExpression: `${index}pk = :pk${bound === undefined ? "" : ` AND ${rowsFrom(`${index}sk`, prefix)}`}`,
    ExpressionAttributeValues: {
      ":pk": { S: pk },
      ...(bound === undefined ? {} : { ":bound": { S: bound } }),
    },
  });
  const { rows } = loadedOf(await getItems(options, keys, false));
  const found = keys.flatMap((key) => rows.get(keyText(key)) ?? []);
  return last === undefined ? { found } : { found, next: JSON.stringify(last) };
}

/** `last` is the key that the next page starts after. */
async function query(
  { client, table }: DynamoOptions,
  Limit: number,
  start: Key | undefined,
  input: Partial<QueryCommandInput>,
): Promise<{ found: Item[]; last: Item | undefined }> {
  const ExclusiveStartKey = start && marshalled(start);
  const command = new QueryCommand({ TableName: table, Limit, ExclusiveStartKey, ...input });
  const { Items = [], LastEvaluatedKey: last } = await client.send(command).catch(storeError);
  return {
    found: Items.map((item) => unmarshalled(item) as Item),
    last: last && (unmarshalled(last) as Item),
  };
}

async function mapPage<T>(page: Promise<Page<Item>>, map: (items: Item[]) => T[]): Promise<Page<T>> {
  const { found, ...rest } = await page;
  return { found: map(found), ...rest };
}
