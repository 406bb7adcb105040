// ReturnItemCollectionMetrics: only of tables with a local secondary index ("PutItem" of AWS's API reference).
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { itemBytes } from "./attributes.ts";
import { collectionMetrics } from "./collections.ts";
import { type Given, givenDynamoDb, keyOf, row } from "./given.ts";
import { table } from "./given-tables.ts";
import { newTable } from "./table.ts";

const SIZE = { ReturnItemCollectionMetrics: "SIZE" as const };
const ofA = { ItemCollectionKey: { pk: { S: "a" } }, SizeEstimateRangeGB: [0, 1] };

const LOCAL = "WithLocal";
const local = {
  TableName: LOCAL,
  AttributeDefinitions: ["pk", "sk", "by"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  })),
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" as const },
    { AttributeName: "sk", KeyType: "RANGE" as const },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: "byBy",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" as const },
        { AttributeName: "by", KeyType: "RANGE" as const },
      ],
      Projection: { ProjectionType: "ALL" as const },
    },
  ],
};

async function given(): Promise<Given> {
  const made = await givenDynamoDb();
  await made.client.send(new CreateTableCommand({ ...local, BillingMode: "PAY_PER_REQUEST" }));
  return made;
}

const writes = (TableName: string) => {
  const Put = { TableName, Item: row("a", 1, { by: { S: "x" } }) };
  const update = { UpdateExpression: "SET n = :n", ExpressionAttributeValues: { ":n": { N: "1" } } };
  return [
    new PutItemCommand({ ...Put, ...SIZE }),
    new UpdateItemCommand({ TableName, Key: keyOf("a"), ...update, ...SIZE }),
    new DeleteItemCommand({ TableName, Key: keyOf("a"), ...SIZE }),
  ];
};

describe("the metrics of an item's collection", () => {
  it("come with PutItem, UpdateItem and DeleteItem, where they are asked for", async () => {
    const { client } = await given();
    for (const write of writes(LOCAL)) {
      expect(await client.send(write as PutItemCommand)).toMatchObject({ ItemCollectionMetrics: ofA });
    }
    const Put = { TableName: LOCAL, Item: row("a", 1) };
    expect(await client.send(new PutItemCommand(Put))).not.toHaveProperty("ItemCollectionMetrics");
    expect(
      await client.send(new PutItemCommand({ ...Put, ReturnItemCollectionMetrics: "NONE" })),
    ).not.toHaveProperty("ItemCollectionMetrics");
  });

  it("do not come of a table without a local index", async () => {
    const { client } = await given();
    for (const write of writes(table)) {
      expect(await client.send(write as PutItemCommand)).not.toHaveProperty("ItemCollectionMetrics");
    }
  });

  it("come with a batch by table, each collection once", async () => {
    const { client } = await given();
    const put = (id: string, sk: string) => ({ PutRequest: { Item: { ...row(id, 1), sk: { S: sk } } } });
    const RequestItems = { [LOCAL]: [put("a", "1"), put("a", "2"), put("b", "1")], [table]: [put("a", "1")] };
    const { ItemCollectionMetrics } = await client.send(new BatchWriteItemCommand({ RequestItems, ...SIZE }));
    expect(ItemCollectionMetrics).toEqual({
      [LOCAL]: [ofA, { ...ofA, ItemCollectionKey: { pk: { S: "b" } } }],
    });
  });

  it("come with a transaction, but for what it only checked", async () => {
    const { client } = await given();
    const TransactItems = [
      { Put: { TableName: LOCAL, Item: row("a", 1) } },
      {
        ConditionCheck: {
          TableName: LOCAL,
          Key: keyOf("b"),
          ConditionExpression: "attribute_not_exists(pk)",
        },
      },
    ];
    const answer = await client.send(new TransactWriteItemsCommand({ TransactItems, ...SIZE }));
    expect(answer.ItemCollectionMetrics).toEqual({ [LOCAL]: [ofA] });
    expect(await client.send(new TransactWriteItemsCommand({ TransactItems }))).not.toHaveProperty(
      "ItemCollectionMetrics",
    );
  });

  it("bound the size of the items and of their entries in local indexes, in gigabytes", () => {
    const made = newTable({ ...local, TableStatus: "ACTIVE" });
    const item = { pk: { S: "a" }, sk: { S: "1" } };
    const other = { pk: { S: "b" }, sk: { S: "1" } };
    made.items.set("1", { item, bytes: 0.75 * 2 ** 30 });
    made.items.set("2", { item: other, bytes: itemBytes(other) });
    expect(collectionMetrics(made, item, "SIZE")?.SizeEstimateRangeGB).toEqual([0, 1]);
    made.indexes[0]?.entries.set("1", { item, bytes: 0.75 * 2 ** 30 });
    expect(collectionMetrics(made, item, "SIZE")?.SizeEstimateRangeGB).toEqual([1, 2]);
    expect(collectionMetrics(made, other, "SIZE")?.SizeEstimateRangeGB).toEqual([0, 1]);
  });
});
