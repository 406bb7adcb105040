// Workers at once, all in this process, whose events all buy of one price: its stock row is in each transaction.
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type BatchOptions, handleBatch } from "@stripe-lanes/core/batch";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import type { Message } from "@stripe-lanes/core/ports";
import type { Store } from "@stripe-lanes/core/store";
import { messageOf } from "@stripe-lanes/testing/events";
import { BATCH_SIZE, batchesOf } from "../batches.ts";
import { PURCHASE, purchases, stockKey } from "./purchases.ts";
import { type Worked, type World, workLane } from "./redelivery.ts";

export type Rush = {
  workers: number;
  /** Batches of each worker, one after another. */
  batches: number;
  /** Numbers the first purchase: two rushes on one table share none. */
  first: number;
};

export type Rushed = Worked & {
  events: number;
  /** What they bought in all. */
  tickets: number;
  wallMilliseconds: number;
  /** User and system, of this process. */
  cpuMilliseconds: number;
};

const TENANT = "main";
const DAYS_KEPT = 90;
const OPTIONS: BatchOptions = {
  tenant: TENANT,
  mode: "test",
  ledgerSeconds: DAYS_KEPT * 24 * 60 * 60,
  reserve: 0,
};

/** The store of a database at `url`, through a client as the worker has it. */
export function storeAt(url: string, table: string): { store: Store; close(): void } {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: url, region: "us-east-1", credentials, maxAttempts: 3 });
  return { store: dynamoStore({ client, table, sleep }), close: () => client.destroy() };
}

/** Lets all workers begin at once, and ends when each event has its outcome. */
export async function rush(store: Store, { workers, batches, first }: Rush): Promise<Rushed> {
  const { bodies, tickets } = purchases((workers * batches * BATCH_SIZE) / PURCHASE, first);
  const lanes = lanesOf(batchesOf(bodies), workers);
  const world = { handle: handlerOn(store), sleep };
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const worked = await Promise.all(lanes.map((lane) => workLane(lane, world)));
  const { user, system } = process.cpuUsage(cpu);
  const wallMilliseconds = performance.now() - start;
  return {
    batchMilliseconds: worked.flatMap(({ batchMilliseconds }) => batchMilliseconds),
    redelivered: worked.reduce((sum, { redelivered }) => sum + redelivered, 0),
    events: bodies.length,
    tickets,
    wallMilliseconds,
    cpuMilliseconds: (user + system) / 1_000,
  };
}

/** The queue's messages, dealt to lanes batch by batch. */
function lanesOf(batches: string[][], workers: number): Message[][][] {
  return Array.from({ length: workers }, (_, lane) => {
    const group = `lane-${String(lane).padStart(2, "0")}`;
    const own = batches.filter((_, batch) => batch % workers === lane);
    return own.map((bodies) => bodies.map((body) => messageOf(body, { group })));
  });
}

function handlerOn(store: Store): World["handle"] {
  const remaining = () => Number.POSITIVE_INFINITY;
  return (messages, queue) =>
    handleBatch(messages, { store, queue, now: Date.now, random: Math.random, sleep, remaining }, OPTIONS);
}

/** How many tickets the stock row counts as sold. */
export async function soldIn(store: Store): Promise<number> {
  const [stock] = await store.counters([stockKey(TENANT)]);
  return stock?.amounts.sold ?? 0;
}
