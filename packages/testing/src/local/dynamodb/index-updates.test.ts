// UpdateTable's indexes ("Managing Global Secondary Indexes", DynamoDB Developer Guide).
import {
  CreateTableCommand,
  DescribeTableCommand,
  type GlobalSecondaryIndexUpdate,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, keyOf, refusalOf, row, save } from "./given.ts";
import { table } from "./given-tables.ts";

const OWNER = [{ AttributeName: "owner", AttributeType: "S" as const }];
const byOwner = (more: object = {}): GlobalSecondaryIndexUpdate => ({
  Create: {
    IndexName: "byOwner",
    KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
    Projection: { ProjectionType: "ALL" },
    ...more,
  },
});

const update = ({ client }: Given, input: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName: table, ...input }));
const create = (given: Given, more: object = {}) =>
  update(given, { AttributeDefinitions: OWNER, GlobalSecondaryIndexUpdates: [byOwner(more)] });
const remove = (given: Given, IndexName: string) =>
  update(given, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });

async function described({ client }: Given) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => [
    IndexName,
    IndexStatus,
  ]);
  return { table: Table, status: Table?.TableStatus, indexes };
}

const ownedBy = ({ client }: Given, owner: string) =>
  client.send(
    new QueryCommand({
      TableName: table,
      IndexName: "byOwner",
      KeyConditionExpression: "#o = :o",
      ExpressionAttributeNames: { "#o": "owner" },
      ExpressionAttributeValues: { ":o": { S: owner } },
    }),
  );

describe("an index that is created on a table", () => {
  it("is filled from its items, kept, and described", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { owner: { S: "ann" } }));
    await save(given, row("b", 1));
    await save(given, row("c", 1, { owner: { N: "1" } }));
    const { TableDescription } = await create(given);
    expect(TableDescription).toMatchObject({
      TableStatus: "UPDATING",
      GlobalSecondaryIndexes: [{}, {}, { IndexName: "byOwner", IndexStatus: "CREATING", Backfilling: false }],
    });
    expect(await described(given)).toMatchObject({
      status: "ACTIVE",
      indexes: [
        ["gsi1", "ACTIVE"],
        ["gsi2", "ACTIVE"],
        ["byOwner", "ACTIVE"],
      ],
    });
    await save(given, row("d", 1, { owner: { S: "ann" } }));
    const { Items = [] } = await ownedBy(given, "ann");
    expect(Items.map(({ pk }) => pk?.S)).toEqual(["a", "d"]);
    const wrong = new PutItemCommand({ TableName: table, Item: row("e", 1, { owner: { N: "1" } }) });
    expect((await refusalOf(given.client.send(wrong))).name).toBe("ValidationException");
  });

  it("leaves out what has a value of another type, until it is put right", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { owner: { N: "1" } }));
    await create(given);
    await given.client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf("a"),
        UpdateExpression: "SET #o = :o",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":o": { S: "ann" } },
      }),
    );
    expect(await ownedBy(given, "ann")).toMatchObject({ Count: 1 });
  });

  it.each([
    [{ ProjectionType: "KEYS_ONLY" }, ["owner", "pk", "sk"]],
    [{ ProjectionType: "INCLUDE", NonKeyAttributes: ["rev"] }, ["owner", "pk", "rev", "sk"]],
  ])("projects %j", async (Projection, names) => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { owner: { S: "ann" }, else: { S: "x" } }));
    await create(given, { Projection });
    const { Items = [] } = await ownedBy(given, "ann");
    expect(Object.keys(Items[0] ?? {}).toSorted()).toEqual(names);
  });

  it("is read when it is filled, where that takes time", async () => {
    const given = await givenDynamoDb({ backfill: 60_000 });
    await save(given, row("a", 1, { owner: { S: "ann" } }));
    await create(given);
    expect(await described(given)).toMatchObject({ status: "UPDATING" });
    expect((await described(given)).table?.GlobalSecondaryIndexes?.[2]).toMatchObject({
      IndexStatus: "CREATING",
      Backfilling: true,
    });
    const refusal = await refusalOf(ownedBy(given, "ann"));
    expect([refusal.name, refusal.message]).toEqual([
      "ValidationException",
      "Cannot read from backfilling global secondary index: byOwner",
    ]);
    expect((await refusalOf(create(given, { IndexName: "another" }))).name).toBe("LimitExceededException");
    given.clock.advance(60_000);
    expect(await described(given)).toMatchObject({ status: "ACTIVE" });
    expect(await ownedBy(given, "ann")).toMatchObject({ Count: 1 });
  });
});

