// How long a backlog takes to drain, by a model of what is one after another and what is at one time.
import { inBatches } from "./amortized.ts";
import { invocationMilliseconds } from "./duration.ts";
import type { Quantities } from "./quantities.ts";
import type { Settings } from "./settings.ts";
import { LARGEST_BATCH } from "./stage.ts";

export type Drained = {
  lanes: number;
  seconds: number;
  eventsPerSecond: number;
  /** What there would have to be more of. */
  limit: "lanes" | "concurrency" | "write units" | "requests of the queue";
};

export const LANES_SHOWN = [1, 4, 16];

/** Milliseconds from the end of a lane's batch to the start of its next: delete, receive, invoke. Assumed. */
export const POLL = 25;

/** Partitions of a table that is new and on demand, each with its write units a second ("DynamoDB on-demand capacity mode"). */
export const PARTITIONS = 4;
const PARTITION_UNITS = 1_000;

/** Receives a second of one message group with high throughput ("Amazon SQS message quotas"). */
const GROUP_RECEIVES = 300;

/** A lane has one batch at a time; no lane is longer than another, and nothing else comes in meanwhile. */
export function drain(backlog: number, lanes: number, quantities: Quantities, settings: Settings): Drained {
  const { concurrency, raw } = settings;
  const { snapshot } = quantities;
  const batchSeconds = (invocationMilliseconds(snapshot, LARGEST_BATCH) + POLL) / 1_000;
  const ofLane = LARGEST_BATCH / batchSeconds;
  const units = inBatches(snapshot.writeUnits, LARGEST_BATCH) + (raw ? snapshot.rawUnits : 0);
  const limits: [Drained["limit"], number][] = [
    ["lanes", lanes * ofLane],
    ["concurrency", concurrency * ofLane],
    ["write units", (PARTITIONS * PARTITION_UNITS) / units],
    ["requests of the queue", lanes * GROUP_RECEIVES * LARGEST_BATCH],
  ];
  const [limit, eventsPerSecond] = limits.reduce((least, one) => (one[1] < least[1] ? one : least));
  return { lanes, seconds: backlog / eventsPerSecond, eventsPerSecond, limit };
}
