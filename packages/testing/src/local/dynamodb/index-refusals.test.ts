// What UpdateTable refuses of indexes ("UpdateTable" of AWS's API reference).
import { CreateTableCommand, type UpdateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { givenDynamoDb, refusalOf } from "./given.ts";
import { byOwner, described, OWNER, update } from "./given-indexes.ts";

describe("UpdateTable refuses", () => {
  it.each<[string, Partial<UpdateTableCommandInput>, string, string]>([
    [
      "an index that is there",
      { AttributeDefinitions: OWNER, GlobalSecondaryIndexUpdates: [byOwner({ IndexName: "gsi1" })] },
      "ValidationException",
      "Attempting to create an index which already exists",
    ],
    [
      "a key that is defined with another type already",
      {
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "N" }],
        GlobalSecondaryIndexUpdates: [byOwner({ KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }] })],
      },
      "ValidationException",
      "The attribute pk is defined as S already",
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

  it("to change a local index", async () => {
    const given = await givenDynamoDb();
    const { client } = given;
    const pk = { AttributeName: "pk", KeyType: "HASH" as const };
    await client.send(
      new CreateTableCommand({
        TableName: "Local",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["pk", "sk", "by"].map((AttributeName) => ({
          AttributeName,
          AttributeType: "S",
        })),
        KeySchema: [pk, { AttributeName: "sk", KeyType: "RANGE" }],
        LocalSecondaryIndexes: [
          {
            IndexName: "byBy",
            KeySchema: [pk, { AttributeName: "by", KeyType: "RANGE" }],
            Projection: { ProjectionType: "ALL" },
          },
        ],
      }),
    );
    const TableName = "Local";
    const GlobalSecondaryIndexUpdates = [{ Delete: { IndexName: "byBy" } }];
    expect((await refusalOf(update(given, { TableName, GlobalSecondaryIndexUpdates }))).message).toBe(
      "Cannot delete an index that is not a GlobalSecondaryIndex: byBy",
    );
    const again = { TableName, AttributeDefinitions: OWNER };
    const twin = [byOwner({ IndexName: "byBy" })];
    expect((await refusalOf(update(given, { ...again, GlobalSecondaryIndexUpdates: twin }))).message).toBe(
      "Attempting to create an index which already exists",
    );
    await update(given, { ...again, GlobalSecondaryIndexUpdates: [byOwner()] });
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
