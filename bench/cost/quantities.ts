// What the model reckons with, and how it follows from what was measured.
import { Mistake } from "@stripe-lanes/ops/mistake";
import type { Figures } from "../check/figures.ts";
import type { ContenderName } from "../contender.ts";
import type { Figure, Results } from "../results.ts";
import type { Shared } from "./amortized.ts";
import type { Observed, Sample } from "./sample.ts";
import type { LogLevel } from "./settings.ts";
import { LARGEST_BATCH } from "./stage.ts";

export const DESIGNS = ["ours", "textbook", "webhook"] as const;

/** `webhook` is an HTTP API in front of a function that writes twice, with no bus and no queue. */
export type Design = (typeof DESIGNS)[number];

/** What one event of a kind takes, on average. */
export type Load = {
  /** Bytes of its message, and those that EventBridge's envelope adds. */
  bodyBytes: number;
  envelopeBytes: number;
  writeUnits: Shared;
  /** Write units and bytes of rows that `raw` adds. */
  rawUnits: number;
  rawBytes: number;
  readUnits: Shared;
  /** Requests of DynamoDB, one after another. */
  requests: Shared;
  /** Requests of Stripe's API. */
  fetches: number;
  cpuMilliseconds: number;
  /** Bytes of new rows and of ledger rows, as they are stored. */
  rowBytes: number;
  ledgerBytes: number;
  /** Bytes logged at a level. */
  lineBytes: Record<LogLevel, number>;
};

export type Quantities = Pick<Sample, "eventLogBytes" | "invocationBytes" | "metricBytes" | "metrics"> & {
  snapshot: Load;
  /** Null for a design that does not take thin events. */
  thin: Load | null;
};

export type Baseline = Pick<
  Figures,
  | "requestsPerEvent"
  | "writeUnitsPerEvent"
  | "writeUnitsPerEventWithRaw"
  | "writeUnitsPerEventAlone"
  | "readUnitsPerEvent"
  | "readUnitsPerEventAlone"
>;

export type Measured = { results: Results; baseline: Baseline; sample: Sample };

/** @throws Mistake where a figure was not measured. */
export function quantitiesOf(measured: Measured): Record<Design, Quantities> {
  const ours = oursOf(measured);
  return {
    ours,
    textbook: othersOf("textbook", ours, measured, { ledgerBytes: 0 }),
    webhook: othersOf("two-writes", ours, measured, {}),
  };
}

/** A batch makes its requests as a whole, however small it is (D5). */
function oursOf({ results, baseline, sample }: Measured): Quantities {
  const { envelopeBytes, rawBytes, thin, ...rest } = sample;
  const cpuMilliseconds = figureOf(results, "ours", "cpuMillisecondsPerEvent");
  const besides = { envelopeBytes, cpuMilliseconds };
  const writeUnits = counted(baseline, "writeUnitsPerEvent");
  const snapshot = {
    ...loadOf(sample.snapshot),
    ...besides,
    rawBytes,
    bodyBytes: results.meanBody,
    writeUnits: sharedOf(writeUnits, counted(baseline, "writeUnitsPerEventAlone")),
    rawUnits: counted(baseline, "writeUnitsPerEventWithRaw") - writeUnits,
    readUnits: sharedOf(counted(baseline, "readUnitsPerEvent"), counted(baseline, "readUnitsPerEventAlone")),
    requests: { perBatch: counted(baseline, "requestsPerEvent") * LARGEST_BATCH, perEvent: 0 },
  };
  return { ...rest, snapshot, thin: { ...loadOf(thin), ...besides } };
}

function loadOf({ writeUnits, readUnits, requests, ...observed }: Observed) {
  return {
    ...observed,
    writeUnits: eachAlone(writeUnits),
    readUnits: eachAlone(readUnits),
    requests: eachAlone(requests),
    rawUnits: 0,
    rawBytes: 0,
  };
}

const eachAlone = (perEvent: number): Shared => ({ perBatch: 0, perEvent });

/** From what an event takes in full batches and alone. */
function sharedOf(inFull: number, alone: number): Shared {
  const perBatch = (alone - inFull) / (1 - 1 / LARGEST_BATCH);
  return { perBatch, perEvent: alone - perBatch };
}

/** One event after another. What they keep and log of an event is taken to be as large as ours. */
function othersOf(
  contender: ContenderName,
  { snapshot, ...ours }: Quantities,
  { results }: Measured,
  besides: Partial<Load>,
): Quantities {
  const figure = (name: Figure) => figureOf(results, contender, name);
  const load = {
    ...snapshot,
    writeUnits: eachAlone(figure("writeUnitsPerEvent")),
    rawUnits: 0,
    rawBytes: 0,
    readUnits: eachAlone(figure("readUnitsPerEvent")),
    requests: eachAlone(figure("requestsPerEvent")),
    cpuMilliseconds: figure("cpuMillisecondsPerEvent"),
    ...besides,
  };
  return { ...ours, snapshot: load, thin: null };
}

/** Of one lane on the database that takes the longest to answer, as on AWS. */
function figureOf({ compared }: Results, contender: ContenderName, figure: Figure): number {
  const runs = compared.filter(
    (run) => run.contender === contender && run.answering === "database" && run.lanes === 1,
  );
  const median = runs.toSorted((a, b) => b.latency - a.latency)[0]?.figures[figure]?.median;
  if (median !== undefined) return median;
  throw new Mistake(
    `bench/results.json has no ${figure} of ${contender}: npm run bench -- --document writes it.`,
  );
}

function counted(baseline: Partial<Baseline>, name: keyof Baseline): number {
  const figure = baseline[name];
  if (typeof figure === "number") return figure;
  throw new Mistake(`bench/baseline.json has no ${name}: npm run bench -- --check --accept writes it.`);
}
