// Messages as AWS gives them, recorded by the public conformance suite (nubo-db/dynamodb-conformance).
import { describe, expect, it } from "vitest";
import { givenDynamoDb, keyOf, refusalOf, row } from "./given.ts";
import { table } from "./given-tables.ts";

const keys = (count: number) => Array.from({ length: count }, (_, at) => keyOf(String(at)));
const puts = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ PutRequest: { Item: row(String(at), 1) } }));

const newTable = (TableName: string, names = ["id"]) => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  KeySchema: names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? "HASH" : "RANGE" })),
});

const ofA = {
  TableName: table,
  KeyConditionExpression: "pk = :pk",
  ExpressionAttributeValues: { ":pk": { S: "a" } },
};

const UNNAMED =
  "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1";

describe("a refusal", () => {
  it.each<[string, object, string]>([
    ["BatchGetItem", { RequestItems: {} }, "The requestItems parameter is required for BatchGetItem"],
    ["BatchWriteItem", { RequestItems: {} }, "The requestItems parameter is required for BatchWriteItem"],
    [
      "BatchGetItem",
      { RequestItems: { [table]: { Keys: keys(101) } } },
      `1 validation error detected: Value at 'RequestItems.${table}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100`,
    ],
    [
      "Query",
      { ...ofA, Limit: 0 },
      "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "Scan",
      { TableName: table, Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "CreateTable",
      newTable("ab"),
      "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
    [
      "CreateTable",
      newTable("three", ["a", "b", "c"]),
      "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    ["PutItem", { TableName: "", Item: row("a", 1) }, UNNAMED],
    ["GetItem", { TableName: "", Key: keyOf("a") }, UNNAMED],
    ["DeleteItem", { TableName: "", Key: keyOf("a") }, UNNAMED],
    ["UpdateItem", { TableName: "", Key: keyOf("a") }, UNNAMED],
    ["Query", { ...ofA, TableName: "" }, UNNAMED],
    ["Scan", { TableName: "" }, UNNAMED],
    [
      "TagResource",
      { ResourceArn: "no-arn", Tags: [{ Key: "a", Value: "b" }] },
      "Invalid TableArn: Invalid ResourceArn provided as input no-arn",
    ],
  ])("of %s in AWS's words: %j", async (operation, input, message) => {
    const { dynamodb } = await givenDynamoDb();
    const refusal = await refusalOf(dynamodb.dispatch(operation, input));
    expect([refusal.name, refusal.message]).toEqual(["ValidationException", message]);
  });

  it.each([0, 26])("of a batch of %i writes says what it was", async (count) => {
    const { dynamodb } = await givenDynamoDb();
    const refusal = await refusalOf(
      dynamodb.dispatch("BatchWriteItem", { RequestItems: { [table]: puts(count) } }),
    );
    expect(refusal.message).toMatch(
      /^1 validation error detected: Value '\{Lanes=\[.*\]\}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/s,
    );
  });
});
