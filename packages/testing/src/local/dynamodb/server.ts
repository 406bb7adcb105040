// DynamoDB on 127.0.0.1: HTTP, latency and faults around a database that is all in memory.
import type { Clock } from "../clock.ts";
import { type Fault, type Faults, serve } from "../http.ts";
import type { Input } from "./accept.ts";
import { type Database, findTable, type Hooks, type Metrics, newDatabase, noMetrics } from "./database.ts";
import { isThrottling } from "./errors.ts";
import { begin } from "./operations.ts";
import { follow, type StreamReader } from "./stream.ts";
import { sweepExpired } from "./time-to-live.ts";

export type DynamoDbOptions = Hooks & {
  clock: Clock;
  /** 0, the default, takes a free port. */
  port?: number;
  faults?: Faults | undefined;
  /** One that holds something already; its hooks are then its own. */
  database?: Database;
  /**
   * Milliseconds of the clock that every request takes; a function is asked at each. A transaction holds its items
   * so long: without it, none meet.
   */
  latency?: number | (() => number) | undefined;
};

export type LocalDynamoDb = {
  url: string;
  close(): Promise<void>;
  /** What was asked and consumed since the start or the last `resetMetrics`. */
  metrics(): Metrics;
  resetMetrics(): void;
  /** Deletes what has outlived its time to live, as AWS does within days; gives the number of items. */
  sweepExpired(): number;
  /** Hands each change of a table to `reader` from now on, as the table's stream does; what it gives ends that. */
  follow(table: string, reader: StreamReader): () => void;
  /** One request without HTTP; neither its input nor its output is shared with the database. */
  dispatch(operation: string, input: object): Promise<object>;
};

/** Listens when this resolves; rejects when the port is taken. */
export async function startDynamoDb(options: DynamoDbOptions): Promise<LocalDynamoDb> {
  const { database = newDatabase(options.clock, options) } = options;
  const run = (operation: string, input: Input) => answer(database, options, operation, input);
  const endpoint = await serve({
    service: "dynamodb",
    dispatch: run,
    clock: options.clock,
    contentType: "application/x-amz-json-1.0",
    port: options.port ?? 0,
    faults: options.faults && counted(database, options.faults),
  });
  return {
    url: endpoint.url,
    close: endpoint.close,
    metrics: () => structuredClone(database.metrics),
    resetMetrics: () => Object.assign(database.metrics, noMetrics()),
    sweepExpired: () => sweepExpired(database),
    follow: (table, reader) => follow(findTable(database, table).stream, reader),
    dispatch: async (operation, input) => overTheWire(await run(operation, overTheWire(input) as Input)),
  };
}

const overTheWire = (value: object): object => JSON.parse(JSON.stringify(value));

async function answer(
  database: Database,
  { latency, clock }: DynamoDbOptions,
  operation: string,
  input: Input,
) {
  count(database, operation);
  const end = arrive(database, operation, input);
  const milliseconds = typeof latency === "function" ? latency() : latency;
  if (milliseconds) await new Promise<void>((resolve) => clock.after(milliseconds, resolve));
  return end();
}

/** A refusal on arrival takes as long as any answer. */
function arrive(database: Database, operation: string, input: Input) {
  try {
    return begin(database, operation, input);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function count({ metrics }: Database, operation: string): void {
  metrics.requests[operation] = (metrics.requests[operation] ?? 0) + 1;
}

/** Faults that keep a request from the database are counted here; of the others the database hears itself. */
function counted(database: Database, faults: Faults): Faults {
  return (service, operation, input) => {
    const fault = faults(service, operation, input);
    if (fault?.error && fault.when === "before") count(database, operation);
    if (throttles(fault)) database.metrics.throttles += 1;
    return fault;
  };
}

const throttles = (fault: Fault | undefined) => fault?.error !== undefined && isThrottling(fault.error);
