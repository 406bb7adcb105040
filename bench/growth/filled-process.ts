// The process that a filled table is in: it counts requests and units as the local DynamoDB does.
import { localClock } from "@stripe-lanes/testing/local/clock";
import { createTable } from "@stripe-lanes/testing/local/dynamodb/control";
import { findTable, newDatabase, noMetrics } from "@stripe-lanes/testing/local/dynamodb/database";
import { begin } from "@stripe-lanes/testing/local/dynamodb/operations";
import { serve } from "@stripe-lanes/testing/local/http";
import { tableDefinition } from "@stripe-lanes/testing/table-definition";
import { answerCalls } from "../servers/process.ts";
import type { Asked } from "../servers/server.ts";
import { fill } from "./fill.ts";
import { customerRows } from "./rows.ts";

const clock = localClock();
const database = newDatabase(clock);
let requests = 0;
let latency = 0;

const calls = {
  /** Its URL, once the rows are there. */
  async open(table: string, rows: number): Promise<string> {
    createTable(database, { ...tableDefinition(table) });
    fill(findTable(database, table), await customerRows(), rows);
    const { url } = await serve({
      service: "dynamodb",
      dispatch: answer,
      clock,
      contentType: "application/x-amz-json-1.0",
    });
    return url;
  },
  setLatency: (milliseconds: number) => {
    latency = milliseconds;
  },
  reset: () => {
    requests = 0;
    Object.assign(database.metrics, noMetrics());
  },
  asked(): Asked {
    const { readUnits, writeUnits } = database.metrics;
    return { requests, readUnits, writeUnits };
  },
};

export type FilledCalls = typeof calls;

answerCalls(calls);

async function answer(operation: string, input: Record<string, unknown>): Promise<object> {
  requests += 1;
  const end = begin(database, operation, input);
  if (latency > 0) await new Promise<void>((resolve) => clock.after(latency, resolve));
  return end();
}
