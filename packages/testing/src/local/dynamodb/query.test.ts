import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, pages, query, type Row, rowOfBytes, save } from "./given.ts";
import { table } from "./given-tables.ts";

const sortKeys = (items: Row[] | undefined) => items?.map(({ sk }) => sk?.S);

const timeline = async (given: Given) => {
  for (const sk of ["b#2", "a#10", "c", "b#1", "a#1"]) await save(given, { pk: { S: "cus" }, sk: { S: sk } });
  await save(given, { pk: { S: "cus2" }, sk: { S: "a#1" } });
};

describe("Query", () => {
  it("gives a partition in the order of its sort key, or the other way", async () => {
    const given = await givenDynamoDb();
    await timeline(given);
    const cus = { ":pk": { S: "cus" } };
    const forward = await query(given, "pk = :pk", cus);
    const backward = await query(given, "pk = :pk", cus, { ScanIndexForward: false });
    expect(sortKeys(forward.Items)).toEqual(["a#1", "a#10", "b#1", "b#2", "c"]);
    expect(sortKeys(backward.Items)).toEqual(["c", "b#2", "b#1", "a#10", "a#1"]);
  });

  it.each([
    ["begins_with(sk, :sk)", { ":sk": { S: "b" } }, ["b#1", "b#2"]],
    ["sk = :sk", { ":sk": { S: "a#1" } }, ["a#1"]],
    ["sk > :sk", { ":sk": { S: "b#1" } }, ["b#2", "c"]],
    ["sk >= :sk", { ":sk": { S: "b#1" } }, ["b#1", "b#2", "c"]],
    ["sk < :sk", { ":sk": { S: "a#10" } }, ["a#1"]],
    ["sk <= :sk", { ":sk": { S: "a#10" } }, ["a#1", "a#10"]],
    ["sk BETWEEN :sk AND :to", { ":sk": { S: "a#10" }, ":to": { S: "b#1" } }, ["a#10", "b#1"]],
  ])("finds what %s says", async (condition, values, expected) => {
    const given = await givenDynamoDb();
    await timeline(given);
    const { Items } = await query(given, `pk = :pk AND ${condition}`, { ":pk": { S: "cus" }, ...values });
    expect(sortKeys(Items)).toEqual(expected);
  });

  it("filters after it has counted, and projects", async () => {
    const given = await givenDynamoDb();
    for (let n = 0; n < 4; n++) await save(given, { pk: { S: "p" }, sk: { S: `${n}` }, n: { N: `${n}` } });
    const found = await query(
      given,
      "pk = :pk",
      { ":pk": { S: "p" }, ":n": { N: "2" } },
      {
        FilterExpression: "n >= :n",
        ProjectionExpression: "n",
      },
    );
    expect(found).toMatchObject({ Count: 2, ScannedCount: 4, Items: [{ n: { N: "2" } }, { n: { N: "3" } }] });
  });

  it.each([true, false])("goes on where a page ended (forward: %s)", async (ScanIndexForward) => {
    const given = await givenDynamoDb();
    await timeline(given);
    const found = await pages({ TableName: table, Limit: 2, ScanIndexForward }, (input) =>
      query(given, "pk = :pk", { ":pk": { S: "cus" } }, input),
    );
    expect(found.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(sortKeys(found.flat())).toHaveLength(5);
  });

  it("ends a page at 1 MB", async () => {
    const given = await givenDynamoDb();
    for (let n = 0; n < 4; n++) await save(given, { ...rowOfBytes("p", 350_000), sk: { S: `${n}` } });
    const found = await pages({ TableName: table }, (input) =>
      query(given, "pk = :pk", { ":pk": { S: "p" } }, input),
    );
    expect(found.map((page) => page.length)).toEqual([3, 1]);
  });

  it("orders numbers as numbers", async () => {
    const given = await givenDynamoDb();
    const numbers = ["10", "-3", "2.5", "0", "-20", "100"];
    for (const N of numbers) await save(given, { id: { S: "x" }, n: { N } }, "Numbered");
    const { Items } = await query(
      given,
      "id = :id AND n > :n",
      { ":id": { S: "x" }, ":n": { N: "-4" } },
      {
        TableName: "Numbered",
      },
    );
    expect(Items?.map(({ n }) => n?.N)).toEqual(["-3", "0", "2.5", "10", "100"]);
  });
});
