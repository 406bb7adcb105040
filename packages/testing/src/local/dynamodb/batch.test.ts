import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandInput,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { ItemKey } from "./database.ts";
import {
  type Given,
  givenDynamoDb,
  keyOf,
  type Row,
  read,
  refusalOf,
  row,
  rowOfBytes,
  save,
} from "./given.ts";
import { table } from "./given-tables.ts";

const ids = (count: number) => Array.from({ length: count }, (_, n) => `row${n}`);

const batchGet = ({ client }: Given, RequestItems: BatchGetItemCommandInput["RequestItems"]) =>
  client.send(new BatchGetItemCommand({ RequestItems }));

const batchWrite = ({ client }: Given, RequestItems: BatchWriteItemCommandInput["RequestItems"]) =>
  client.send(new BatchWriteItemCommand({ RequestItems }));

const puts = (items: Row[]) => ({ [table]: items.map((Item) => ({ PutRequest: { Item } })) });

const saveAll = (given: Given, items: Row[]) => Promise.all(items.map((item) => save(given, item)));

describe("BatchGetItem", () => {
  it("gives the items there are, of every table named", async () => {
    const given = await givenDynamoDb();
    await saveAll(given, [row("a", 1), row("b", 2)]);
    await given.client.send(new PutItemCommand({ TableName: "Owned", Item: { id: { S: "x" } } }));
    const { Responses, UnprocessedKeys } = await batchGet(given, {
      [table]: { Keys: ["a", "missing", "b"].map(keyOf) },
      Owned: { Keys: [{ id: { S: "x" } }] },
    });
    expect(Responses?.[table]).toHaveLength(2);
    expect(Responses?.[table]).toEqual(expect.arrayContaining([row("a", 1), row("b", 2)]));
    expect(Responses?.Owned).toEqual([{ id: { S: "x" } }]);
    expect(UnprocessedKeys).toEqual({});
  });

  it("names a table of which it found nothing", async () => {
    const given = await givenDynamoDb();
    const { Responses } = await batchGet(given, { [table]: { Keys: [keyOf("missing")] } });
    expect(Responses).toEqual({ [table]: [] });
  });

  it("promises no order, and does not keep that of the request", async () => {
    const given = await givenDynamoDb();
    await saveAll(
      given,
      ids(20).map((id) => row(id, 1)),
    );
    const { Responses } = await batchGet(given, { [table]: { Keys: ids(20).map(keyOf) } });
    const found = Responses?.[table]?.map(({ pk }) => pk?.S);
    expect(found?.toSorted()).toEqual(ids(20).toSorted());
    expect(found).not.toEqual(ids(20));
  });

  it("gives the attributes asked for", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1, { other: { S: "x" } }));
    const { Responses } = await batchGet(given, {
      [table]: { Keys: [keyOf("a")], ProjectionExpression: "rev" },
    });
    expect(Responses?.[table]).toEqual([{ rev: { N: "1" } }]);
  });

  it("leaves as many keys unprocessed as the hook says, in a form that can be sent again", async () => {
    const asked: ItemKey[][] = [];
    const partialReads = (keys: ItemKey[]) => (asked.push(keys) === 1 ? 2 : 0);
    const given = await givenDynamoDb({ partialReads });
    await saveAll(
      given,
      ids(5).map((id) => row(id, 1)),
    );
    const first = await batchGet(given, {
      [table]: { Keys: ids(5).map(keyOf), ConsistentRead: true, ProjectionExpression: "pk" },
    });
    expect(first.Responses?.[table]).toHaveLength(3);
    expect(first.UnprocessedKeys).toEqual({
      [table]: { Keys: ["row3", "row4"].map(keyOf), ConsistentRead: true, ProjectionExpression: "pk" },
    });
    expect(given.dynamodb.metrics().readUnits).toBe(3);
    const second = await batchGet(given, first.UnprocessedKeys);
    expect(second.Responses?.[table]).toHaveLength(2);
    expect(second.UnprocessedKeys).toEqual({});
    expect(asked[1]).toEqual(["row3", "row4"].map((id) => ({ TableName: table, Key: keyOf(id) })));
  });

  it("is throttled when nothing at all could be processed", async () => {
    const given = await givenDynamoDb({ partialReads: (keys) => keys.length });
    const refusal = await refusalOf(batchGet(given, { [table]: { Keys: [keyOf("a")] } }));
    expect(refusal.name).toBe("ProvisionedThroughputExceededException");
    expect(given.dynamodb.metrics().throttles).toBe(1);
  });

  it("answers at most 16 MB", async () => {
    const given = await givenDynamoDb();
    await saveAll(
      given,
      ids(50).map((id) => rowOfBytes(id, 400_000)),
    );
    const { Responses, UnprocessedKeys } = await batchGet(given, { [table]: { Keys: ids(50).map(keyOf) } });
    expect(Responses?.[table]).toHaveLength(41);
    expect(UnprocessedKeys?.[table]?.Keys).toHaveLength(9);
  });

  it.each<[string, BatchGetItemCommandInput["RequestItems"], string]>([
    [
      "a key named twice",
      { [table]: { Keys: [keyOf("a"), keyOf("a")] } },
      "Provided list of item keys contains duplicates",
    ],
    ["more than a hundred keys", { [table]: { Keys: ids(101).map(keyOf) } }, "less than or equal to 100"],
    [
      "a key that does not fit",
      { [table]: { Keys: [{ pk: { S: "a" } }] } },
      "The provided key element does not match the schema",
    ],
    ["an empty key", { [table]: { Keys: [keyOf("")] } }, "cannot contain an empty string value. Key: pk"],
    ["no keys", { [table]: { Keys: [] } }, "greater than or equal to 1"],
    ["a table that does not exist", { Nowhere: { Keys: [keyOf("a")] } }, "Requested resource not found"],
    [
      "a projection that does not parse",
      { [table]: { Keys: [keyOf("a")], ProjectionExpression: "!" } },
      "Invalid ProjectionExpression",
    ],
  ])("is refused for %s", async (_case, RequestItems, message) => {
    const given = await givenDynamoDb();
    expect((await refusalOf(batchGet(given, RequestItems))).message).toContain(message);
  });

  it("is refused for more than a hundred keys over several tables", async () => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(
      batchGet(given, {
        [table]: { Keys: ids(60).map(keyOf) },
        Owned: { Keys: ids(60).map((id) => ({ id: { S: id } })) },
      }),
    );
    expect(refusal.message).toBe("Too many items requested for the BatchGetItem call");
  });
});

