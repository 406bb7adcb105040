// One run of the local pipeline: start it, feed it, wait until all is settled, report, and stay up if asked.

import type { PublishedFact } from "@stripe-lanes/core/facts/published";
import { localClock, type MovableClock } from "@stripe-lanes/testing/local/clock";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { type Traffic, traffic } from "@stripe-lanes/testing/stripe/traffic";
import { readTable, writeDump } from "./dump.ts";
import { followFacts, writeFacts } from "./facts-file.ts";
import { type BadDay, startBadDay } from "./faults.ts";
import { type Feeder, feederOf } from "./feed.ts";
import { type Interruption, interruption } from "./interrupt.ts";
import type { Options } from "./options.ts";
import { checkOutputFile } from "./output-file.ts";
import { namingPort, portsFrom } from "./ports.ts";
import { showProgress } from "./progress.ts";
import { type EventJson, readEvents, readLines } from "./read.ts";
import {
  copiesMade,
  countsOf,
  isFailure,
  type Report,
  reportOf,
  reportText,
  settledDeliveries,
} from "./report.ts";
import type { Arrivals } from "./server/arrivals.ts";
import type { OpenFront } from "./server/open.ts";
import { WORKER } from "./worker.ts";

const SUCCESS = 0;
const FAILURE = 1;
const INTERRUPTED = 130;

/** Differences from the truth that are told one by one. */
const MOST_TOLD = 10;

/** What is to be delivered: a list that is known, or lines as they come. */
type Planned = { events: EventJson[] | "lines"; truth: Truth | null };

type Truth = Pick<Traffic, "truth" | "ledger">;

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
  /** Milliseconds on the process's own clock. */
  started: number;
  /** Sentences about input that could not be used, while everything else went on. */
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
  const planned = trafficOf(options);
  if (options.dump !== undefined) checkOutputFile("--dump", options.dump);
  if (options.facts !== undefined) checkOutputFile("--facts", options.facts);
  const interrupt = interruption();
  const up = options.exit ? undefined : await import("./server/open.ts");
  const lines = up?.arrivalsFor(options);
  const { pipeline, badDay } = await boot(options, planned, interrupt.signal, lines);
  let front: OpenFront | undefined;
  try {
    front = lines && (await up?.openFront(pipeline, options, lines));
    const factsSoFar = options.facts === undefined ? undefined : followFacts(pipeline);
    const feeder = feederOf(pipeline, { ...options, ...badDay?.feed }, interrupt.signal);
    const started = performance.now();
    return await serveTraffic(
      { options, pipeline, front, badDay, factsSoFar, feeder, interrupt, started, mistakes: [] },
      planned,
    );
  } finally {
    interrupt.release();
    await front?.close();
    await pipeline.close();
  }
}

/** Read before anything starts: a broken file then costs nothing. */
function trafficOf({ traffic: asked, seed, mode }: Options): Planned {
  if (asked.kind === "simulate") {
    const simulated = traffic({ seed, events: asked.events, livemode: mode === "live" });
    return { events: simulated.events, truth: simulated };
  }
  return { events: asked.path === "-" ? "lines" : readEvents(asked.path), truth: null };
}

type Booted = Pick<Run, "pipeline" | "badDay">;

/** The simulated Stripe has its own calendar: our clock is never behind what happened there. */
function clockOf({ events, truth }: Planned): MovableClock {
  const clock = localClock();
  if (events === "lines" || truth === null) return clock;
  const newest = events.reduce((latest, { created }) => Math.max(latest, Number(created)), 0);
  clock.advance(Math.max(0, (newest + 1) * 1000 - clock.now()));
  return clock;
}

async function boot(
  options: Options,
  planned: Planned,
  signal: AbortSignal,
  lines: Arrivals | undefined,
): Promise<Booted> {
  const { events } = planned;
  const { lanes, mode, port, seed, raw } = options;
  const env = { RAW: raw ? "on" : "off" };
  const clock = clockOf(planned);
  const settings = { handler: WORKER, lanes, mode, env, clock, ports: portsFrom(port), ...lines };
  if (!options.faults || events === "lines")
    return { pipeline: await startPipeline(settings), badDay: undefined };
  const badDay = await startBadDay(settings, { seed, events, signal });
  return { pipeline: badDay.pipeline, badDay };
}

async function serveTraffic(run: Run, planned: Planned): Promise<number> {
  const { front, interrupt, mistakes } = run;
  const first = await deliverAndReport(run, planned);
  for (const mistake of mistakes) console.error(mistake);
  const failed = isFailure(first) || mistakes.length > 0;
  if (interrupt.signal.aborted) return INTERRUPTED;
  if (front === undefined) return failed ? FAILURE : SUCCESS;
  return stayUp(run, front, failed);
}

async function deliverAndReport(run: Run, { events, truth }: Planned): Promise<Report> {
  const { pipeline, front, badDay, feeder, interrupt, mistakes } = run;
  // Standard input may never end: what is printed is then a line for each of its events.
  if (events === "lines") front?.announce();
  const progress =
    events === "lines" && front ? undefined : showProgress(() => progressOf(run), process.stderr);
  try {
    if (events === "lines") await deliverLines(run);
    else await feeder.deliver(badDay?.events ?? events);
    await (badDay ?? pipeline).settled();
  } finally {
    progress?.stop();
  }
  mistakes.push(...feeder.fed.refused);
  const whole = interrupt.signal.aborted ? null : truth;
  return report(run, whole, { isLast: front === undefined || interrupt.signal.aborted });
}

/** Copies and another order need all lines at once; else each is delivered as it comes. */
async function deliverLines({ options, feeder, mistakes, interrupt }: Run): Promise<void> {
  const lines = readLines((mistake) => mistakes.push(mistake.message), interrupt.signal);
  if (options.exit || options.duplicates || options.shuffle)
    return feeder.deliver(await Array.fromAsync(lines));
  for await (const event of lines) await feeder.put([event]);
}

function progressOf({ pipeline, feeder }: Run) {
  return { done: settledDeliveries(pipeline), total: feeder.fed.planned + copiesMade(pipeline) };
}

/** With `--json` there is one report, the last. */
async function report(run: Run, truth: Truth | null, { isLast = true } = {}): Promise<Report> {
  const { options, pipeline, badDay, factsSoFar, started } = run;
  const seconds = (performance.now() - started) / 1000;
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
