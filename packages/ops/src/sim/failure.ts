// What a person needs of a history in which an invariant broke: its seed, a shorter one, their commands, and its trace.
import { runnerInThread } from "@stripe-lanes/testing/sim/runner";
import { type Shrunk, shrink } from "@stripe-lanes/testing/sim/shrink";
import type { Failure } from "@stripe-lanes/testing/sim/totals";
import { linesAbout, traceOf } from "@stripe-lanes/testing/sim/trace";
import { commandOf } from "./repeat.ts";

/** Milliseconds after which the shortest history so far must do. */
const PATIENCE = 120_000;
/** Of each kind, lines that are told. */
const MOST_LINES = 40;
const MOST_VIOLATIONS = 5;

/** Tells how to repeat each failure, and of the first all there is. */
export async function tellFailures(failures: readonly Failure[], interrupt: AbortSignal): Promise<void> {
  const [first, ...others] = failures;
  if (first === undefined) return;
  console.error(failureText(first));
  for (const { plan } of others) console.error(`Broken too: ${commandOf(plan)}`);
  if (!interrupt.aborted) await tellShortest(first, interrupt);
}

async function tellShortest(failure: Failure, interrupt: AbortSignal): Promise<void> {
  console.error("Looking for a shorter one ...");
  const shrunk = await shrunkIn(failure, interrupt);
  console.error(shrunkText(failure, shrunk));
  // What ended a thread would end this one too.
  if (shrunk.violations[0]?.invariant !== "the history ends") console.error(await traceText(shrunk));
}

async function shrunkIn({ plan, violations }: Failure, interrupt: AbortSignal): Promise<Shrunk> {
  const signal = AbortSignal.any([interrupt, AbortSignal.timeout(PATIENCE)]);
  const { run, close } = runnerInThread();
  signal.addEventListener("abort", close);
  try {
    return await shrink(plan, violations, { run, signal });
  } finally {
    close();
  }
}

export function failureText({ plan, violations }: Failure): string {
  const told = violations.slice(0, MOST_VIOLATIONS).map(({ invariant, what }) => `  ${invariant}: ${what}`);
  const more = violations.length - told.length;
  return [
    `Broken in the history of seed ${plan.seed}:`,
    ...told,
    ...(more > 0 ? [`  and ${more} more`] : []),
    `To repeat it: ${commandOf(plan)}`,
  ].join("\n");
}

export function shrunkText({ plan: large }: Failure, { plan, violations, runs }: Shrunk): string {
  const faults = Object.keys(plan.chances);
  const without = faults.length === 0 ? "no fault" : faults.join(", ");
  return [
    `Shortest found, in ${runs} runs: ${plan.first} of ${large.first} events, with ${without}`,
    `  ${violations[0]?.invariant}: ${violations[0]?.what}`,
    `To repeat it: ${commandOf(plan)}`,
  ].join("\n");
}

async function traceText({ plan, violations }: Shrunk): Promise<string> {
  const lines = linesAbout(await traceOf(plan), violations[0]?.what ?? "", plan);
  return ["Its last lines, begun with milliseconds:", ...lines.slice(-MOST_LINES)].join("\n");
}
