// The local DynamoDB with the one table, in a process of its own.
import type { Metrics } from "@stripe-lanes/testing/local/dynamodb/database";
import { sum } from "../statistics.ts";
import type { DynamoDbCalls } from "./dynamodb-process.ts";
import { opened, startProcess } from "./process.ts";
import type { Server } from "./server.ts";

export const TABLE = "billing";

export type DynamoDb = Server & {
  /** Requests by operation, and units, since the last reset. */
  metrics(): Promise<Metrics>;
  /** Gives another URL of the same database, at which everything is recorded. */
  record(): Promise<string>;
  /** How many requests are recorded so far. */
  recorded(): Promise<number>;
  /** Writes what is recorded to a file: an array of `Exchange` as JSON. */
  save(path: string): Promise<void>;
};

/** Starts it without latency. */
export async function startDynamoDbProcess(): Promise<DynamoDb> {
  const running = startProcess<DynamoDbCalls>(
    "The local DynamoDB",
    new URL("./dynamodb-process.ts", import.meta.url),
  );
  const { call, close } = running;
  const metrics = () => call("metrics");
  return {
    url: await opened(running, call("open", TABLE)),
    setLatency: (milliseconds) => call("setLatency", milliseconds),
    reset: () => call("reset"),
    metrics,
    asked: async () => askedOf(await metrics()),
    refusal: async () => null,
    record: () => call("record"),
    recorded: () => call("recorded"),
    save: (path) => call("save", path),
    close,
  };
}

export function askedOf({ requests, readUnits, writeUnits }: Metrics) {
  return { requests: sum(Object.values(requests)), readUnits, writeUnits };
}
