import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { givenDynamoDb, refusalOf, row, save } from "./given.ts";
import { lanes, table } from "./given-tables.ts";

const TableArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`;

const simple = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
});

describe("a table", () => {
  it("is there as soon as it is created", async () => {
    const { client } = await givenDynamoDb();
    const { TableDescription } = await client.send(new CreateTableCommand(simple("New")));
    expect(TableDescription?.TableStatus).toBe("ACTIVE");
    const { state } = await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: "New" });
    expect(state).toBe("SUCCESS");
  });

  it("is described with its keys, its indexes and what is in them", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { gsi1pk: { S: "id" }, gsi1sk: { S: "sub" } }));
    const { Table } = await given.client.send(new DescribeTableCommand({ TableName: table }));
    expect(Table).toMatchObject({
      TableName: table,
      TableArn,
      TableStatus: "ACTIVE",
      KeySchema: lanes.KeySchema,
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      ItemCount: 1,
      TableSizeBytes: 30,
      GlobalSecondaryIndexes: [
        {
          IndexName: "gsi1",
          IndexStatus: "ACTIVE",
          ItemCount: 1,
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
        { IndexName: "gsi2", IndexStatus: "ACTIVE", ItemCount: 0 },
      ],
    });
  });

  it("cannot be created twice, or wrongly", async () => {
    const { client } = await givenDynamoDb();
    expect((await refusalOf(client.send(new CreateTableCommand(lanes)))).name).toBe("ResourceInUseException");
    const { AttributeDefinitions: _none, ...undefinedKey } = simple("New");
    const wrong = { ...undefinedKey, AttributeDefinitions: [] } as CreateTableCommandInput;
    expect((await refusalOf(client.send(new CreateTableCommand(wrong)))).name).toBe("ValidationException");
  });

  it("is gone with its items when it is deleted, and can be created anew", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    await given.client.send(new DeleteTableCommand({ TableName: table }));
    expect((await refusalOf(given.client.send(new DescribeTableCommand({ TableName: table })))).name).toBe(
      "ResourceNotFoundException",
    );
    await given.client.send(new CreateTableCommand(lanes));
    const { Table } = await given.client.send(new DescribeTableCommand({ TableName: table }));
    expect(Table?.ItemCount).toBe(0);
  });

  it("is listed by name, page by page", async () => {
    const { client } = await givenDynamoDb();
    await client.send(new CreateTableCommand(simple("Another")));
    const first = await client.send(new ListTablesCommand({ Limit: 2 }));
    expect(first).toMatchObject({ TableNames: ["Another", "Lanes"], LastEvaluatedTableName: "Lanes" });
    const second = await client.send(new ListTablesCommand({ ExclusiveStartTableName: "Lanes" }));
    expect(second.TableNames).toEqual(["Numbered", "Owned"]);
  });

  it("changes its billing", async () => {
    const { client } = await givenDynamoDb();
    await client.send(
      new CreateTableCommand({
        ...simple("Provisioned"),
        BillingMode: "PROVISIONED",
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
      }),
    );
    const { TableDescription } = await client.send(
      new UpdateTableCommand({ TableName: "Provisioned", BillingMode: "PAY_PER_REQUEST" }),
    );
    expect(TableDescription?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
  });

  it("carries tags", async () => {
    const { client } = await givenDynamoDb();
    const Tags = [
      { Key: "stage", Value: "test" },
      { Key: "team", Value: "billing" },
    ];
    await client.send(new TagResourceCommand({ ResourceArn: TableArn, Tags }));
    await client.send(new UntagResourceCommand({ ResourceArn: TableArn, TagKeys: ["team"] }));
    const listed = await client.send(new ListTagsOfResourceCommand({ ResourceArn: TableArn }));
    expect(listed.Tags).toEqual([{ Key: "stage", Value: "test" }]);
  });
});
