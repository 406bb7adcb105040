import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { ItemKey } from "./database.ts";
import {
  arrivals,
  endless,
  type Given,
  givenDynamoDb,
  keyOf,
  put,
  type Row,
  read,
  refusalOf,
  remove,
  row,
  transact,
} from "./given.ts";
import { table } from "./given-tables.ts";

const conflict = { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" };

const transactGet = ({ client }: Given, ...ids: string[]) =>
  client.send(
    new TransactGetItemsCommand({
      TransactItems: ids.map((id) => ({ Get: { TableName: table, Key: keyOf(id) } })),
    }),
  );

describe("an injected conflict", () => {
  it("cancels the transaction, and nothing is written", async () => {
    const given = await givenDynamoDb({ conflicts: () => true });
    const refusal = await refusalOf(transact(given, put(row("a", 1)), put(row("b", 1))));
    expect(refusal.name).toBe("TransactionCanceledException");
    expect(refusal.CancellationReasons).toEqual([conflict, { Code: "None" }]);
    expect(await read(given, "a")).toBeUndefined();
    expect(given.dynamodb.metrics().conflicts).toBe(1);
  });

  it("is decided for each transaction, by its keys", async () => {
    const asked: ItemKey[][] = [];
    const conflicts = (keys: ItemKey[]) => asked.push(keys) === 1;
    const given = await givenDynamoDb({ conflicts });
    await refusalOf(transact(given, put(row("a", 1)), remove("b")));
    await transact(given, put(row("a", 1)), remove("b"));
    const keys = ["a", "b"].map((id) => ({ TableName: table, Key: keyOf(id) }));
    expect(asked).toEqual([keys, keys]);
    expect(await read(given, "a")).toEqual(row("a", 1));
  });

  it("reaches transactions that read as well", async () => {
    const given = await givenDynamoDb({ conflicts: () => true });
    expect((await refusalOf(transactGet(given, "a"))).CancellationReasons).toEqual([conflict]);
  });
});

describe("while a transaction is in flight", () => {
  /** Starts a transaction on `a` and `b`, and ends it when another request has arrived. */
  async function meanwhile<T>(request: (given: Given) => Promise<T>) {
    const given = await givenDynamoDb({ latency: endless });
    const ended = <U>(promise: Promise<U>) => {
      given.clock.advance(endless);
      return promise;
    };
    await ended(given.dynamodb.dispatch("PutItem", { TableName: table, Item: row("a", 1) }));
    given.dynamodb.resetMetrics();
    const TransactItems = [put(row("a", 2)), put(row("b", 2))];
    const transaction = given.dynamodb.dispatch("TransactWriteItems", { TransactItems });
    const other = Promise.allSettled([request(given)]);
    await arrivals(given, 2);
    await ended(transaction);
    const [outcome] = await other;
    const find = async (id: string) => {
      const found = given.dynamodb.dispatch("GetItem", { TableName: table, Key: keyOf(id) });
      return ((await ended(found)) as { Item?: Row }).Item;
    };
    return {
      find,
      conflicts: given.dynamodb.metrics().conflicts,
      answer: outcome.status === "fulfilled" ? outcome.value : undefined,
      refusal: outcome.status === "rejected" ? outcome.reason : undefined,
    };
  }

  it("another transaction on one of its items is cancelled for that item", async () => {
    const { find, conflicts, refusal } = await meanwhile((given) =>
      transact(given, put(row("c", 3)), put(row("b", 3))),
    );
    expect(refusal.CancellationReasons).toEqual([{ Code: "None" }, conflict]);
    expect(await find("b")).toEqual(row("b", 2));
    expect(await find("c")).toBeUndefined();
    expect(conflicts).toBe(1);
  });

  it("another transaction on other items is not in its way", async () => {
    const { find, conflicts } = await meanwhile((given) => transact(given, put(row("c", 3))));
    expect(conflicts).toBe(0);
    expect(await find("c")).toEqual(row("c", 3));
  });

  it("a transaction that reads one of its items is cancelled", async () => {
    const { refusal } = await meanwhile((given) => transactGet(given, "c", "a"));
    expect(refusal.CancellationReasons).toEqual([{ Code: "None" }, conflict]);
  });

  it("an ordinary read sees the item as it was, or as it became", async () => {
    const { answer } = await meanwhile(({ client }) =>
      client.send(new GetItemCommand({ TableName: table, Key: keyOf("a"), ConsistentRead: true })),
    );
    expect([row("a", 1), row("a", 2)]).toContainEqual(answer?.Item);
  });

  it("its items are free again when it has ended, even if it was cancelled", async () => {
    const given = await givenDynamoDb({ latency: 1 });
    await refusalOf(transact(given, put(row("a", 1), { ConditionExpression: "attribute_exists(pk)" })));
    await transact(given, put(row("a", 2)));
    expect(await read(given, "a")).toEqual(row("a", 2));
  });

  it.each([
    ["put", ({ client }: Given) => client.send(new PutItemCommand({ TableName: table, Item: row("a", 9) }))],
    [
      "delete",
      ({ client }: Given) => client.send(new DeleteItemCommand({ TableName: table, Key: keyOf("a") })),
    ],
    [
      "update",
      ({ client }: Given) =>
        client.send(
          new UpdateItemCommand({ TableName: table, Key: keyOf("a"), UpdateExpression: "REMOVE rev" }),
        ),
    ],
  ])("a %s of one of its items is refused", async (_kind, write) => {
    const { find, conflicts, refusal } = await meanwhile<unknown>(write);
    expect(refusal.name).toBe("TransactionConflictException");
    expect(await find("a")).toEqual(row("a", 2));
    expect(conflicts).toBe(1);
  });

  it("a batch leaves its items unprocessed and writes the others", async () => {
    const requests = ["a", "c"].map((id) => ({ PutRequest: { Item: row(id, 9) } }));
    const { find, answer } = await meanwhile(({ client }) =>
      client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } })),
    );
    expect(answer?.UnprocessedItems).toEqual({ [table]: [requests[0]] });
    expect(await find("a")).toEqual(row("a", 2));
    expect(await find("c")).toEqual(row("c", 9));
  });
});
