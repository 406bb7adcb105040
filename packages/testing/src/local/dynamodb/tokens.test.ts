import { TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { localClock } from "../clock.ts";
import { newDatabase } from "./database.ts";
import {
  endless,
  type Given,
  givenDynamoDb,
  ifNew,
  put,
  read,
  refusalOf,
  row,
  rowOfBytes,
  save,
  update,
} from "./given.ts";
import { holdToken, settleToken } from "./tokens.ts";

const minutes = 60_000;
const add = (n: number) => update("counter", "ADD n :n", { ":n": { N: String(n) } });

const transactAs = (
  { client }: Given,
  ClientRequestToken: string,
  ...TransactItems: ReturnType<typeof add>[]
) =>
  client.send(
    new TransactWriteItemsCommand({ TransactItems, ClientRequestToken, ReturnConsumedCapacity: "TOTAL" }),
  );

const counter = async (given: Given) => (await read(given, "counter"))?.n;

describe("a client request token", () => {
  it("makes a repetition succeed without writing again", async () => {
    const given = await givenDynamoDb();
    await transactAs(given, "token", add(1));
    await transactAs(given, "token", add(1));
    expect(await counter(given)).toEqual({ N: "1" });
  });

  it("holds even when the condition would fail by now", async () => {
    const given = await givenDynamoDb();
    await transactAs(given, "token", put(row("a", 1), ifNew));
    await transactAs(given, "token", put(row("a", 1), ifNew));
    expect(await read(given, "a")).toEqual(row("a", 1));
  });

  it("refuses another transaction under the same token", async () => {
    const given = await givenDynamoDb();
    await transactAs(given, "token", add(1));
    const refusal = await refusalOf(transactAs(given, "token", add(2)));
    expect(refusal.name).toBe("IdempotentParameterMismatchException");
    expect(await counter(given)).toEqual({ N: "1" });
  });

  it("is forgotten ten minutes after its transaction", async () => {
    const given = await givenDynamoDb({ clock: localClock(() => 0) });
    await transactAs(given, "token", add(1));
    given.clock.advance(10 * minutes - 1);
    await transactAs(given, "token", add(1));
    expect(await counter(given)).toEqual({ N: "1" });
    given.clock.advance(1);
    await transactAs(given, "token", add(2));
    expect(await counter(given)).toEqual({ N: "3" });
  });

  it("is free again when its transaction was cancelled", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    await refusalOf(transactAs(given, "token", put(row("a", 2), ifNew)));
    await transactAs(given, "token", add(1));
    expect(await counter(given)).toEqual({ N: "1" });
  });

  it("bills a repetition as reads of the items, in units of 4 KB", async () => {
    const given = await givenDynamoDb();
    const item = put(rowOfBytes("a", 1500));
    const first = await transactAs(given, "token", item);
    const again = await transactAs(given, "token", item);
    expect(first.ConsumedCapacity).toEqual([{ TableName: "Lanes", CapacityUnits: 4, WriteCapacityUnits: 4 }]);
    expect(again.ConsumedCapacity).toEqual([{ TableName: "Lanes", CapacityUnits: 2, ReadCapacityUnits: 2 }]);
  });

  it("is refused while its transaction is still in flight", async () => {
    const given = await givenDynamoDb({ latency: endless });
    const input = { ClientRequestToken: "token", TransactItems: [add(1)] };
    const first = given.dynamodb.dispatch("TransactWriteItems", input);
    const second = refusalOf(given.dynamodb.dispatch("TransactWriteItems", input));
    given.clock.advance(endless);
    await first;
    expect((await second).name).toBe("TransactionInProgressException");
  });

  it("is kept no longer than it counts", () => {
    const clock = localClock(() => 0);
    const database = newDatabase(clock);
    const use = (name: string) => {
      holdToken(database, name, "same");
      settleToken(database, name, new Map());
    };
    for (const name of ["first", "second"]) use(name);
    clock.advance(10 * minutes - 1);
    use("third");
    clock.advance(1);
    use("fourth");
    expect([...database.tokens.keys()]).toEqual(["third", "fourth"]);
  });

  it("has at most 36 characters", async () => {
    const given = await givenDynamoDb();
    const refusal = await refusalOf(transactAs(given, "x".repeat(37), add(1)));
    expect(refusal.message).toMatch(/at 'clientRequestToken' .* length less than or equal to 36/);
  });
});
