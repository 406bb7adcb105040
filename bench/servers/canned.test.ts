import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startCanned } from "./canned.ts";
import { type DynamoDb, startDynamoDbProcess, TABLE } from "./dynamodb.ts";

const folder = mkdtempSync(join(tmpdir(), "canned-"));
const path = join(folder, "exchanges.json");
let database: DynamoDb;

const Key = { pk: { S: "a" }, sk: { S: "row" } };
const put = () => new PutItemCommand({ TableName: TABLE, Item: { ...Key, n: { N: "1" } } });
const putIfNew = () =>
  new PutItemCommand({ TableName: TABLE, Item: Key, ConditionExpression: "attribute_not_exists(pk)" });
const get = () => new GetItemCommand({ TableName: TABLE, Key });

function clientOf(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

async function started() {
  const server = await startCanned(path);
  onTestFinished(server.close);
  return { server, client: clientOf(server.url) };
}

beforeAll(async () => {
  database = await startDynamoDbProcess();
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

describe("the local DynamoDB in a process of its own", () => {
  it("counts requests and units, from zero again when it is told to", async () => {
    const client = clientOf(database.url);
    await client.send(put());
    await client.send(get());
    expect(await database.asked()).toEqual({ requests: 2, readUnits: 0.5, writeUnits: 1 });
    expect((await database.metrics()).requests).toEqual({ GetItem: 1, PutItem: 1 });
    await database.reset();
    expect(await database.asked()).toEqual({ requests: 0, readUnits: 0, writeUnits: 0 });
  });

  it("takes another latency while it runs", async () => {
    const client = clientOf(database.url);
    await database.setLatency(80);
    const start = performance.now();
    await client.send(get());
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
    await database.setLatency(0);
  });

  it("records what is asked at its other URL, refusals included, and nothing else", async () => {
    const client = clientOf(await database.record());
    await clientOf(database.url).send(get());
    await client.send(get());
    await expect(client.send(putIfNew())).rejects.toThrow("The conditional request failed");
    expect(await database.recorded()).toBe(2);
    await database.save(path);
  });
});

describe("recorded answers", () => {
  it("are given one after another, and are what the database said", async () => {
    const { server, client } = await started();
    expect((await client.send(get())).Item).toEqual({ ...Key, n: { N: "1" } });
    await expect(client.send(putIfNew())).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    expect(await server.asked()).toEqual({ requests: 2, readUnits: null, writeUnits: null });
    expect(await server.refusal()).toBeNull();
  });

  it("go on where they were when the count starts again", async () => {
    const { server, client } = await started();
    await client.send(get());
    await server.reset();
    await expect(client.send(putIfNew())).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    expect((await server.asked()).requests).toBe(1);
  });

  it("are refused to another operation than was recorded", async () => {
    const { server, client } = await started();
    await expect(client.send(put())).rejects.toThrow("request 1 was PutItem, and GetItem was recorded");
    expect(await server.refusal()).toBe("request 1 was PutItem, and GetItem was recorded");
  });

  it("are refused when there are no more", async () => {
    const { server, client } = await started();
    await client.send(get());
    await client.send(putIfNew()).catch(() => {});
    await expect(client.send(get())).rejects.toThrow("request 3 was GetItem, and nothing was recorded");
    expect(await server.refusal()).toContain("request 3");
  });

  it("take as long as they are told to", async () => {
    const { server, client } = await started();
    await server.setLatency(80);
    const start = performance.now();
    await client.send(get());
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  });
});
