import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  check,
  givenDynamoDb,
  ifNew,
  ifRev,
  keyOf,
  put,
  type Row,
  read,
  refusalOf,
  remove,
  row,
  save,
  transact,
  update,
} from "./given.ts";
import { owned } from "./given-tables.ts";

describe("a transaction that holds", () => {
  it("puts, updates, deletes and checks at once", async () => {
    const given = await givenDynamoDb();
    for (const id of ["updated", "deleted", "checked"]) await save(given, row(id, 1));

    await transact(
      given,
      put(row("put", 1), ifNew),
      update("updated", "SET rev = rev + :one", { ":one": { N: "1" } }),
      remove("deleted", ifRev(1)),
      check("checked", "rev = :rev", { ExpressionAttributeValues: { ":rev": { N: "1" } } }),
    );

    expect(await read(given, "put")).toEqual(row("put", 1));
    expect(await read(given, "updated")).toEqual(row("updated", 2));
    expect(await read(given, "deleted")).toBeUndefined();
    expect(await read(given, "checked")).toEqual(row("checked", 1));
  });

  it("writes items of several tables", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(row("a", 1)), {
      Put: { TableName: owned.TableName, Item: { id: { S: "x" }, owner: { S: "me" } } },
    });
    const other = await given.client.send(
      new GetItemCommand({ TableName: owned.TableName, Key: { id: { S: "x" } } }),
    );
    expect(await read(given, "a")).toEqual(row("a", 1));
    expect(other.Item).toEqual({ id: { S: "x" }, owner: { S: "me" } });
  });

  it("creates the item that an update names", async () => {
    const given = await givenDynamoDb();
    await transact(given, update("new", "ADD stock :n", { ":n": { N: "5" } }));
    expect(await read(given, "new")).toEqual({ ...keyOf("new"), stock: { N: "5" } });
  });

  it("adds to a number that others add to as well", async () => {
    const given = await givenDynamoDb();
    const add = (n: number) => transact(given, update("stock", "ADD n :n", { ":n": { N: String(n) } }));
    await Promise.all([add(5), add(-2), add(7), add(-1)]);
    expect((await read(given, "stock"))?.n).toEqual({ N: "9" });
  });

  it("may delete and check items that are not there", async () => {
    const given = await givenDynamoDb();
    await transact(given, remove("absent"), check("missing", "attribute_not_exists(pk)"));
    expect(await read(given, "absent")).toBeUndefined();
  });

  it("takes a hundred actions", async () => {
    const given = await givenDynamoDb();
    await transact(given, ...Array.from({ length: 100 }, (_, n) => put(row(`row${n}`, n))));
    expect(await read(given, "row99")).toEqual(row("row99", 99));
  });

  it("lets each of many writers that read the same revision win once", async () => {
    const given = await givenDynamoDb();
    await save(given, row("contended", 1));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => transact(given, put(row("contended", 2), ifRev(1)))),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a transaction with a condition that fails", () => {
  it("changes nothing, neither what stands before the condition nor after it", async () => {
    const given = await givenDynamoDb();
    await save(given, row("existing", 1));
    await save(given, row("deleted", 1));
    await refusalOf(
      transact(
        given,
        put(row("before", 1)),
        put(row("existing", 2), ifNew),
        remove("deleted"),
        update("after", "ADD n :n", { ":n": { N: "1" } }),
      ),
    );
    expect(await read(given, "before")).toBeUndefined();
    expect(await read(given, "existing")).toEqual(row("existing", 1));
    expect(await read(given, "deleted")).toEqual(row("deleted", 1));
    expect(await read(given, "after")).toBeUndefined();
  });

  it("gives the reasons in the order of the actions", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const refusal = await refusalOf(
      transact(
        given,
        put(row("free", 1), ifNew),
        put(row("a", 2), ifNew),
        check("missing", "attribute_exists(pk)"),
      ),
    );
    expect(refusal.name).toBe("TransactionCanceledException");
    expect(refusal.message).toBe(
      "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]",
    );
    expect(refusal.CancellationReasons).toEqual([
      { Code: "None" },
      { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
      { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
    ]);
  });

  it.each([
    ["put", put(row("a", 2), { ...ifNew, ReturnValuesOnConditionCheckFailure: "ALL_OLD" })],
    ["delete", remove("a", { ...ifNew, ReturnValuesOnConditionCheckFailure: "ALL_OLD" })],
    ["check", check("a", "attribute_not_exists(pk)", { ReturnValuesOnConditionCheckFailure: "ALL_OLD" })],
    [
      "update",
      update(
        "a",
        "SET n = :n",
        { ":n": { N: "1" } },
        { ...ifNew, ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
      ),
    ],
  ])("shows the item that refused a %s, when asked", async (_kind, action) => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const refusal = await refusalOf(transact(given, action));
    expect(refusal.CancellationReasons?.[0]?.Item).toEqual(row("a", 1));
  });

  it("shows no item unless asked, nor when there is none", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    const refusal = await refusalOf(
      transact(
        given,
        put(row("a", 2), ifNew),
        check("missing", "attribute_exists(pk)", { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
      ),
    );
    expect(refusal.CancellationReasons?.map((reason) => reason.Item)).toEqual([undefined, undefined]);
  });

  it("compares maps and lists by what they hold", async () => {
    const given = await givenDynamoDb();
    const parts = (n: number): Row => ({ parts: { M: { sub: { L: [{ N: String(n) }, { S: "x" }] } } } });
    await save(given, row("a", 1, parts(1)));
    const whenParts = (n: number) => ({
      ConditionExpression: "parts = :parts",
      ExpressionAttributeValues: { ":parts": parts(n).parts },
    });
    const refusal = await refusalOf(transact(given, put(row("a", 2), whenParts(2))));
    expect(refusal.name).toBe("TransactionCanceledException");
    const { ConditionExpression, ExpressionAttributeValues } = whenParts(1);
    await transact(
      given,
      update("a", "REMOVE rev", ExpressionAttributeValues as Row, { ConditionExpression }),
    );
    await transact(given, put(row("a", 2), whenParts(1)));
    expect(await read(given, "a")).toEqual(row("a", 2));
  });

  it("evaluates the same expression anew for other values", async () => {
    const given = await givenDynamoDb();
    await transact(given, put(row("a", 1), ifRev(0)), put(row("b", 7), ifRev(0)));
    await transact(given, put(row("a", 2), ifRev(1)), put(row("b", 8), ifRev(7)));
    const refusal = await refusalOf(transact(given, put(row("a", 3), ifRev(2)), put(row("b", 9), ifRev(7))));
    expect(refusal.CancellationReasons?.map(({ Code }) => Code)).toEqual(["None", "ConditionalCheckFailed"]);
  });
});
