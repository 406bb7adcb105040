import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  check,
  type Given,
  givenDynamoDb,
  keyOf,
  put,
  type Row,
  refusalOf,
  remove,
  row,
  transact,
  update,
} from "./given.ts";
import { table } from "./given-tables.ts";

const indexed = async ({ client }: Given, index: "gsi1" | "gsi2", hash: string) => {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: index,
      KeyConditionExpression: "#pk = :pk",
      ExpressionAttributeNames: { "#pk": `${index}pk` },
      ExpressionAttributeValues: { ":pk": { S: hash } },
    }),
  );
  return Items;
};

describe("a transaction and the indexes", () => {
  const listed = (id: string, status: string): Row =>
    row(id, 1, { gsi1pk: { S: `id#${id}` }, gsi1sk: { S: "sub" }, gsi2pk: { S: status }, gsi2sk: { S: id } });

  it("lists what it put, by keys alone", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(listed("a", "active")));
    expect(await indexed(given, "gsi2", "active")).toEqual([
      { ...keyOf("a"), gsi2pk: { S: "active" }, gsi2sk: { S: "a" } },
    ]);
  });

  it("moves an entry whose key changed", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(listed("a", "active")), put(listed("b", "active")));
    await transact(
      given,
      update("a", "SET gsi2pk = :s", { ":s": { S: "canceled" } }),
      put(listed("b", "past_due")),
    );
    expect(await indexed(given, "gsi2", "active")).toEqual([]);
    expect(await indexed(given, "gsi2", "canceled")).toHaveLength(1);
    expect(await indexed(given, "gsi2", "past_due")).toHaveLength(1);
    expect(await indexed(given, "gsi1", "id#a")).toHaveLength(1);
  });

  it("leaves out items without both key attributes", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(listed("a", "active")), put(row("half", 1, { gsi2pk: { S: "active" } })));
    expect(await indexed(given, "gsi2", "active")).toHaveLength(1);
    await transact(given, {
      Update: { TableName: table, Key: keyOf("a"), UpdateExpression: "REMOVE gsi2sk" },
    });
    expect(await indexed(given, "gsi2", "active")).toEqual([]);
  });

  it("forgets what it deleted", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(listed("a", "active")));
    await transact(given, remove("a"));
    expect(await indexed(given, "gsi1", "id#a")).toEqual([]);
    expect(await indexed(given, "gsi2", "active")).toEqual([]);
  });

  it("leaves the indexes alone when it is cancelled", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(listed("a", "active")));
    await refusalOf(
      transact(
        given,
        put(listed("a", "canceled")),
        put(listed("b", "active")),
        check("missing", "attribute_exists(pk)"),
      ),
    );
    expect(await indexed(given, "gsi2", "active")).toHaveLength(1);
    expect(await indexed(given, "gsi2", "canceled")).toEqual([]);
  });
});
