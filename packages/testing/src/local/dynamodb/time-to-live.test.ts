import { DescribeTimeToLiveCommand, QueryCommand, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { endless, type Given, givenDynamoDb, put, type Row, read, refusalOf, row, save } from "./given.ts";
import { table } from "./given-tables.ts";

const days = 24 * 3600;

const setTimeToLive = ({ client }: Given, Enabled: boolean) =>
  client.send(
    new UpdateTimeToLiveCommand({
      TableName: table,
      TimeToLiveSpecification: { AttributeName: "expires", Enabled },
    }),
  );

const describeTimeToLive = async ({ client }: Given) =>
  (await client.send(new DescribeTimeToLiveCommand({ TableName: table }))).TimeToLiveDescription;

/** A row that expires so many seconds from now. */
const expiring = ({ clock }: Given, id: string, seconds: number, more: Row = {}) =>
  row(id, 1, { expires: { N: String(Math.floor(clock.now() / 1000) + seconds) }, ...more });

describe("time to live", () => {
  it("is described as it was set", async () => {
    const given = await givenDynamoDb();
    expect(await describeTimeToLive(given)).toEqual({ TimeToLiveStatus: "DISABLED" });
    expect((await setTimeToLive(given, true)).TimeToLiveSpecification).toEqual({
      AttributeName: "expires",
      Enabled: true,
    });
    expect(await describeTimeToLive(given)).toEqual({
      TimeToLiveStatus: "ENABLED",
      AttributeName: "expires",
    });
    await setTimeToLive(given, false);
    expect(await describeTimeToLive(given)).toEqual({ TimeToLiveStatus: "DISABLED" });
  });

  it("is refused when it is so already, for no attribute, and for no table", async () => {
    const given = await givenDynamoDb();
    expect((await refusalOf(setTimeToLive(given, false))).message).toBe("TimeToLive is already disabled");
    await setTimeToLive(given, true);
    expect((await refusalOf(setTimeToLive(given, true))).message).toBe("TimeToLive is already enabled");
    const update = (TableName: string, AttributeName: string) =>
      given.client.send(
        new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled: true } }),
      );
    expect((await refusalOf(update(table, ""))).message).toMatch(
      /attributeName' failed .* greater than or equal to 1/,
    );
    expect((await refusalOf(update("Nowhere", "expires"))).name).toBe("ResourceNotFoundException");
  });

  it("shows expired items until they are swept, and then deletes them", async () => {
    const given = await givenDynamoDb();
    await setTimeToLive(given, true);
    await save(given, expiring(given, "a", 90 * days));
    await save(given, expiring(given, "b", 91 * days));
    given.clock.advance((90 * days + 1) * 1000);
    expect(await read(given, "a")).toBeDefined();
    expect(given.dynamodb.sweepExpired()).toBe(1);
    expect(await read(given, "a")).toBeUndefined();
    expect(await read(given, "b")).toBeDefined();
  });

  it("deletes from the indexes too, and costs nothing", async () => {
    const given = await givenDynamoDb();
    await setTimeToLive(given, true);
    await save(given, expiring(given, "a", -1, { gsi1pk: { S: "id" }, gsi1sk: { S: "sub" } }));
    given.dynamodb.resetMetrics();
    expect(given.dynamodb.sweepExpired()).toBe(1);
    expect(given.dynamodb.metrics().writeUnits).toBe(0);
    const { Count } = await given.client.send(
      new QueryCommand({
        TableName: table,
        IndexName: "gsi1",
        KeyConditionExpression: "gsi1pk = :id",
        ExpressionAttributeValues: { ":id": { S: "id" } },
      }),
    );
    expect(Count).toBe(0);
  });

  it("spares what has no number of seconds there, and what expired more than five years ago", async () => {
    const given = await givenDynamoDb();
    await setTimeToLive(given, true);
    await save(given, row("none", 1));
    await save(given, row("text", 1, { expires: { S: "1" } }));
    await save(given, row("ancient", 1, { expires: { N: "1" } }));
    await save(given, row("milliseconds", 1, { expires: { N: String(given.clock.now() - 1) } }));
    expect(given.dynamodb.sweepExpired()).toBe(0);
  });

  it("spares every item of a table without it", async () => {
    const given = await givenDynamoDb();
    await save(given, expiring(given, "a", -1));
    expect(given.dynamodb.sweepExpired()).toBe(0);
  });

  it("spares an item that a transaction is writing", async () => {
    const given = await givenDynamoDb({ latency: endless });
    const done = <T>(request: Promise<T>) => {
      given.clock.advance(endless);
      return request;
    };
    const enable = { TableName: table, TimeToLiveSpecification: { AttributeName: "expires", Enabled: true } };
    await done(given.dynamodb.dispatch("UpdateTimeToLive", enable));
    await done(given.dynamodb.dispatch("PutItem", { TableName: table, Item: expiring(given, "a", -1) }));
    const renewal = given.dynamodb.dispatch("TransactWriteItems", { TransactItems: [put(row("a", 2))] });
    expect(given.dynamodb.sweepExpired()).toBe(0);
    await done(renewal);
  });
});
