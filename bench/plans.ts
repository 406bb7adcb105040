// What is compared, and on how many events: as many as take two or three seconds, since the slow ones are far slower.
import { BATCH_SIZE, batchesOf, lanesOf } from "./batches.ts";
import type { ContenderName } from "./contender.ts";
import type { Job } from "./job.ts";

export type Plan = Pick<Job, "contender" | "answering" | "latency"> & { lanes: number; events: number };

/** Milliseconds: of a request within AWS, and none. */
const FAR = 4;

const far = (contender: ContenderName, lanes: number, events: number): Plan => {
  return { contender, answering: "database", latency: FAR, lanes, events };
};
const near = (contender: ContenderName, lanes: number, events: number): Plan => {
  return { contender, answering: "database", latency: 0, lanes, events };
};
const canned = (contender: ContenderName, events: number): Plan => {
  return { contender, answering: "canned", latency: 0, lanes: 1, events };
};

export const PLANS: readonly Plan[] = [
  far("ours", 1, 1_500),
  far("floor", 1, 1_500),
  far("textbook", 1, 100),
  far("two-writes", 1, 200),
  far("sync-engine", 1, 200),
  far("ours", 10, 2_000),
  far("sync-engine", 10, 1_500),
  near("ours", 1, 1_500),
  near("floor", 1, 1_500),
  near("textbook", 1, 500),
  near("two-writes", 1, 1_000),
  near("sync-engine", 1, 1_000),
  near("ours", 10, 2_000),
  near("sync-engine", 10, 2_000),
  canned("ours", 5_000),
  canned("floor", 5_000),
  canned("textbook", 500),
  canned("two-writes", 1_000),
];

/** Events, the same for all contenders: what runs often is compiled by then. */
export const WARM_UP = 1_000;

/**
 * The batches of a plan: those of the warm-up are the first of the bodies, and what is measured follows.
 * @throws RangeError when there are too few bodies
 */
export function jobOf({ lanes: count, events, ...about }: Plan, bodies: readonly string[]): Job {
  const inLane = events / count / BATCH_SIZE;
  const warmUp = batchesOf(bodies.slice(0, WARM_UP));
  const lanes = lanesOf(bodies.slice(WARM_UP), count).map((batches) => batches.slice(0, inLane));
  if (lanes.every(({ length }) => length === inLane)) return { ...about, lanes, warmUp };
  throw new RangeError(`There are too few bodies for ${events} events of ${about.contender}.`);
}
