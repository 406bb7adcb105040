import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { givenDynamoDb, ifNew, put, read, refusalOf, row, save, transact, update } from "./given.ts";
import { table } from "./given-tables.ts";

const one = { ":one": { N: "1" } };

describe("a transaction with an action that does not fit", () => {
  const mismatch = "The provided key element does not match the schema";

  it.each<[string, TransactWriteItem, string]>([
    [
      "a put whose key has another type",
      put({ pk: { N: "1" }, sk: { S: "row" } }),
      "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N",
    ],
    [
      "a put without a key attribute",
      put({ pk: { S: "a" } }),
      "One or more parameter values were invalid: Missing the key sk in the item",
    ],
    [
      "a put whose index key has another type",
      put(row("a", 1, { gsi1pk: { N: "1" } })),
      "One or more parameter values were invalid: Type mismatch for Index Key gsi1pk Expected: S Actual: N IndexName: gsi1",
    ],
    ["a delete with half a key", { Delete: { TableName: table, Key: { pk: { S: "a" } } } }, mismatch],
    [
      "an update whose key has more attributes",
      { Update: { TableName: table, Key: row("a", 1), UpdateExpression: "REMOVE n" } },
      mismatch,
    ],
    [
      "an update of a key attribute",
      update("a", "SET sk = :s", { ":s": { S: "x" } }),
      "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key",
    ],
    [
      "an update that adds to text",
      update("existing", "SET rev = words + :one", one),
      "An operand in the update expression has an incorrect data type",
    ],
    [
      "an update below something that is not there",
      update("existing", "SET absent.deeper = :one", one),
      "The document path provided in the update expression is invalid for update",
    ],
    [
      "an update that makes the item too large",
      update("existing", "SET filler = :filler", { ":filler": { S: "x".repeat(409_600) } }),
      "Item size to update has exceeded the maximum allowed size",
    ],
  ])("is cancelled for %s", async (_case, action, message) => {
    const given = await givenDynamoDb();
    await save(given, row("existing", 1, { words: { S: "text" } }));
    const refusal = await refusalOf(transact(given, put(row("other", 1)), action));
    expect(refusal.name).toBe("TransactionCanceledException");
    expect(refusal.CancellationReasons).toEqual([
      { Code: "None" },
      { Code: "ValidationError", Message: message },
    ]);
    expect(await read(given, "other")).toBeUndefined();
  });

  it("tells a failed condition from an update that does not fit", async () => {
    const given = await givenDynamoDb();
    await save(given, row("existing", 1, { words: { S: "text" } }));
    const refusal = await refusalOf(
      transact(given, put(row("existing", 2), ifNew), update("new", "SET n = nothing + :one", one)),
    );
    expect(refusal.CancellationReasons?.map(({ Code }) => Code)).toEqual([
      "ConditionalCheckFailed",
      "ValidationError",
    ]);
  });
});
