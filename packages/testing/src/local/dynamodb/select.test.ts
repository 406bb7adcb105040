// `Select` and parallel segments: what Query and Scan refuse, in AWS's words ("Query", "Scan" of its API reference).
import {
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { type Given, givenDynamoDb, refusalOf, row, save } from "./given.ts";
import { table } from "./given-tables.ts";

const ofA = {
  TableName: table,
  KeyConditionExpression: "pk = :pk",
  ExpressionAttributeValues: { ":pk": { S: "a" } },
};

const query = ({ client }: Given, input: Partial<QueryCommandInput>) =>
  client.send(new QueryCommand({ ...ofA, ...input }));
const scan = ({ client }: Given, input: Partial<ScanCommandInput>) =>
  client.send(new ScanCommand({ TableName: table, ...input }));

type Input = Pick<ScanCommandInput, "Select" | "ProjectionExpression" | "AttributesToGet" | "IndexName">;

const REFUSED: [Input, string][] = [
  [
    { Select: "SPECIFIC_ATTRIBUTES" },
    "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
  ],
  [
    { Select: "COUNT", ProjectionExpression: "pk" },
    "Cannot specify the ProjectionExpression when choosing to get only the Count",
  ],
  [
    { Select: "ALL_ATTRIBUTES", ProjectionExpression: "pk" },
    "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES",
  ],
  [
    { Select: "ALL_PROJECTED_ATTRIBUTES", ProjectionExpression: "pk", IndexName: "gsi1" },
    "Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES",
  ],
  [
    { Select: "ALL_PROJECTED_ATTRIBUTES" },
    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
  ],
];

describe.each(REFUSED)("%j", (input, message) => {
  it("is refused by Scan, and by Query as one error", async () => {
    const given = await givenDynamoDb();
    const refusals = [await refusalOf(scan(given, input)), await refusalOf(query(given, input))];
    expect(refusals.map(({ name }) => name)).toEqual(["ValidationException", "ValidationException"]);
    expect(refusals.map((refusal) => refusal.message)).toEqual([
      message,
      `1 validation error detected: ${message}`,
    ]);
  });
});

describe("Select", () => {
  it.each<[Input, object]>([
    [
      { Select: "SPECIFIC_ATTRIBUTES", ProjectionExpression: "pk" },
      { Items: [{ pk: { S: "a" } }], Count: 1 },
    ],
    [{ Select: "ALL_ATTRIBUTES" }, { Items: [row("a", 1)], Count: 1 }],
    [{ ProjectionExpression: "rev" }, { Items: [{ rev: { N: "1" } }], Count: 1 }],
  ])("%j is answered", async (input, answer) => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    expect(await scan(given, input)).toMatchObject(answer);
    expect(await query(given, input)).toMatchObject(answer);
  });

  it("COUNT gives no items", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const { Items, Count } = await query(given, { Select: "COUNT" });
    expect({ Items, Count }).toEqual({ Items: undefined, Count: 1 });
  });

  it("SPECIFIC_ATTRIBUTES takes the older AttributesToGet, which must not stand beside another", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const AttributesToGet = ["rev"];
    expect(await scan(given, { AttributesToGet, Select: "SPECIFIC_ATTRIBUTES" })).toMatchObject({
      Items: [{ rev: { N: "1" } }],
    });
    expect((await refusalOf(scan(given, { AttributesToGet, Select: "COUNT" }))).message).toBe(
      "Cannot specify the AttributesToGet when choosing to get only the Count",
    );
  });
});

describe("a segment of a parallel scan", () => {
  it.each([
    [{ Segment: 0 }, "The TotalSegments parameter is required but was not present"],
    [{ Segment: 3 }, "The TotalSegments parameter is required but was not present"],
    [{ TotalSegments: 2 }, "The Segment parameter is required but was not present"],
    [{ Segment: 0, TotalSegments: 1_000_001 }, "at 'totalSegments' failed to satisfy constraint"],
    [{ Segment: 1_000_000, TotalSegments: 1_000_000 }, "at 'segment' failed to satisfy constraint"],
    [{ Segment: -1, TotalSegments: 2 }, "at 'segment' failed to satisfy constraint"],
    [{ Segment: 2, TotalSegments: 2 }, "Segment: 2 is not less than TotalSegments: 2"],
  ])("%j is refused", async (input, message) => {
    const { name, message: told } = await refusalOf(scan(await givenDynamoDb(), input));
    expect(name).toBe("ValidationException");
    expect(told).toMatch(message);
  });

  it("gives each item to one of them", async () => {
    const given = await givenDynamoDb();
    const ids = ["a", "b", "c", "d", "e", "f"];
    for (const id of ids) await save(given, row(id, 1));
    const pages = await Promise.all([0, 1].map((Segment) => scan(given, { Segment, TotalSegments: 2 })));
    expect(pages.flatMap(({ Items = [] }) => Items.map(({ pk }) => pk?.S)).toSorted()).toEqual(ids);
  });
});
