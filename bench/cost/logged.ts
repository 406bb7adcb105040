// What the worker's own logger and meter write, weighed as CloudWatch Logs weighs it.
import { Logger } from "@aws-lambda-powertools/logger";
import type { Result } from "@stripe-lanes/core/batch";
import type { Counts } from "@stripe-lanes/functions/counting";
import { emfMeter } from "@stripe-lanes/functions/emf";
import { AS_METRICS, metricsOf, SERVICE } from "@stripe-lanes/functions/metrics";
import { logResult } from "@stripe-lanes/functions/records";
import type { Shared } from "./amortized.ts";
import { LOG_LEVELS, type LogLevel } from "./settings.ts";
import { LARGEST_BATCH } from "./stage.ts";

/** One batch that was handled, in milliseconds since the epoch. */
export type Batch = { results: Result[]; counts: Counts; now: number };

/** Bytes that each line counts for besides its text ("PutLogEvents", Amazon CloudWatch Logs API Reference). */
const LINE = 26;

/** Lambda sets it for each invocation, and Powertools repeats a part of it in each line. */
const TRACE = "Root=1-65f0a1b2-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0";

export function weightOf(line: string): number {
  return Buffer.byteLength(line) + LINE;
}

/** Bytes of the lines of these results, by the level that is set. */
export function loggedBytes(results: Result[]): Record<LogLevel, number> {
  const logger = new Logger({ serviceName: SERVICE });
  const lines = written(() => {
    for (const result of results) logResult(logger, result);
  });
  const bytesAt = (level: LogLevel) =>
    lines.filter((line) => isShown(line, level)).reduce((sum, line) => sum + weightOf(line), 0);
  return { info: bytesAt("info"), warn: bytesAt("warn"), error: bytesAt("error") };
}

/** The lines of metrics of full batches and of single events, and so what a batch and what an event adds. */
export function metricBytesOf(batches: Batch[]): Shared {
  const full = batches.filter(({ results }) => results.length === LARGEST_BATCH);
  const single = full.map((batch) => ({ ...batch, results: batch.results.slice(0, 1) }));
  const [ofTen, ofOne] = [bytesOfMetrics(full), bytesOfMetrics(single)];
  const perEvent = (ofTen - ofOne) / (LARGEST_BATCH - 1);
  return { perBatch: ofOne - perEvent, perEvent };
}

/** The names that are told at all and are metrics, of what counts nothing being left out. */
export function metricNames(batches: Batch[]): string[] {
  const told = batches.flatMap(({ results, counts, now }) => metricsOf(results, counts, now));
  return [...new Set(told.map(({ name }) => name))].filter((name) => AS_METRICS.includes(name)).sort();
}

function bytesOfMetrics(batches: Batch[]): number {
  const meter = emfMeter("production");
  const lines = written(() => {
    for (const { results, counts, now } of batches) meter(metricsOf(results, counts, now));
  });
  return lines.reduce((sum, line) => sum + weightOf(line), 0) / batches.length;
}

/** What is no line of the logger, such as an error's stack, is an error. */
function isShown(line: string, level: LogLevel): boolean {
  const told = /"level":"(INFO|WARN)"/.exec(line)?.[1] ?? "ERROR";
  return LOG_LEVELS.map((one) => one.toUpperCase()).indexOf(told) >= LOG_LEVELS.indexOf(level);
}

/** The lines that go to stdout and stderr meanwhile, and nowhere else. */
function written(write: () => void): string[] {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  const { _X_AMZN_TRACE_ID: trace } = process.env;
  process.env._X_AMZN_TRACE_ID = TRACE;
  for (const { stream } of streams) stream.write = (chunk) => chunks.push(String(chunk)) > 0;
  try {
    write();
  } finally {
    for (const { stream, write } of streams) stream.write = write;
    if (trace === undefined) delete process.env._X_AMZN_TRACE_ID;
    else process.env._X_AMZN_TRACE_ID = trace;
  }
  return chunks.join("").split("\n").slice(0, -1);
}
