// One thing to measure, in a process of its own.
import type { ContenderName } from "./contender.ts";
import type { Answering } from "./results.ts";

export type Job = {
  contender: ContenderName;
  answering: Answering;
  /** Milliseconds added to each request, once the warm-up is over. */
  latency: number;
  /** For each lane its batches, in order: each the bodies of one invocation. All lanes run at once, batch by batch. */
  lanes: string[][][];
  /** Batches handled before anything is measured, without latency: so that what is measured is compiled. */
  warmUp: string[][];
  /** A folder for profiles of what is measured. Ours is not minified then. */
  profile?: string | undefined;
};
