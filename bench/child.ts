// The process that handles one job's batches with one contender, and measures itself.
import { readFileSync } from "node:fs";
import { captureOutput, linesOf } from "@stripe-lanes/testing/local/lambda/output";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { sqsEventOf } from "./batches.ts";
import type { ContenderName, Open, Opened, Place } from "./contender.ts";
import type { Job } from "./job.ts";
import { profiled } from "./profile.ts";
import { answerCalls } from "./servers/process.ts";

export type Measured = {
  /** Between the first batch and the last. */
  wallMilliseconds: number;
  /** User and system. */
  cpuMilliseconds: number;
  batchMilliseconds: number[];
  /** The most that the process ever held. */
  peakMegabytes: number;
};

export type Batches = Pick<Job, "lanes" | "warmUp">;

/** The last lines that a contender wrote about a batch that failed. */
const LINES_TOLD = 3;

let contender: Opened;
let warming: SQSEvent[] = [];
let lanes: SQSEvent[][] = [];

const calls = {
  /** `path` is a file of `Batches` as JSON. */
  async open(name: ContenderName, place: Place, path: string): Promise<void> {
    const batches = JSON.parse(readFileSync(path, "utf8")) as Batches;
    warming = batches.warmUp.map((bodies) => sqsEventOf(bodies, "lane-00"));
    lanes = batches.lanes.map((lane, index) => lane.map((bodies) => sqsEventOf(bodies, nameOf(index))));
    const { open } = (await import(`./contenders/${name}.ts`)) as { open: Open };
    contender = await open(place);
  },
  async warmUp(): Promise<void> {
    for (const batch of warming) await handle(batch);
  },
  /** Handles one batch of all, those of the warm-up first and then those of the first lane. */
  async step(index: number): Promise<void> {
    const batch = [...warming, ...(lanes[0] ?? [])][index];
    if (batch === undefined) throw new Error(`there is no batch ${index}`);
    await handle(batch);
  },
  /** Runs all lanes at once, each its batches one after another. */
  run(profile: Parameters<typeof profiled>[0]): Promise<Measured> {
    return profiled(profile, runAll);
  },
};

export type ChildCalls = typeof calls;

answerCalls(calls);

async function runAll(): Promise<Measured> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const batchMilliseconds = (await Promise.all(lanes.map(runLane))).flat();
  const { user, system } = process.cpuUsage(cpu);
  return {
    wallMilliseconds: performance.now() - start,
    cpuMilliseconds: (user + system) / 1_000,
    batchMilliseconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  };
}

const nameOf = (lane: number) => `lane-${String(lane).padStart(2, "0")}`;

async function runLane(batches: SQSEvent[]): Promise<number[]> {
  const took: number[] = [];
  for (const batch of batches) {
    const start = performance.now();
    await handle(batch);
    took.push(performance.now() - start);
  }
  return took;
}

async function handle(batch: SQSEvent): Promise<void> {
  const { batchItemFailures } = await contender.handle(batch);
  if (batchItemFailures.length > 0) throw new Error(await reasonOf(batch, batchItemFailures));
}

/** Why it failed is in the log lines, which went to /dev/null: so it is handled again, and they are read. */
async function reasonOf(batch: SQSEvent, failures: SQSBatchResponse["batchItemFailures"]): Promise<string> {
  const printed: string[] = [];
  const lines = linesOf((line) => printed.push(line));
  for (const stream of [process.stdout, process.stderr]) captureOutput(stream, lines);
  const again = await contender.handle(batch).catch(String);
  const failed = `${failures.length} of ${batch.Records.length} messages of a batch failed`;
  if (typeof again === "object" && again.batchItemFailures.length === 0) return `${failed}, and not again`;
  return [`${failed}; handled again, they say:`, ...printed.slice(-LINES_TOLD)].join("\n");
}
