// A deliberate bug: a small edit of real source, as somebody might make it in good faith.
import type { Invariant } from "../checks.ts";
import type { Plan } from "../plan.ts";

export type Bug = {
  name: string;
  /** As its author would defend it. */
  excuse: string;
  /** What must be seen to fail. */
  breaks: Invariant;
  /** From the folder of all packages. */
  file: string;
  /** What must be there exactly once, and what it becomes. */
  from: string;
  to: string;
  /** Where to look first, of 20 seeds: those before have nothing that shows it. */
  seed?: number;
  /** Of a history: 1,000 where nothing is said. */
  events?: number;
  /** What a history has to be like for it to show. */
  plan?: Partial<Plan>;
};
