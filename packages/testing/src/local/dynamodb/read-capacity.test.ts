import { BatchGetItemCommand, GetItemCommand, QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, keyOf, put, type Row, row, rowOfBytes, save, transact } from "./given.ts";
import { table } from "./given-tables.ts";

const kilobytes = (id: string, size: number, more: Row = {}) => ({ ...rowOfBytes(id, size * 1024), ...more });
const active = { gsi2pk: { S: "active" }, gsi2sk: { S: "sub" } };
const INDEXES = "INDEXES" as const;

/** Read units of one request, by the shell's own count. */
async function readUnits({ dynamodb }: Given, request: Promise<unknown>): Promise<number> {
  dynamodb.resetMetrics();
  await request;
  return dynamodb.metrics().readUnits;
}

describe("a read costs", () => {
  it.each([
    [false, 4096, 0.5],
    [false, 4097, 1],
    [true, 4096, 1],
    [true, 4097, 2],
  ])("with ConsistentRead %s and %d bytes, %d units", async (ConsistentRead, bytes, units) => {
    const given = await givenDynamoDb();
    await save(given, rowOfBytes("a", bytes));
    const { ConsumedCapacity } = await given.client.send(
      new GetItemCommand({
        TableName: table,
        Key: keyOf("a"),
        ConsistentRead,
        ReturnConsumedCapacity: INDEXES,
      }),
    );
    expect(ConsumedCapacity).toEqual({
      TableName: table,
      CapacityUnits: units,
      Table: { CapacityUnits: units },
    });
  });

  it("for each item of a batch by itself, missing ones included", async () => {
    const given = await givenDynamoDb();
    await save(given, rowOfBytes("large", 4097));
    await save(given, row("small", 1));
    const batch = (ConsistentRead: boolean) =>
      given.client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: ["large", "small", "missing"].map(keyOf), ConsistentRead } },
          ReturnConsumedCapacity: "TOTAL",
        }),
      );
    expect((await batch(false)).ConsumedCapacity).toEqual([{ TableName: table, CapacityUnits: 2 }]);
    expect((await batch(true)).ConsumedCapacity).toEqual([{ TableName: table, CapacityUnits: 4 }]);
  });

  it("for a query, the sum of what it looked at, filtered away or not", async () => {
    const given = await givenDynamoDb();
    for (let n = 0; n < 10; n++) await save(given, { ...rowOfBytes("pk", 1000), sk: { S: `r${n}` } });
    const query = new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      FilterExpression: "attribute_exists(absent)",
      ExpressionAttributeValues: { ":pk": { S: "pk" } },
    });
    expect(await readUnits(given, given.client.send(query))).toBe(1.5);
  });

  it("for a query that finds nothing, the least there is", async () => {
    const given = await givenDynamoDb();
    const query = (ConsistentRead: boolean) =>
      new QueryCommand({
        TableName: table,
        ConsistentRead,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: "nobody" } },
      });
    expect(await readUnits(given, given.client.send(query(false)))).toBe(0.5);
    expect(await readUnits(given, given.client.send(query(true)))).toBe(1);
  });

  it("for a query of an index, what its entries take, and says so", async () => {
    const given = await givenDynamoDb();
    await save(given, kilobytes("a", 100, active));
    const { ConsumedCapacity } = await given.client.send(
      new QueryCommand({
        TableName: table,
        IndexName: "gsi2",
        KeyConditionExpression: "gsi2pk = :s",
        ExpressionAttributeValues: { ":s": { S: "active" } },
        ReturnConsumedCapacity: INDEXES,
      }),
    );
    expect(ConsumedCapacity).toEqual({
      TableName: table,
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { gsi2: { CapacityUnits: 0.5 } },
    });
  });

  it("for a scan, the sum of its page and no more", async () => {
    const given = await givenDynamoDb();
    for (const id of ["a", "b", "c", "d"]) await save(given, kilobytes(id, 4));
    expect(await readUnits(given, given.client.send(new ScanCommand({ TableName: table })))).toBe(2);
    expect(await readUnits(given, given.client.send(new ScanCommand({ TableName: table, Limit: 2 })))).toBe(
      1,
    );
  });
});

describe("the shell", () => {
  it("counts whether or not the client asks", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(row("a", 1)), put(row("b", 1)));
    await given.client.send(new GetItemCommand({ TableName: table, Key: keyOf("a") }));
    expect(given.dynamodb.metrics()).toEqual({
      requests: { TransactWriteItems: 1, GetItem: 1 },
      readUnits: 0.5,
      writeUnits: 4,
      conflicts: 0,
      throttles: 0,
    });
  });

  it("answers no capacity to a client that does not ask", async () => {
    const given = await givenDynamoDb();
    expect(await transact(given, put(row("a", 1)))).not.toHaveProperty("ConsumedCapacity");
    expect(await save(given, row("a", 2))).not.toHaveProperty("ConsumedCapacity");
  });
});
