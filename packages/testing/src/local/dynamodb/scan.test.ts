import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, pages, row, save } from "./given.ts";
import { table } from "./given-tables.ts";

const rows = async (given: Given, count: number) => {
  for (let n = 0; n < count; n++) await save(given, row(`row${n}`, n));
};

describe("Scan", () => {
  it("gives every item once, page by page", async () => {
    const given = await givenDynamoDb();
    await rows(given, 25);
    const found = await pages({ TableName: table, Limit: 10 }, (input) =>
      given.client.send(new ScanCommand(input)),
    );
    expect(found.map((page) => page.length)).toEqual([10, 10, 5]);
    expect(new Set(found.flat().map(({ pk }) => pk?.S)).size).toBe(25);
  });

  it("gives every item in exactly one segment", async () => {
    const given = await givenDynamoDb();
    await rows(given, 40);
    const segments = await Promise.all(
      [0, 1, 2].map((Segment) =>
        given.client.send(new ScanCommand({ TableName: table, Segment, TotalSegments: 3 })),
      ),
    );
    expect(segments.every(({ Count = 0 }) => Count > 0)).toBe(true);
    const found = segments.flatMap(({ Items = [] }) => Items.map(({ pk }) => pk?.S));
    expect(found).toHaveLength(40);
    expect(new Set(found).size).toBe(40);
  });

  it("reads an index, of what is in it", async () => {
    const given = await givenDynamoDb();
    await rows(given, 3);
    await save(given, row("a", 1, { gsi2pk: { S: "active" }, gsi2sk: { S: "a" } }));
    const { Items } = await given.client.send(new ScanCommand({ TableName: table, IndexName: "gsi2" }));
    expect(Items).toHaveLength(1);
  });
});
