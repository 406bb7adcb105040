// Measures one job: a server that answers, a contender in a process of its own, and what both counted.
import type { Measured } from "./child.ts";
import { closing } from "./closing.ts";
import { handling } from "./handling.ts";
import type { Job } from "./job.ts";
import { givenTo, recordingOf } from "./recordings.ts";
import type { Sample } from "./results.ts";
import { startCanned } from "./servers/canned.ts";
import { startDynamoDbProcess } from "./servers/dynamodb.ts";
import { type Postgres, startPostgres } from "./servers/postgres.ts";
import type { Asked, Server } from "./servers/server.ts";
import { percentile } from "./statistics.ts";

/** A PostgreSQL that several jobs use, one after another; without it, sync-engine gets one of its own. */
export type Shared = { postgres?: Postgres | undefined };

/**
 * Handles the batches of the warm-up without latency, then those of all lanes at once, each lane's one after
 * another, and gives the figures of these alone; but the peak memory is that of the whole process.
 * @throws Error with the contender's name when a message of a batch fails, its process dies, or Ctrl-C comes
 */
export async function measure(job: Job, shared: Shared = {}): Promise<Sample> {
  const events = job.lanes.flat(2).length;
  if (events === 0) throw new Error(`There is nothing to measure ${job.contender} with.`);
  const given = await givenTo(job);
  return closing(serverFor(job, shared), (server) =>
    handling(job, server, given, async (child) => {
      await child.call("warmUp");
      await server.reset();
      await server.setLatency(job.latency);
      const measured = await child.call("run");
      return sampleOf(events, measured, await server.asked());
    }),
  );
}

async function serverFor(job: Job, { postgres }: Shared): Promise<Server> {
  if (job.contender === "sync-engine") return postgresServer(postgres);
  if (job.answering === "database") return startDynamoDbProcess();
  return startCanned((await recordingOf(job)).exchanges);
}

async function postgresServer(shared: Postgres | undefined): Promise<Server> {
  const postgres = shared ?? (await startPostgres({ latency: 0 }));
  if (postgres === null) throw new Error("sync-engine needs PostgreSQL, and this machine has none.");
  await postgres.reset();
  await postgres.setLatency(0);
  return {
    url: postgres.url,
    setLatency: postgres.setLatency,
    reset: async () => {},
    asked: async () => ({ requests: null, readUnits: null, writeUnits: null }),
    refusal: async () => null,
    close: shared ? async () => {} : postgres.close,
  };
}

/** What a process and its server counted over so many events, as figures of one. */
export function sampleOf(events: number, measured: Measured, asked: Asked): Sample {
  const each = (count: number | null) => (count === null ? null : count / events);
  return {
    eventsPerSecond: events / (measured.wallMilliseconds / 1_000),
    cpuMillisecondsPerEvent: measured.cpuMilliseconds / events,
    requestsPerEvent: each(asked.requests),
    writeUnitsPerEvent: each(asked.writeUnits),
    readUnitsPerEvent: each(asked.readUnits),
    batchMedianMilliseconds: percentile(measured.batchMilliseconds, 0.5),
    batchSlowestMilliseconds: percentile(measured.batchMilliseconds, 0.99),
    peakMegabytes: measured.peakMegabytes,
  };
}
