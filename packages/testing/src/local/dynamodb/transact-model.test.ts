import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AwsError } from "../http.ts";
import { newDatabase } from "./database.ts";
import { givenDynamoDb, ifRev, keyOf, put, type Row, row } from "./given.ts";
import { lanes, table } from "./given-tables.ts";
import { begin } from "./operations.ts";

const ids = ["a", "b", "c", "d"];

type Action = {
  kind: "Put" | "Delete" | "Update" | "ConditionCheck";
  id: string;
  rev: number;
  status: string;
};

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom("Put", "Delete", "Update", "ConditionCheck"),
  id: fc.constantFrom(...ids),
  rev: fc.integer({ min: 0, max: 2 }),
  status: fc.constantFrom("", "active", "canceled"),
});

const transaction = fc.uniqueArray(action, { minLength: 1, maxLength: 4, selector: ({ id }) => id });

/** The model: a row is its revision and its status; an empty status keeps it out of the index. */
type Model = Map<string, { rev: number; status: string }>;

const holdsIn = (model: Model, { id, rev }: Action) => !model.has(id) || model.get(id)?.rev === rev;

function apply(model: Model, { kind, id, status }: Action) {
  const rev = (model.get(id)?.rev ?? 0) + 1;
  if (kind === "Put" || kind === "Update") model.set(id, { rev, status });
  if (kind === "Delete") model.delete(id);
}

const indexKeys = (id: string, status: string): Row =>
  status === "" ? {} : { gsi2pk: { S: status }, gsi2sk: { S: id } };

const rowOf = (id: string, rev: number, status: string) => row(id, rev, indexKeys(id, status));

function requestOf(model: Model, { kind, id, rev, status }: Action): object {
  const condition = ifRev(rev);
  const next = (model.get(id)?.rev ?? 0) + 1;
  if (kind === "Put") return { Put: { TableName: table, Item: rowOf(id, next, status), ...condition } };
  if (kind !== "Update") return { [kind]: { TableName: table, Key: keyOf(id), ...condition } };
  const values = { ...condition.ExpressionAttributeValues, ":one": { N: "1" } };
  const keys = status === "" ? {} : { ":status": { S: status }, ":id": { S: id } };
  const expression = status === "" ? "REMOVE gsi2pk, gsi2sk" : "SET gsi2pk = :status, gsi2sk = :id";
  return {
    Update: {
      TableName: table,
      Key: keyOf(id),
      ...condition,
      UpdateExpression: `${expression} ADD rev :one`,
      ExpressionAttributeValues: { ...values, ...keys },
    },
  };
}

type Database = ReturnType<typeof newDatabase>;

function reasonsOf(database: Database, TransactItems: object[]): string[] | undefined {
  try {
    begin(database, "TransactWriteItems", { TransactItems })();
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return (error.members.CancellationReasons as { Code: string }[]).map(({ Code }) => Code);
  }
}

async function scan(database: Database, more: object = {}) {
  const { Items } = (await begin(database, "Scan", { TableName: table, ...more })()) as { Items: Row[] };
  return Items.toSorted((one, other) => String(one.pk?.S).localeCompare(String(other.pk?.S)));
}

describe("any sequence of transactions", () => {
  it("commits exactly those whose conditions all hold, and keeps the index true", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(transaction, { maxLength: 12 }), async (transactions) => {
        const database = newDatabase({ now: () => 0 });
        begin(database, "CreateTable", { ...lanes })();
        const model: Model = new Map();
        for (const actions of transactions) {
          const failing = actions.map((one) => !holdsIn(model, one));
          const requests = actions.map((one) => requestOf(model, one));
          const codes = failing.map((fails) => (fails ? "ConditionalCheckFailed" : "None"));
          expect(reasonsOf(database, requests)).toEqual(failing.includes(true) ? codes : undefined);
          if (!failing.includes(true)) for (const one of actions) apply(model, one);
        }
        const rows = ids.flatMap((id) => {
          const kept = model.get(id);
          return kept ? [rowOf(id, kept.rev, kept.status)] : [];
        });
        const entries = rows.filter(({ gsi2pk }) => gsi2pk).map(({ rev: _rev, ...keys }) => keys);
        expect(await scan(database)).toEqual(rows);
        expect(await scan(database, { IndexName: "gsi2" })).toEqual(entries);
      }),
      { numRuns: 200 },
    );
  });
});

describe("many clients at once", () => {
  it("move money between two accounts, and none is made or lost", async () => {
    const given = await givenDynamoDb({ latency: 1 });
    const send = given.dynamodb.dispatch;
    const open = ["from", "to"].map((id) => put(row(id, 1, { money: { N: "100" } })));
    await send("TransactWriteItems", { TransactItems: open });

    const transfer = async (amount: number): Promise<void> => {
      const keys = ["from", "to"].map((id) => ({ Get: { TableName: table, Key: keyOf(id) } }));
      try {
        const read = (await send("TransactGetItems", { TransactItems: keys })) as {
          Responses: { Item: Row }[];
        };
        const moved = read.Responses.map(({ Item }, n) => {
          const rev = Number(Item.rev?.N);
          const money = Number(Item.money?.N) + (n === 0 ? -amount : amount);
          return put(row(String(Item.pk?.S), rev + 1, { money: { N: String(money) } }), ifRev(rev));
        });
        await send("TransactWriteItems", { TransactItems: moved });
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== "TransactionCanceledException") throw error;
        await transfer(amount);
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(transfer));

    const { Items } = (await send("Scan", { TableName: table })) as { Items: Row[] };
    const money = Items.map(({ pk, money }) => [pk?.S, money?.N]);
    expect(money).toEqual(
      expect.arrayContaining([
        ["from", "79"],
        ["to", "121"],
      ]),
    );
    expect(given.dynamodb.metrics().conflicts).toBeGreaterThan(0);
  });
});
