// What a run of the benchmark comes to: kept in results.json, and what the plots and the document are made of.
import type { ContenderName } from "./contender.ts";

/** The median of the rounds, and how far they lie apart. */
export type Spread = { median: number; least: number; most: number };

export const FIGURES = [
  "eventsPerSecond",
  "cpuMillisecondsPerEvent",
  "requestsPerEvent",
  "writeUnitsPerEvent",
  "readUnitsPerEvent",
  "batchMedianMilliseconds",
  "batchSlowestMilliseconds",
  "peakMegabytes",
] as const;

export type Figure = (typeof FIGURES)[number];

/** One measured job. `batchSlowestMilliseconds` is the 99th percentile; null is what a contender has none of. */
export type Sample = Record<Figure, number | null>;

/** Who answers: the local DynamoDB (or PostgreSQL) in another process, or recorded answers. */
export type Answering = "database" | "canned";

export type Compared = {
  contender: ContenderName;
  answering: Answering;
  /** Milliseconds added to each request. */
  latency: number;
  /** Batches that are handled at once, each of a lane of its own. */
  lanes: number;
  /** Events measured a round. */
  events: number;
  figures: Record<Figure, Spread | null>;
};

/** How figures of ours change with one thing. */
export type Growth = {
  name: "rows" | "events" | "events-per-customer" | "customers-per-batch" | "lanes" | "hot-row";
  /** What grows, as the plot's axis says it. */
  axis: string;
  /** Milliseconds added to each request. */
  latency: number;
  /** `redelivered` is how many messages came again, where some may have. */
  points: { at: number; figures: Sample; redelivered?: number }[];
};

/** Milliseconds until a worker's modules are loaded: ours, client-dynamodb alone, and the textbook worker. */
export type Imports = Record<"ours" | "client" | "textbook", Spread>;

export type Machine = { cpu: string; cores: number; node: string; postgres: string | null };

export type Results = {
  /** The day of the run, as 2026-11-21. */
  date: string;
  machine: Machine;
  seconds: number;
  rounds: number;
  /** Bytes of an event's body, on average. */
  meanBody: number;
  imports: Imports;
  compared: Compared[];
  growth: Growth[];
};
