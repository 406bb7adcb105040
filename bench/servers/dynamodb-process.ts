// The process that the local DynamoDB runs in.
import { writeFileSync } from "node:fs";
import { localClock } from "@stripe-lanes/testing/local/clock";
import { startDynamoDb } from "@stripe-lanes/testing/local/dynamodb/server";
import { type Dispatch, serve } from "@stripe-lanes/testing/local/http";
import { TIME_TO_LIVE, tableDefinition } from "@stripe-lanes/testing/table-definition";
import { answerCalls } from "./process.ts";
import { type Exchange, recording } from "./recording.ts";

let latency = 0;
const clock = localClock();
const database = await startDynamoDb({ clock, latency: () => latency });
const exchanges: Exchange[] = [];

const calls = {
  /** Its URL. */
  async open(table: string): Promise<string> {
    await database.dispatch("CreateTable", tableDefinition(table));
    const TimeToLiveSpecification = { AttributeName: TIME_TO_LIVE, Enabled: true };
    await database.dispatch("UpdateTimeToLive", { TableName: table, TimeToLiveSpecification });
    database.resetMetrics();
    return database.url;
  },
  setLatency: (milliseconds: number) => {
    latency = milliseconds;
  },
  metrics: () => database.metrics(),
  reset: () => database.resetMetrics(),
  /** Another URL of the same database: what is asked there is recorded. */
  async record(): Promise<string> {
    const dispatch = recording(database.dispatch as Dispatch, exchanges);
    const { url } = await serve({
      service: "dynamodb",
      dispatch,
      clock,
      contentType: "application/x-amz-json-1.0",
    });
    return url;
  },
  /** How many requests are recorded so far. */
  recorded: () => exchanges.length,
  save: (path: string) => writeFileSync(path, JSON.stringify(exchanges)),
};

export type DynamoDbCalls = typeof calls;

answerCalls(calls);
