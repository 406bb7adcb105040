// UpdateTable's indexes ("Managing Global Secondary Indexes", DynamoDB Developer Guide).
import { PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { givenDynamoDb, keyOf, refusalOf, row, save } from "./given.ts";
import { create, described, ownedBy, remove } from "./given-indexes.ts";
import { table } from "./given-tables.ts";

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