describe("BatchWriteItem", () => {
  it("puts and deletes", async () => {
    const given = await givenDynamoDb();
    await save(given, row("gone", 1));
    const { UnprocessedItems } = await batchWrite(given, {
      [table]: [{ PutRequest: { Item: row("new", 1) } }, { DeleteRequest: { Key: keyOf("gone") } }],
    });
    expect(UnprocessedItems).toEqual({});
    expect(await read(given, "new")).toEqual(row("new", 1));
    expect(await read(given, "gone")).toBeUndefined();
  });

  it.each<[string, BatchWriteItemCommandInput["RequestItems"], string]>([
    [
      "an item named twice",
      puts([row("a", 1), row("a", 2)]),
      "Provided list of item keys contains duplicates",
    ],
    ["more than 25 writes", puts(ids(26).map((id) => row(id, 1))), "less than or equal to 25"],
    [
      "a key of another type",
      puts([{ pk: { N: "1" }, sk: { S: "x" } }]),
      "The provided key element does not match the schema",
    ],
    [
      "an item over 400 KB",
      puts([rowOfBytes("a", 409_601)]),
      "Item size has exceeded the maximum allowed size",
    ],
    ["an empty index key", puts([row("a", 1, { gsi2pk: { S: "" } })]), "IndexName: gsi2, IndexKey: gsi2pk"],
  ])("writes nothing for %s", async (_case, RequestItems, message) => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(batchWrite(given, RequestItems));
    expect(refusal.name).toBe("ValidationException");
    expect(refusal.message).toContain(message);
    expect(await read(given, "a")).toBeUndefined();
  });
});
