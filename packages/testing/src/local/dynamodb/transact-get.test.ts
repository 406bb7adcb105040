import { TransactGetItemsCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, keyOf, type Row, refusalOf, row, rowOfBytes, save } from "./given.ts";
import { owned, table } from "./given-tables.ts";

const get = (Key: Row, more: object = {}) => ({ Get: { TableName: table, Key, ...more } });

const transactGet = ({ client }: Given, ...TransactItems: ReturnType<typeof get>[]) =>
  client.send(new TransactGetItemsCommand({ TransactItems, ReturnConsumedCapacity: "INDEXES" }));

describe("TransactGetItems", () => {
  it("answers in the order of the request, with nothing where there is no item", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    await save(given, row("b", 2));
    const { Responses } = await transactGet(given, get(keyOf("b")), get(keyOf("missing")), get(keyOf("a")));
    expect(Responses).toEqual([{ Item: row("b", 2) }, {}, { Item: row("a", 1) }]);
  });

  it("gives the attributes asked for", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { state: { M: { status: { S: "active" }, amount: { N: "5" } } } }));
    const names = {
      ProjectionExpression: "rev, #s.#t",
      ExpressionAttributeNames: { "#s": "state", "#t": "status" },
    };
    const { Responses } = await transactGet(given, get(keyOf("a"), names));
    expect(Responses).toEqual([{ Item: { rev: { N: "1" }, state: { M: { status: { S: "active" } } } } }]);
  });

  it("costs two units for every 4 KB of each item, missing ones included", async () => {
    const given = await givenDynamoDb();
    await save(given, rowOfBytes("large", 4097));
    await save(given, rowOfBytes("small", 4096));
    const { ConsumedCapacity } = await transactGet(
      given,
      ...["large", "small", "missing"].map((id) => get(keyOf(id))),
    );
    const units = { CapacityUnits: 8, ReadCapacityUnits: 8 };
    expect(ConsumedCapacity).toEqual([{ TableName: table, ...units, Table: units }]);
  });

  it("refuses one item named twice, and an item that is not named at all", async () => {
    const given = await givenDynamoDb();
    expect((await refusalOf(transactGet(given, get(keyOf("a")), get(keyOf("a"))))).message).toBe(
      "Transaction request cannot include multiple operations on one item",
    );
    expect(
      (await refusalOf(transactGet(given, get(keyOf("a")), {} as ReturnType<typeof get>))).message,
    ).toContain("Value null at 'transactItems.2.member.get' failed");
    expect((await refusalOf(transactGet(given))).message).toContain("length greater than or equal to 1");
  });

  it("is cancelled, positionally, for a key that does not fit", async () => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(transactGet(given, get(keyOf("a")), get({ pk: { S: "a" } })));
    expect(refusal.CancellationReasons).toEqual([
      { Code: "None" },
      { Code: "ValidationError", Message: "The provided key element does not match the schema" },
    ]);
  });

  it("reads from several tables, all of which must exist", async () => {
    const given = await givenDynamoDb();
    const elsewhere = (TableName: string) => ({ Get: { TableName, Key: { id: { S: "x" } } } });
    const { Responses } = await transactGet(given, get(keyOf("a")), elsewhere(owned.TableName as string));
    expect(Responses).toEqual([{}, {}]);
    expect((await refusalOf(transactGet(given, elsewhere("Nowhere")))).name).toBe(
      "ResourceNotFoundException",
    );
  });
});
