// Counts what handling events allocates; run by allocating.ts, whose flags it needs. The last line is bytes an event.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import { localClock } from "@stripe-lanes/testing/local/clock";
import { startDynamoDb } from "@stripe-lanes/testing/local/dynamodb/server";
import { testPorts } from "@stripe-lanes/testing/ports";
import { createTable } from "@stripe-lanes/testing/table";
import { batchesOf } from "../batches.ts";
import { pinned } from "./pinned.ts";
import { settleAll } from "./settling.ts";

const TABLE = "allocations";
const EVENTS = 1_000;

type Send = (command: object) => Promise<object>;

const batches = batchesOf(pinned(EVENTS));
const answers = await recorded();
await handled(replaying(answers));
console.log(await allocated(() => handled(replaying(answers))));

/** What DynamoDB answers, request by request. */
async function recorded(): Promise<object[]> {
  const database = await startDynamoDb({ clock: localClock() });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: database.url, region: "us-east-1", credentials });
  await createTable(client, TABLE);
  const said: object[] = [];
  const send = client.send.bind(client) as Send;
  await handled(async (command) => {
    const answer = await send(command);
    said.push(answer);
    return answer;
  });
  client.destroy();
  await database.close();
  return said;
}

/** The same answers once more: the SDK's client and the network are left out. */
function replaying(said: object[]): Send {
  let next = 0;
  return async () => said[next++] ?? {};
}

async function handled(send: Send): Promise<void> {
  const client = { send } as unknown as DynamoDBClient;
  const store = dynamoStore({ client, table: TABLE, sleep: async () => {} });
  await settleAll(batches, { ...testPorts(), store });
}

async function allocated(work: () => Promise<void>): Promise<number> {
  if (global.gc === undefined) throw new Error("This runs with the flags of allocating.ts.");
  global.gc();
  const before = process.memoryUsage().heapUsed;
  await work();
  return (process.memoryUsage().heapUsed - before) / batches.flat().length;
}
