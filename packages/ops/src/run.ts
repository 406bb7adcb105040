// One run of the local pipeline: start it, feed it, wait until all is settled, report, and stay up if asked.

import type { PublishedFact } from "@stripe-lanes/core/facts/published";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { deliver, unsentText } from "./deliver.ts";
import { readTable, writeDump } from "./dump.ts";
import { followFacts, writeFacts } from "./facts-file.ts";
import { type BadDay, startBadDay } from "./faults.ts";
import { type Feeder, feederOf } from "./feed.ts";
import { type Interruption, interruption } from "./interrupt.ts";
import type { Options } from "./options.ts";
import { clockFor, type Planned, plan, type Truth } from "./plan.ts";
import { namingPort, portsFrom } from "./ports.ts";
import { showProgress } from "./progress.ts";
import {
  copiesMade,
  countsOf,
  deliveriesSent,
  isFailure,
  type Report,
  reportOf,
  reportText,
  settledDeliveries,
} from "./report.ts";
import type { Arrivals } from "./server/arrivals.ts";
import type { OpenFront } from "./server/open.ts";
import { type Stopwatch, workStopwatch } from "./stopwatch.ts";
import { WORKER } from "./worker.ts";

const SUCCESS = 0;
const FAILURE = 1;
const INTERRUPTED = 130;

/** Differences from the truth that are told one by one. */
const MOST_TOLD = 10;

type Run = {
  options: Options;
  pipeline: Pipeline;
  /** Only where the run stays up. */
  front: OpenFront | undefined;
  /** What goes wrong, where that was asked for. */
  badDay: BadDay | undefined;
  /** Only where facts were asked for. */
  factsSoFar: (() => PublishedFact[]) | undefined;
  feeder: Feeder;
  interrupt: Interruption;
  stopwatch: Stopwatch;
  /** Sentences about what was skipped, and about what could not be used while everything else went on. */
  notes: string[];
  mistakes: string[];
};

/** Gives the exit code. @throws Mistake for what a person can put right. */
export async function run(options: Options): Promise<number> {
  try {
    return await runPlanned(options);
  } catch (error) {
    throw namingPort(error);
  }
}

async function runPlanned(options: Options): Promise<number> {
  const planned = await plan(options);
  const interrupt = interruption();
  const up = options.exit ? undefined : await import("./server/open.ts");
  const lines = up?.arrivalsFor(options);
  const { pipeline, badDay } = await boot(options, planned, interrupt.signal, lines);
  let front: OpenFront | undefined;
  try {
    front = lines && (await up?.openFront(pipeline, options, lines));
    const factsSoFar = options.facts === undefined ? undefined : followFacts(pipeline);
    const feeder = feederOf(pipeline, { ...options, ...badDay?.feed }, interrupt.signal);
    const stopwatch = workStopwatch(() => deliveriesSent(pipeline) > settledDeliveries(pipeline));
    const { notes, mistakes } = planned;
    const fed = { badDay, factsSoFar, feeder, stopwatch, notes, mistakes };
    return await serveTraffic({ options, pipeline, front, interrupt, ...fed }, planned).finally(
      stopwatch.stop,
    );
  } finally {
    interrupt.release();
    await front?.close();
    await pipeline.close();
  }
}

type Booted = Pick<Run, "pipeline" | "badDay">;

async function boot(
  options: Options,
  planned: Planned,
  signal: AbortSignal,
  lines: Arrivals | undefined,
): Promise<Booted> {
  const { events = [] } = planned;
  const { lanes, mode, port, seed, raw } = options;
  const env = { RAW: raw ? "on" : "off" };
  const clock = clockFor(planned);
  const settings = { handler: WORKER, lanes, mode, env, clock, ports: portsFrom(port), ...lines };
  if (!options.faults) return { pipeline: await startPipeline(settings), badDay: undefined };
  const badDay = await startBadDay(settings, { seed, events, signal });
  return { pipeline: badDay.pipeline, badDay };
}

async function serveTraffic(run: Run, planned: Planned): Promise<number> {
  const { front, interrupt, notes, mistakes } = run;
  await deliverAll(run, planned);
  const isLast = front === undefined || interrupt.signal.aborted;
  const first = await report(run, interrupt.signal.aborted ? null : planned.truth, { isLast });
  for (const sentence of [...notes, ...mistakes]) console.error(sentence);
  const failed = isFailure(first) || mistakes.length > 0;
  if (interrupt.signal.aborted) return INTERRUPTED;
  if (front === undefined) return failed ? FAILURE : SUCCESS;
  return stayUp(run, front, failed);
}

async function deliverAll(run: Run, planned: Planned): Promise<void> {
  const { options, pipeline, front, badDay, feeder, interrupt, notes, mistakes } = run;
  const { signal } = interrupt;
  // Standard input may never end: what is printed is then a line for each of its events.
  const isOpen = planned.isOpenEnded && front !== undefined;
  if (isOpen) front.announce();
  const progress = isOpen ? undefined : showProgress(() => progressOf(run, planned), process.stderr);
  try {
    await deliver({ signal, notes, mistakes, pipeline, feeder, options }, planned, badDay?.events);
    await (badDay ?? pipeline).settled();
  } finally {
    progress?.stop();
  }
  mistakes.push(...feeder.fed.refused);
  const unsent = signal.aborted ? unsentText(feeder, planned) : undefined;
  if (unsent !== undefined) mistakes.push(unsent);
}

function progressOf({ pipeline, feeder }: Run, { count }: Planned) {
  const total = Math.max(feeder.fed.planned, count) + copiesMade(pipeline);
  return { done: settledDeliveries(pipeline), total };
}

/** With `--json` there is one report, the last. */
async function report(run: Run, truth: Truth | null, { isLast = true } = {}): Promise<Report> {
  const { options, pipeline, badDay, factsSoFar, stopwatch } = run;
  const seconds = stopwatch.seconds();
  const table = await readTable(pipeline);
  const compared = truth && compare(table.rows, truth);
  const made = reportOf(pipeline, { table, truth: compared, seconds, faults: badDay?.counts });
  for (const line of compared?.told.slice(0, MOST_TOLD) ?? []) console.error(line);
  if (options.dump !== undefined) writeDump(options.dump, table.rows);
  if (options.facts !== undefined && factsSoFar) writeFacts(options.facts, factsSoFar());
  if (!options.json) console.log(`\n${reportText(made)}`);
  else if (isLast) console.log(JSON.stringify(made));
  return made;
}

/** More events come over HTTP until Ctrl-C; the report is then given for all of them. */
async function stayUp(run: Run, front: OpenFront, failed: boolean): Promise<number> {
  const { pipeline, interrupt } = run;
  front.announce();
  await interrupt.happened;
  await front.close();
  const { open } = countsOf(pipeline);
  if (open > 0) console.error(`Waiting for ${open} events that are on their way; Ctrl-C again ends at once.`);
  await pipeline.settled();
  const last = await report(run, null);
  return failed || isFailure(last) ? FAILURE : SUCCESS;
}
