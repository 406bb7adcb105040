import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  type Given,
  givenDynamoDb,
  ifNew,
  keyOf,
  type Row,
  read,
  refusalOf,
  row,
  rowOfBytes,
  save,
} from "./given.ts";
import { table } from "./given-tables.ts";

const update = ({ client }: Given, id: string, UpdateExpression: string, values: Row, more: object = {}) =>
  client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: keyOf(id),
      UpdateExpression,
      ExpressionAttributeValues: values,
      ...more,
    }),
  );

const one = { ":one": { N: "1" } };

describe("a single write", () => {
  it.each(["PutItem", "UpdateItem", "DeleteItem"])(
    "shows the item that refused %s, when asked",
    async (operation) => {
      const given = await givenDynamoDb();
      await save(given, row("a", 1));
      const asked = { ...ifNew, TableName: table, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const };
      const send = {
        PutItem: () => given.client.send(new PutItemCommand({ ...asked, Item: row("a", 2) })),
        UpdateItem: () =>
          given.client.send(
            new UpdateItemCommand({ ...asked, Key: keyOf("a"), UpdateExpression: "REMOVE rev" }),
          ),
        DeleteItem: () => given.client.send(new DeleteItemCommand({ ...asked, Key: keyOf("a") })),
      }[operation] as () => Promise<unknown>;
      const refusal = await refusalOf(send());
      expect(refusal.name).toBe("ConditionalCheckFailedException");
      expect(refusal.message).toBe("The conditional request failed");
      expect(refusal.Item).toEqual(row("a", 1));
      expect(await read(given, "a")).toEqual(row("a", 1));
    },
  );

  it("shows no item unless asked", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const refusal = await refusalOf(
      given.client.send(new PutItemCommand({ ...ifNew, TableName: table, Item: row("a", 2) })),
    );
    expect(refusal.Item).toBeUndefined();
  });

  it("gives back the old item it replaced or deleted", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const ReturnValues = "ALL_OLD" as const;
    const put = await given.client.send(
      new PutItemCommand({ TableName: table, Item: row("a", 2), ReturnValues }),
    );
    const removed = await given.client.send(
      new DeleteItemCommand({ TableName: table, Key: keyOf("a"), ReturnValues }),
    );
    expect(put.Attributes).toEqual(row("a", 1));
    expect(removed.Attributes).toEqual(row("a", 2));
  });

  it.each([
    ["ALL_NEW", row("a", 2, { words: { S: "x" } })],
    ["ALL_OLD", row("a", 1, { words: { S: "x" } })],
    ["UPDATED_NEW", { rev: { N: "2" } }],
    ["UPDATED_OLD", { rev: { N: "1" } }],
  ])("gives back %s of an update", async (ReturnValues, attributes) => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { words: { S: "x" } }));
    const { Attributes } = await update(given, "a", "SET rev = rev + :one", one, { ReturnValues });
    expect(Attributes).toEqual(attributes);
  });

  it("applies the same update anew each time", async () => {
    const given = await givenDynamoDb();
    for (let n = 0; n < 3; n++) {
      await update(given, "a", "SET n = if_not_exists(n, :zero) + :one", { ...one, ":zero": { N: "0" } });
    }
    await update(given, "a", "SET n = if_not_exists(n, :zero) + :one", {
      ":one": { N: "10" },
      ":zero": { N: "0" },
    });
    expect((await read(given, "a"))?.n).toEqual({ N: "13" });
  });

  it("keeps numbers as DynamoDB writes them", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { n: { N: "0042.1200" }, l: { L: [{ N: "1e3" }] } }));
    expect(await read(given, "a")).toEqual(row("a", 1, { n: { N: "42.12" }, l: { L: [{ N: "1000" }] } }));
  });

  it("updates within maps and sets", async () => {
    const given = await givenDynamoDb();
    await save(
      given,
      row("a", 1, { parts: { M: { sub: { M: { n: { N: "1" } } } } }, set: { SS: ["x", "y"] } }),
    );
    await update(
      given,
      "a",
      "SET parts.#s.n = :one ADD #set :z DELETE extras :z",
      { ":one": { N: "7" }, ":z": { SS: ["z"] } },
      {
        ExpressionAttributeNames: { "#s": "sub", "#set": "set" },
      },
    );
    const item = await read(given, "a");
    expect(item?.parts).toEqual({ M: { sub: { M: { n: { N: "7" } } } } });
    expect(item?.set?.SS?.toSorted()).toEqual(["x", "y", "z"]);
  });

  it.each<[string, Row, string]>([
    ["a key that is missing", { pk: { S: "a" } }, "Missing the key sk in the item"],
    ["an empty key", row("", 1), "cannot contain an empty string value. Key: pk"],
    ["an empty index key", row("a", 1, { gsi1sk: { S: "" } }), "IndexName: gsi1, IndexKey: gsi1sk"],
    [
      "a number that is none",
      row("a", 1, { n: { N: "many" } }),
      "cannot be converted to a numeric value: many",
    ],
    ["an empty set", row("a", 1, { s: { SS: [] } }), "An string set  may not be empty"],
    ["more than 400 KB", rowOfBytes("a", 409_601), "Item size has exceeded the maximum allowed size"],
  ])("refuses %s", async (_case, item, message) => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(save(given, item));
    expect(refusal.name).toBe("ValidationException");
    expect(refusal.message).toContain(message);
  });

  it("refuses an update that empties an index key", async () => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(update(given, "a", "SET gsi1pk = :e", { ":e": { S: "" } }));
    expect(refusal.message).toContain("IndexName: gsi1, IndexKey: gsi1pk");
    expect(await read(given, "a")).toBeUndefined();
  });

  it("refuses a table that does not exist", async () => {
    const { client } = await givenDynamoDb();
    const refusal = await refusalOf(
      client.send(new PutItemCommand({ TableName: "Nowhere", Item: row("a", 1) })),
    );
    expect(refusal.name).toBe("ResourceNotFoundException");
  });
});

describe("GetItem", () => {
  it("gives the item, what is asked of it, or nothing", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { words: { S: "x" } }));
    const get = (id: string, more: object = {}) =>
      given.client.send(new GetItemCommand({ TableName: table, Key: keyOf(id), ...more }));
    expect((await get("a", { ProjectionExpression: "words" })).Item).toEqual({ words: { S: "x" } });
    expect((await get("a", { ConsistentRead: true })).Item).toEqual(row("a", 1, { words: { S: "x" } }));
    expect((await get("b")).Item).toBeUndefined();
    expect((await refusalOf(get("a", { Key: { pk: { S: "a" } } }))).message).toBe(
      "The provided key element does not match the schema",
    );
  });
});
