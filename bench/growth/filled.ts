// A local DynamoDB whose table holds a million rows, or ten, before the first request.
import { askedOf, TABLE } from "../servers/dynamodb.ts";
import { startProcess } from "../servers/process.ts";
import type { Server } from "../servers/server.ts";
import type { FilledCalls } from "./filled-process.ts";

/** Small machines give a process less. */
const MEMORY = { NODE_OPTIONS: "--max-old-space-size=4096" };

/** So many rows of customers who are alike; a million take half a minute and 2 GB. */
export async function startFilledTable(rows: number): Promise<Server> {
  const { call, close } = startProcess<FilledCalls>(
    "The filled table",
    new URL("./filled-process.ts", import.meta.url),
    MEMORY,
  );
  return {
    url: await call("open", TABLE, rows),
    setLatency: (milliseconds) => call("setLatency", milliseconds),
    reset: () => call("reset"),
    asked: async () => askedOf(await call("metrics")),
    refusal: async () => null,
    close,
  };
}
