// Measures one job: a server that answers, a contender in processes of its own, and what both counted.
import { availableParallelism } from "node:os";
import type { Measured } from "./child.ts";
import { closing } from "./closing.ts";
import { type Child, type Given, handling } from "./handling.ts";
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
 * another, and gives the figures of these alone; but the peak memory is that of the whole process. Lanes are dealt to
 * as many processes as there are cores: on Lambda each has an environment of its own.
 * @throws Error with the contender's name when a message of a batch fails, its process dies, or Ctrl-C comes
 */
export async function measure(job: Job, shared: Shared = {}): Promise<Sample> {
  if (job.lanes.flat(2).length === 0) throw new Error(`There is nothing to measure ${job.contender} with.`);
  const given = await givenTo(job);
  const processes = Math.min(job.lanes.length, availableParallelism());
  return closing(serverFor(job, shared), (server) => measureOn(server, dealt(job, processes), given));
}

/** One process each; all of them warm up, one after another, before any is measured. */
export function measureOn(server: Server, jobs: Job[], given: Given = {}): Promise<Sample> {
  const [latency, events] = [jobs[0]?.latency ?? 0, jobs.flatMap(({ lanes }) => lanes.flat(2)).length];
  return withChildren(jobs, server, given, [], async (children) => {
    await server.setLatency(0);
    for (const child of children) await child.call("warmUp");
    await server.reset();
    await server.setLatency(latency);
    const running = children.map((child, index) => child.call("run", profileOf(jobs[index], index)));
    const measured = await Promise.all(running);
    return sampleOf(events, sideBySide(measured), await server.asked());
  });
}

function profileOf(job: Job | undefined, process: number) {
  if (job === undefined) return { folder: undefined, name: "" };
  const { contender, answering, latency, lanes, profile: folder } = job;
  return { folder, name: `${contender}-${answering}-${latency}ms-${lanes.length}lanes-${process}` };
}

/** Each process gets its share of the lanes, and of the warm-up, since what was seen before warms up little. */
function dealt(job: Job, processes: number): Job[] {
  const warmUps = dealtOut(job.warmUp, processes);
  return dealtOut(job.lanes, processes).map((lanes, index) => {
    return { ...job, lanes, warmUp: warmUps[index] ?? [] };
  });
}

/** So many shares, one to each in turn. */
export function dealtOut<T>(all: readonly T[], shares: number): T[][] {
  return Array.from({ length: shares }, (_, share) => all.filter((_, index) => index % shares === share));
}

function withChildren<R>(
  [job, ...rest]: Job[],
  server: Server,
  given: Given,
  children: Child[],
  work: (children: Child[]) => Promise<R>,
): Promise<R> {
  if (job === undefined) return work(children);
  return handling(job, server, given, (child) =>
    withChildren(rest, server, given, [...children, child], work),
  );
}

/** They began together, so the slowest says how long all took. */
function sideBySide(measured: Measured[]): Measured {
  return {
    wallMilliseconds: Math.max(...measured.map(({ wallMilliseconds }) => wallMilliseconds)),
    cpuMilliseconds: measured.reduce((sum, { cpuMilliseconds }) => sum + cpuMilliseconds, 0),
    batchMilliseconds: measured.flatMap(({ batchMilliseconds }) => batchMilliseconds),
    peakMegabytes: Math.max(...measured.map(({ peakMegabytes }) => peakMegabytes)),
  };
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
