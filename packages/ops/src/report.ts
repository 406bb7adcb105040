// The report of a run: every delivery with its outcome, the truth where it is known, and what it cost.
import type { Outcome } from "@stripe-lanes/core/ledger";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { swallowedSends } from "@stripe-lanes/testing/local/sqs/questions";
import type { Compared } from "@stripe-lanes/testing/stripe/compare";
import type { Table } from "./dump.ts";
import type { FaultCounts } from "./faults/catalogue.ts";

export type Counts = Record<Outcome, number> & {
  /** Deliveries, copies included. */
  sent: number;
  /** Of the duplicates, those that the queue swallowed. */
  duplicateInQueue: number;
  parkedReasons: Record<string, number>;
  /** Deliveries without an outcome: on their way, and lost when all is settled. */
  open: number;
};

export type Report = Omit<Counts, "open"> & {
  /** How often each fault was injected; only where faults were asked for. */
  faults?: FaultCounts;
  /** Deliveries without an outcome. */
  lost: number;
  truth: Pick<Compared, "rows" | "wrong" | "nouns"> | null;
  /** Rows of which the last state cannot be told from their events alone. */
  ties: number;
  /** From the first put until all was settled, without the time in which nothing was under way. */
  seconds: number;
  eventsPerSecond: number;
  /** DynamoDB requests an invocation of the worker made, and units an event wrote: counted. */
  roundTripsPerBatch: number;
  writeUnitsPerEvent: number;
};

export type Measured = {
  table: Table;
  truth: Compared | null;
  seconds: number;
  faults: FaultCounts | undefined;
};

/** Seconds: nothing is measured more exactly. */
const SHORTEST = 0.01;

const DATA_REQUESTS = ["BatchGetItem", "TransactWriteItems", "PutItem", "Query"];

export function reportOf(pipeline: Pipeline, { table, truth, seconds, faults }: Measured): Report {
  const { aws, mapping } = pipeline;
  const { requests, writeUnits } = aws.dynamodb.metrics();
  const roundTrips = DATA_REQUESTS.reduce((sum, operation) => sum + (requests[operation] ?? 0), 0);
  const { open: lost, ...counts } = countsOf(pipeline);
  return {
    ...counts,
    ...(faults && { faults }),
    lost,
    truth: truth && { rows: truth.rows, wrong: truth.wrong, nouns: truth.nouns },
    ties: table.rows.filter(({ tie }) => tie).length,
    seconds: rounded(seconds),
    eventsPerSecond: rounded(counts.sent / Math.max(seconds, SHORTEST)),
    roundTripsPerBatch: rounded(roundTrips / Math.max(1, mapping.metrics().invocations)),
    writeUnitsPerEvent: rounded(writeUnits / Math.max(1, table.events)),
  };
}

/** So far. */
export function countsOf(pipeline: Pipeline): Counts {
  const { outcomes, aws, deployed } = pipeline;
  const swallowed = swallowedSends(aws.sqs.state, deployed.queueUrl);
  const sent = deliveriesSent(pipeline);
  return {
    sent,
    applied: outcomes.count("applied"),
    superseded: outcomes.count("superseded"),
    duplicate: outcomes.count("duplicate") + swallowed,
    duplicateInQueue: swallowed,
    ignored: outcomes.count("ignored"),
    parked: outcomes.count("parked"),
    parkedReasons: outcomes.parkedReasons(),
    open: sent - settledDeliveries(pipeline),
  };
}

/** Those that EventBridge took, from whomever, and those that it made of them. */
export function deliveriesSent({ aws }: Pipeline): number {
  const { putEventsEntries, putEventsFailedEntries } = aws.events.state.metrics;
  return putEventsEntries - putEventsFailedEntries + copiesMade({ aws });
}

/** Deliveries of events once more: by replays, and by faults. */
export function copiesMade({ aws }: Pick<Pipeline, "aws">): number {
  return aws.events.state.metrics.replayedEvents + aws.copiesDelivered();
}

/** Those with an outcome of the worker's, and the copies that the queue swallowed. */
export function settledDeliveries({ outcomes, aws, deployed }: Pipeline): number {
  return outcomes.settled() + swallowedSends(aws.sqs.state, deployed.queueUrl);
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

/** Whether a run must end with a failing exit code. */
export function isFailure({ lost, truth }: Report): boolean {
  return lost !== 0 || (truth?.wrong ?? 0) !== 0;
}

function truthText({ wrong, nouns }: NonNullable<Report["truth"]>): string {
  const counts = Object.entries(nouns).map(([noun, count]) => `${count} ${noun}`);
  return `${wrong} wrong: ${counts.join(", ")}`;
}

/** `2 of this, 1 of that`; what never happened is left out. */
function countsText(counts: Record<string, number>): string {
  const happened = Object.entries(counts).filter(([, count]) => count > 0);
  return happened.map(([name, count]) => `${count} ${name}`).join(", ");
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function reportText(report: Report): string {
  const lines: [string, string | number, string?][] = [
    ["sent", report.sent, "deliveries, copies included"],
    ["applied", report.applied],
    ["superseded", report.superseded, "a newer state was there already"],
    ["duplicate", report.duplicate, `${report.duplicateInQueue} of them swallowed by the queue`],
    ["ignored", report.ignored],
    ["parked", report.parked, countsText(report.parkedReasons)],
    ["lost", report.lost],
    ...(report.truth
      ? [["truth", `${report.truth.rows} rows`, truthText(report.truth)] as [string, string, string]]
      : []),
    ...(report.faults
      ? [["faults", sumOf(report.faults), countsText(report.faults)] as [string, number, string]]
      : []),
    ["ties", report.ties, "rows of which the last state cannot be told"],
    ["speed", `${report.eventsPerSecond}/s`, `${report.seconds} s in which events were under way`],
    [
      "DynamoDB",
      `${report.roundTripsPerBatch}`,
      `round trips a batch, ${report.writeUnitsPerEvent} write units an event`,
    ],
  ];
  return lines
    .map(([name, value, note = ""]) => `  ${name.padEnd(11)}${String(value).padStart(10)}  ${note}`.trimEnd())
    .join("\n");
}