describe("an index that is deleted", () => {
  it("is gone, with the definitions that it alone needed, and can be created anew", async () => {
    const given = await givenDynamoDb();
    const { TableDescription } = await remove(given, "gsi1");
    expect(TableDescription).toMatchObject({
      TableStatus: "UPDATING",
      GlobalSecondaryIndexes: [{ IndexName: "gsi2" }, { IndexName: "gsi1", IndexStatus: "DELETING" }],
    });
    const { table: left } = await described(given);
    expect(left?.AttributeDefinitions?.map(({ AttributeName }) => AttributeName)).toEqual([
      "pk",
      "sk",
      "gsi2pk",
      "gsi2sk",
    ]);
    await remove(given, "gsi2");
    expect((await described(given)).table).not.toHaveProperty("GlobalSecondaryIndexes");
    await save(given, row("a", 1, { gsi1pk: { N: "1" } }));
    await create(given);
    expect((await described(given)).indexes).toEqual([["byOwner", "ACTIVE"]]);
  });

  it("cannot be queried any more", async () => {
    const given = await givenDynamoDb();
    await create(given);
    await remove(given, "byOwner");
    expect((await refusalOf(ownedBy(given, "ann"))).message).toMatch("does not have the specified index");
  });
});

describe("UpdateTable refuses", () => {
  it.each<[string, Partial<UpdateTableCommandInput>, string, string]>([
    [
      "an index that is there",
      { AttributeDefinitions: OWNER, GlobalSecondaryIndexUpdates: [byOwner({ IndexName: "gsi1" })] },
      "ValidationException",
      "Attempting to create an index which already exists",
    ],
    [
      "a key that is not defined",
      { GlobalSecondaryIndexUpdates: [byOwner()] },
      "ValidationException",
      "Some index key attributes are not defined in AttributeDefinitions. Keys: [owner]",
    ],
    [
      "a throughput where the table pays per request",
      {
        AttributeDefinitions: OWNER,
        GlobalSecondaryIndexUpdates: [
          byOwner({ ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }),
        ],
      },
      "ValidationException",
      "ProvisionedThroughput should not be specified for index: byOwner",
    ],
    [
      "two indexes at once",
      {
        AttributeDefinitions: OWNER,
        GlobalSecondaryIndexUpdates: [byOwner(), { Delete: { IndexName: "gsi1" } }],
      },
      "LimitExceededException",
      "Only 1 online index can be created or deleted simultaneously per table",
    ],
    [
      "to delete what is not there",
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "nowhere" } }] },
      "ResourceNotFoundException",
      "Requested resource not found",
    ],
    ["nothing at all", {}, "ValidationException", "At least one of"],
  ])("%s", async (_, input, name, message) => {
    const given = await givenDynamoDb();
    const before = await described(given);
    const refusal = await refusalOf(update(given, input));
    expect(refusal.name).toBe(name);
    expect(refusal.message).toContain(message);
    expect(await described(given)).toEqual(before);
  });

  it("an index without a throughput where the table has one", async () => {
    const given = await givenDynamoDb();
    const throughput = { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } };
    await given.client.send(
      new CreateTableCommand({
        TableName: "Provisioned",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        ...throughput,
      }),
    );
    const input = { TableName: "Provisioned", AttributeDefinitions: OWNER };
    const refused = update(given, { ...input, GlobalSecondaryIndexUpdates: [byOwner()] });
    expect((await refusalOf(refused)).message).toMatch("must both be specified for index: byOwner");
    await update(given, { ...input, GlobalSecondaryIndexUpdates: [byOwner(throughput)] });
  });
});
