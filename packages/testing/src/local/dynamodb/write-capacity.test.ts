import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  check,
  type Given,
  givenDynamoDb,
  ifNew,
  keyOf,
  put,
  type Row,
  refusalOf,
  remove,
  row,
  rowOfBytes,
  save,
  transact,
  update,
} from "./given.ts";
import { table } from "./given-tables.ts";

const kilobytes = (id: string, size: number, more: Row = {}) => ({ ...rowOfBytes(id, size * 1024), ...more });
const listed = (status: string): Row => ({
  gsi1pk: { S: "id" },
  gsi1sk: { S: "sub" },
  gsi2pk: { S: status },
  gsi2sk: { S: "sub" },
});
const INDEXES = "INDEXES" as const;

/** Write units of one request, by the shell's own count. */
async function written({ dynamodb }: Given, request: Promise<unknown>): Promise<number> {
  dynamodb.resetMetrics();
  await request;
  return dynamodb.metrics().writeUnits;
}

describe("a single write costs", () => {
  it("one unit per KB, rounded up", async () => {
    const given = await givenDynamoDb();
    expect(await written(given, save(given, rowOfBytes("a", 1024)))).toBe(1);
    expect(await written(given, save(given, rowOfBytes("b", 1025)))).toBe(2);
  });

  it("as the larger of the item before and after", async () => {
    const given = await givenDynamoDb();
    await save(given, kilobytes("a", 3));
    expect(await written(given, save(given, row("a", 1)))).toBe(3);
    expect(await written(given, save(given, kilobytes("a", 5)))).toBe(5);
    const shrink = new UpdateItemCommand({
      TableName: table,
      Key: keyOf("a"),
      UpdateExpression: "REMOVE #pad",
      ExpressionAttributeNames: { "#pad": "pad" },
    });
    expect(await written(given, given.client.send(shrink))).toBe(5);
  });

  it("what a deleted item took, and one unit for nothing", async () => {
    const given = await givenDynamoDb();
    await save(given, kilobytes("a", 3));
    const removal = () => given.client.send(new DeleteItemCommand({ TableName: table, Key: keyOf("a") }));
    expect(await written(given, removal())).toBe(3);
    expect(await written(given, removal())).toBe(1);
  });

  it("as much as the item that refused it", async () => {
    const given = await givenDynamoDb();
    await save(given, kilobytes("a", 3));
    const refused = (id: string, condition: string) =>
      refusalOf(
        given.client.send(
          new PutItemCommand({ TableName: table, Item: kilobytes(id, 9), ConditionExpression: condition }),
        ),
      );
    expect(await written(given, refused("a", "attribute_not_exists(pk)"))).toBe(3);
    expect(await written(given, refused("b", "attribute_exists(pk)"))).toBe(1);
  });
});

describe("a transaction costs", () => {
  it("two units per KB of each item", async () => {
    const given = await givenDynamoDb();
    await save(given, kilobytes("deleted", 3));
    await save(given, kilobytes("checked", 2));
    await save(given, kilobytes("shrunk", 4));
    const { ConsumedCapacity } = await given.client.send(
      new TransactWriteItemsCommand({
        ReturnConsumedCapacity: INDEXES,
        TransactItems: [
          put(rowOfBytes("put", 1025)),
          remove("deleted"),
          check("checked", "attribute_exists(pk)"),
          put(row("shrunk", 1)),
          update("small", "ADD n :n", { ":n": { N: "1" } }),
        ],
      }),
    );
    const units = { CapacityUnits: 24, WriteCapacityUnits: 24 };
    expect(ConsumedCapacity).toEqual([{ TableName: table, ...units, Table: units }]);
    expect(given.dynamodb.metrics().writeUnits).toBe(3 + 2 + 4 + 24);
  });

  // Measured on AWS: nubo-db/dynoxide, pull request 188.
  it("once, not twice, for each index entry that changes", async () => {
    const given = await givenDynamoDb();
    const { ConsumedCapacity } = await given.client.send(
      new TransactWriteItemsCommand({
        ReturnConsumedCapacity: INDEXES,
        TransactItems: [put(row("a", 1, listed("active"))), put(row("b", 1))],
      }),
    );
    expect(ConsumedCapacity).toEqual([
      {
        TableName: table,
        CapacityUnits: 6,
        WriteCapacityUnits: 6,
        Table: { CapacityUnits: 4, WriteCapacityUnits: 4 },
        GlobalSecondaryIndexes: { gsi1: { CapacityUnits: 1 }, gsi2: { CapacityUnits: 1 } },
      },
    ]);
  });

  it("as much when it is cancelled, but for the indexes; no answer shows it", async () => {
    const given = await givenDynamoDb();
    await save(given, kilobytes("a", 3));
    const refused = refusalOf(transact(given, put(row("a", 1), ifNew), put(row("b", 1, listed("active")))));
    expect(await written(given, refused)).toBe(2 * 3 + 2);
  });
});

describe("an index costs", () => {
  it.each<[string, Row, Row, number]>([
    ["nothing for an item that is not in it", {}, {}, 0],
    ["one unit for a new entry", {}, listed("active"), 2],
    ["nothing when only other attributes changed", listed("active"), listed("active"), 0],
    ["two units for an entry that moves", listed("active"), listed("canceled"), 2],
    ["one unit for an entry that goes", listed("active"), {}, 2],
  ])("%s", async (_case, before, after, units) => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, before));
    expect(await written(given, save(given, row("a", 2, after)))).toBe(1 + units);
  });

  it("for whole items, what the item takes, and nothing when it is the same", async () => {
    const given = await givenDynamoDb();
    const item = (size: number) => ({ id: { S: "a" }, owner: { S: "me" }, text: { S: "x".repeat(size) } });
    const store = (size: number) =>
      given.client.send(new PutItemCommand({ TableName: "Owned", Item: item(size) }));
    expect(await written(given, store(3000))).toBe(3 + 3);
    expect(await written(given, store(10))).toBe(3 + 3);
    expect(await written(given, store(10))).toBe(1);
  });

  it("the same in a batch, whose answer names it", async () => {
    const given = await givenDynamoDb();
    const items = [row("a", 1, listed("active")), row("b", 1)];
    const { ConsumedCapacity } = await given.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [table]: items.map((Item) => ({ PutRequest: { Item } })) },
        ReturnConsumedCapacity: INDEXES,
      }),
    );
    expect(ConsumedCapacity).toEqual([
      {
        TableName: table,
        CapacityUnits: 4,
        Table: { CapacityUnits: 2 },
        GlobalSecondaryIndexes: { gsi1: { CapacityUnits: 1 }, gsi2: { CapacityUnits: 1 } },
      },
    ]);
  });
});
