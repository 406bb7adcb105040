import {
  type DynamoDBClient,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  check,
  givenDynamoDb,
  ifNew,
  keyOf,
  put,
  read,
  refusalOf,
  remove,
  row,
  rowOfBytes,
  transact,
  update,
} from "./given.ts";
import { table } from "./given-tables.ts";

const one = { ":one": { N: "1" } };
const invalid = (message: string) => expect.objectContaining({ name: "ValidationException", message });

/** Sends what the SDK's types would not allow. */
const send = (client: DynamoDBClient, input: object) =>
  client.send(new TransactWriteItemsCommand(input as { TransactItems: TransactWriteItem[] }));

describe("a transaction that is refused as a whole", () => {
  it("has no actions, or more than a hundred", async () => {
    const given = await givenDynamoDb();
    const hundredAndOne = Array.from({ length: 101 }, (_, n) => put(row(`row${n}`, n)));
    expect(await refusalOf(transact(given))).toEqual(
      invalid(
        "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
    );
    expect((await refusalOf(transact(given, ...hundredAndOne))).message).toMatch(
      /'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/,
    );
    expect(await read(given, "row0")).toBeUndefined();
  });

  it.each([
    ["put", "put", () => [put(row("a", 1)), put(row("a", 2))]],
    ["check", "update", () => [check("a", "attribute_exists(pk)"), update("a", "SET n = :one", one)]],
    ["put", "delete", () => [put(row("a", 1)), remove("a")]],
  ])("names one item in a %s and in a %s", async (_first, _second, actions) => {
    const given = await givenDynamoDb();
    expect(await refusalOf(transact(given, ...actions()))).toEqual(
      invalid("Transaction request cannot include multiple operations on one item"),
    );
  });

  it("has an action of no kind, or of two", async () => {
    const { client } = await givenDynamoDb();
    const two = { ...put(row("a", 1)), ...remove("b") };
    for (const action of [{}, two]) {
      expect(await refusalOf(send(client, { TransactItems: [action] }))).toEqual(
        invalid("TransactItems can only contain one of Check, Put, Update or Delete"),
      );
    }
  });

  it("checks without a condition, or updates without an update", async () => {
    const { client } = await givenDynamoDb();
    const Target = { TableName: table, Key: keyOf("a") };
    const check = { ConditionCheck: Target };
    const update = { Update: Target };
    expect((await refusalOf(send(client, { TransactItems: [check] }))).message).toContain(
      "Value null at 'transactItems.1.member.conditionCheck.conditionExpression' failed",
    );
    expect((await refusalOf(send(client, { TransactItems: [remove("b"), update] }))).message).toContain(
      "Value null at 'transactItems.2.member.update.updateExpression' failed",
    );
  });

  it("has an expression that does not parse, even ahead of a table that does not exist", async () => {
    const given = await givenDynamoDb();
    const elsewhere = { Put: { TableName: "Nowhere", Item: row("a", 1) } };
    const refusal = await refusalOf(transact(given, elsewhere, check("b", "attribute_not_exists(")));
    expect(refusal.name).toBe("ValidationException");
    expect(refusal.message).toMatch(/^Invalid ConditionExpression: Syntax error/);
  });

  it("has a value that no expression uses", async () => {
    const given = await givenDynamoDb();
    const unused = { ...ifNew, ExpressionAttributeValues: one };
    expect(await refusalOf(transact(given, put(row("a", 1), unused)))).toEqual(
      invalid("Value provided in ExpressionAttributeValues unused in expressions: keys: {:one}"),
    );
  });

  it("names a table that does not exist", async () => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(
      transact(given, put(row("a", 1)), { Put: { TableName: "Nowhere", Item: row("a", 1) } }),
    );
    expect(refusal.name).toBe("ResourceNotFoundException");
    expect(refusal.message).toBe("Requested resource not found");
    expect(await read(given, "a")).toBeUndefined();
  });

  it("has an empty key, of the table or of an index", async () => {
    const given = await givenDynamoDb();
    const empty = "The AttributeValue for a key attribute cannot contain an empty string value.";
    const emptyIndexKey = { gsi1pk: { S: "" }, gsi1sk: { S: "sub" } };
    expect(await refusalOf(transact(given, put(row("", 1))))).toEqual(
      invalid(`One or more parameter values are not valid. ${empty} Key: pk`),
    );
    expect(await refusalOf(transact(given, remove("")))).toEqual(
      invalid(`One or more parameter values are not valid. ${empty} Key: pk`),
    );
    expect((await refusalOf(transact(given, put(row("a", 1, emptyIndexKey))))).message).toMatch(
      /IndexName: gsi1, IndexKey: gsi1pk$/,
    );
  });

  it("puts an item over 400 KB", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(rowOfBytes("a", 409_600)));
    expect(await refusalOf(transact(given, put(rowOfBytes("b", 409_601))))).toEqual(
      invalid("Item size has exceeded the maximum allowed size"),
    );
  });

  it("carries more than 4 MB", async () => {
    const given = await givenDynamoDb();
    const large = (count: number) =>
      Array.from({ length: count }, (_, n) => put(rowOfBytes(`row${n}`, 400_000)));
    await transact(given, ...large(10));
    expect(await refusalOf(transact(given, ...large(11)))).toEqual(
      invalid("Transaction payload size cannot exceed 4MB"),
    );
  });

  it("asks for capacity in a way there is not, and says so with everything else that is wrong", async () => {
    const { client } = await givenDynamoDb();
    const refusal = await refusalOf(
      send(client, {
        TransactItems: [put(row("a", 1))],
        ReturnConsumedCapacity: "SOME",
        ReturnItemCollectionMetrics: "ALL",
      }),
    );
    expect(refusal.message).toMatch(
      /^2 validation errors detected: Value 'SOME' at 'returnConsumedCapacity' .*; Value 'ALL' at 'returnItemCollectionMetrics'/,
    );
  });
});
