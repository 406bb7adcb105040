import { type DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AwsError, Fault } from "../http.ts";
import {
  internalServerError,
  provisionedThroughputExceeded,
  throttled,
  transactionCanceled,
} from "./errors.ts";
import {
  arrivals,
  clientOf,
  endless,
  givenDynamoDb,
  ifNew,
  keyOf,
  put,
  type Row,
  read,
  refusalOf,
  row,
  save,
  transact,
} from "./given.ts";
import { table } from "./given-tables.ts";

/** Faults of the first requests for an operation, one each. */
const firstFaults = (operation: string, ...faults: Fault[]) => ({
  faults: (_service: string, name: string) => (name === operation ? faults.shift() : undefined),
});

const before = (error: AwsError): Fault => ({ when: "before", error });

describe("an injected fault", () => {
  it.each([
    ["throttling of a provisioned table", provisionedThroughputExceeded(), 1],
    ["throttling of an on-demand table", throttled(), 1],
    ["a server error", internalServerError(), 0],
  ])("can be %s, and nothing is written or consumed", async (_case, error, throttles) => {
    const given = await givenDynamoDb(firstFaults("TransactWriteItems", before(error)));
    const refusal = await refusalOf(transact(given, put(row("a", 1))));
    expect(refusal.name).toBe(error.code);
    expect(given.dynamodb.metrics()).toMatchObject({
      requests: { TransactWriteItems: 1 },
      writeUnits: 0,
      throttles,
    });
    expect(await read(given, "a")).toBeUndefined();
  });

  it("can come after the commit, so that the client does not know of it", async () => {
    const given = await givenDynamoDb(
      firstFaults("TransactWriteItems", { when: "after", error: internalServerError() }),
    );
    expect((await refusalOf(transact(given, put(row("a", 1), ifNew)))).name).toBe("InternalServerError");
    expect(await read(given, "a")).toEqual(row("a", 1));
    const again = await refusalOf(transact(given, put(row("a", 1), ifNew)));
    expect(again.CancellationReasons?.[0]?.Code).toBe("ConditionalCheckFailed");
  });

  it("can be survived by a client that repeats itself, thanks to its token", async () => {
    const faults = firstFaults("TransactWriteItems", { when: "after", error: internalServerError() });
    const given = await givenDynamoDb(faults);
    const persistent = clientOf(given.dynamodb.url, { maxAttempts: 2 });
    onTestFinished(() => persistent.destroy());
    await persistent.send(new TransactWriteItemsCommand({ TransactItems: [put(row("a", 1), ifNew)] }));
    expect(given.dynamodb.metrics().requests.TransactWriteItems).toBe(2);
  });

  it("can be a transaction cancelled for want of throughput", async () => {
    const reasons = [{ Code: "None" }, { Code: "ThrottlingError", Message: "Throughput exceeds" }];
    const given = await givenDynamoDb(
      firstFaults("TransactWriteItems", before(transactionCanceled(reasons))),
    );
    const refusal = await refusalOf(transact(given, put(row("a", 1)), put(row("b", 1))));
    expect(refusal.CancellationReasons).toEqual(reasons);
  });
});

describe("the local DynamoDB", () => {
  it("takes its latency from its own clock", async () => {
    const given = await givenDynamoDb({ latency: endless });
    let answered = false;
    const written = given.dynamodb
      .dispatch("PutItem", { TableName: table, Item: row("a", 1) })
      .then(() => (answered = true));
    await Promise.resolve();
    expect(answered).toBe(false);
    given.clock.advance(endless);
    await written;
    expect(answered).toBe(true);
  });

  it("takes another latency from one request to the next, where a function tells it", async () => {
    let latency = 0;
    const given = await givenDynamoDb({ latency: () => latency });
    await save(given, row("a", 1));
    latency = endless;
    let answered = false;
    const written = save(given, row("b", 1)).then(() => (answered = true));
    await arrivals(given, 2);
    expect(answered).toBe(false);
    given.clock.advance(endless);
    await written;
  });

  it("makes a refusal wait as long as an answer", async () => {
    const given = await givenDynamoDb({ latency: endless, conflicts: () => true });
    let refused = false;
    const refusal = given.dynamodb
      .dispatch("TransactWriteItems", { TransactItems: [put(row("a", 1))] })
      .catch(() => (refused = true));
    await Promise.resolve();
    expect(refused).toBe(false);
    given.clock.advance(endless);
    await refusal;
  });

  it("shares nothing with who calls it in process", async () => {
    const { dynamodb } = await givenDynamoDb();
    const Item = row("a", 1, { parts: { M: { n: { N: "1" } } } });
    await dynamodb.dispatch("PutItem", { TableName: table, Item });
    (Item.parts?.M as Row).n = { N: "2" };
    const get = async () =>
      (await dynamodb.dispatch("GetItem", { TableName: table, Key: keyOf("a") })) as { Item: Row };
    const found = await get();
    expect(found.Item.parts).toEqual({ M: { n: { N: "1" } } });
    (found.Item.parts?.M as Row).n = { N: "3" };
    expect((await get()).Item.parts).toEqual({ M: { n: { N: "1" } } });
  });

  it("refuses an operation it does not have", async () => {
    const { dynamodb } = await givenDynamoDb();
    const refusal = (await refusalOf(dynamodb.dispatch("ExecuteStatement", {}))) as unknown as AwsError;
    expect(refusal.code).toBe("UnknownOperationException");
  });

  it("starts its count anew when asked", async () => {
    const given = await givenDynamoDb();
    await save(given, row("a", 1));
    given.dynamodb.resetMetrics();
    expect(given.dynamodb.metrics()).toEqual({
      requests: {},
      readUnits: 0,
      writeUnits: 0,
      conflicts: 0,
      throttles: 0,
    });
  });

  it("answers nobody once it is closed", async () => {
    const given = await givenDynamoDb();
    const client: DynamoDBClient = clientOf(given.dynamodb.url);
    await given.dynamodb.close();
    await refusalOf(client.send(new GetItemCommand({ TableName: table, Key: keyOf("a") })));
    client.destroy();
  });
});
