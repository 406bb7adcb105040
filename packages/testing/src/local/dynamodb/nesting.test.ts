// "Attribute values: 32 levels of nested attributes" ("Quotas in Amazon DynamoDB"): the attribute itself is the first.
import {
  type AttributeValue,
  BatchWriteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, keyOf, refusalOf, row } from "./given.ts";
import { table } from "./given-tables.ts";

const LEAF: AttributeValue = { S: "leaf" };

function nested(levels: number, wrap: (value: AttributeValue) => AttributeValue): AttributeValue {
  return levels === 1 ? LEAF : wrap(nested(levels - 1, wrap));
}

const maps = (levels: number) => nested(levels, (value) => ({ M: { a: value } }));
const lists = (levels: number) => nested(levels, (value) => ({ L: [LEAF, value] }));

const Update = (deep: AttributeValue) => ({
  TableName: table,
  Key: keyOf("a"),
  UpdateExpression: "SET deep = :deep",
  ExpressionAttributeValues: { ":deep": deep },
});
const Put = (deep: AttributeValue) => ({ TableName: table, Item: row("a", 1, { deep }) });

const WRITES: [string, (given: Given, deep: AttributeValue) => Promise<unknown>][] = [
  ["PutItem", ({ client }, deep) => client.send(new PutItemCommand(Put(deep)))],
  ["UpdateItem", ({ client }, deep) => client.send(new UpdateItemCommand(Update(deep)))],
  [
    "BatchWriteItem",
    ({ client }, deep) => {
      const RequestItems = { [table]: [{ PutRequest: { Item: Put(deep).Item } }] };
      return client.send(new BatchWriteItemCommand({ RequestItems }));
    },
  ],
  [
    "TransactWriteItems with Put",
    ({ client }, deep) => client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: Put(deep) }] })),
  ],
  [
    "TransactWriteItems with Update",
    ({ client }, deep) =>
      client.send(new TransactWriteItemsCommand({ TransactItems: [{ Update: Update(deep) }] })),
  ],
];

describe.each(WRITES)("%s", (_, write) => {
  it("takes 32 levels", async () => {
    const given = await givenDynamoDb();
    await write(given, maps(32));
    await write(given, lists(32));
  });

  it.each([33, 34, 150])("refuses %i", async (levels) => {
    const given = await givenDynamoDb();
    for (const deep of [maps(levels), lists(levels)]) {
      const { name, message } = await refusalOf(write(given, deep));
      expect(name).toBe("ValidationException");
      expect(message).toMatch("Nesting Levels have exceeded supported limits");
    }
  });
});

it("an update that puts a value deep into an item is refused where both together are too deep", async () => {
  const { client } = await givenDynamoDb();
  await client.send(new PutItemCommand(Put({ M: { a: { M: {} } } })));
  const update = (deep: AttributeValue) =>
    client.send(new UpdateItemCommand({ ...Update(deep), UpdateExpression: "SET deep.a.b = :deep" }));
  expect((await refusalOf(update(maps(31)))).message).toMatch(
    "Nesting Levels have exceeded supported limits",
  );
  await update(maps(30));
});
