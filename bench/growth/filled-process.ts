// The process that a filled table is in.
import { localClock } from "@stripe-lanes/testing/local/clock";
import { createTable } from "@stripe-lanes/testing/local/dynamodb/control";
import { findTable, newDatabase } from "@stripe-lanes/testing/local/dynamodb/database";
import { startDynamoDb } from "@stripe-lanes/testing/local/dynamodb/server";
import { tableDefinition } from "@stripe-lanes/testing/table-definition";
import { answerCalls } from "../servers/process.ts";
import { fill } from "./fill.ts";
import { customerRows } from "./rows.ts";

const clock = localClock();
const database = newDatabase(clock);
let latency = 0;
const server = await startDynamoDb({ clock, database, latency: () => latency });

const calls = {
  /** Its URL, once the rows are there. */
  async open(table: string, rows: number): Promise<string> {
    createTable(database, { ...tableDefinition(table) });
    fill(findTable(database, table), await customerRows(), rows);
    return server.url;
  },
  setLatency: (milliseconds: number) => {
    latency = milliseconds;
  },
  reset: () => server.resetMetrics(),
  metrics: () => server.metrics(),
};

export type FilledCalls = typeof calls;

answerCalls(calls);
