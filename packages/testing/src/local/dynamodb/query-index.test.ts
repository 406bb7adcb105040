import { describe, expect, it } from "vitest";
import { givenDynamoDb, pages, put, query, refusalOf, row, save, transact } from "./given.ts";
import { table } from "./given-tables.ts";

const active = { gsi2pk: { S: "active" }, gsi2sk: { S: "same" } };

describe("Query of an index", () => {
  // dynalite's index keys end in 24 bits of a hash: among thousands some are equal, and entries were lost.
  it.each([true, false])(
    "gives each of thousands with one index key once (forward: %s)",
    async (ScanIndexForward) => {
      const given = await givenDynamoDb();
      const ids = Array.from({ length: 6000 }, (_, n) => `row${n}`);
      for (let n = 0; n < ids.length; n += 100) {
        await transact(given, ...ids.slice(n, n + 100).map((id) => put(row(id, 1, active))));
      }
      const found = await pages(
        { TableName: table, IndexName: "gsi2", Limit: 700, ScanIndexForward },
        (input) => query(given, "gsi2pk = :s", { ":s": { S: "active" } }, input),
      );
      expect(new Set(found.flat().map(({ pk }) => pk?.S)).size).toBe(6000);
      expect(found.flat()).toHaveLength(6000);
    },
  );

  it("refuses strong consistency on an index, and an index that does not exist", async () => {
    const given = await givenDynamoDb();
    const strong = query(
      given,
      "gsi2pk = :s",
      { ":s": { S: "active" } },
      { IndexName: "gsi2", ConsistentRead: true },
    );
    expect((await refusalOf(strong)).message).toBe(
      "Consistent reads are not supported on global secondary indexes",
    );
    const unknown = query(given, "gsi2pk = :s", { ":s": { S: "active" } }, { IndexName: "gsi9" });
    expect((await refusalOf(unknown)).message).toBe("The table does not have the specified index: gsi9");
  });

  it("fetches what a local index lacks from the table, at the price of reading both", async () => {
    const given = await givenDynamoDb();
    for (const N of ["1", "2"])
      await save(given, { id: { S: "x" }, n: { N }, at: { S: `t${N}` }, more: { S: "y" } }, "Numbered");
    const { Items, ConsumedCapacity } = await query(
      given,
      "id = :id AND #at >= :at",
      { ":id": { S: "x" }, ":at": { S: "t1" } },
      {
        TableName: "Numbered",
        IndexName: "byTime",
        Select: "ALL_ATTRIBUTES",
        ExpressionAttributeNames: { "#at": "at" },
        ReturnConsumedCapacity: "INDEXES",
      },
    );
    expect(Items?.map(({ more }) => more?.S)).toEqual(["y", "y"]);
    expect(ConsumedCapacity).toEqual({
      TableName: "Numbered",
      CapacityUnits: 1.5,
      Table: { CapacityUnits: 1 },
      LocalSecondaryIndexes: { byTime: { CapacityUnits: 0.5 } },
    });
  });

  it("reads whole items from an index that stores them", async () => {
    const given = await givenDynamoDb();
    const item = { id: { S: "x" }, owner: { S: "me" }, text: { S: "y" } };
    await save(given, item, "Owned");
    await save(given, { id: { S: "z" }, owner: { S: "you" } }, "Owned");
    const { Items } = await query(
      given,
      "#owner = :me",
      { ":me": { S: "me" } },
      {
        TableName: "Owned",
        IndexName: "byOwner",
        ExpressionAttributeNames: { "#owner": "owner" },
      },
    );
    expect(Items).toEqual([item]);
  });
});
