// Runs all contenders on the same events, round by round, and tells how far the rounds lie apart.
import { seeded } from "@stripe-lanes/testing/random";
import { CONTENDERS, type ContenderName } from "./contender.ts";
import type { Job } from "./job.ts";
import { measure, type Shared } from "./measure.ts";
import { jobOf, PLANS, type Plan } from "./plans.ts";
import { type Compared, FIGURES, type Figure, type Sample, type Spread } from "./results.ts";
import { startPostgres } from "./servers/postgres.ts";
import { spread } from "./statistics.ts";
import { workload } from "./workload.ts";

export type CompareOptions = {
  rounds: number;
  seed: number;
  /** All contenders where it is not given. */
  only?: readonly ContenderName[];
  /** What is compared, where it is not what the benchmark does. */
  plans?: readonly Plan[];
  /** A folder for profiles of the last round. */
  profile?: string | undefined;
  /** A line for a person, before each measurement. */
  onProgress(line: string): void;
};

/** Enough that ten lanes, whose shortest counts, have their share. */
const EVENTS = 7_000;

/** Gives the medians and the spreads, in the order of the plans; each round goes through them in another one. */
export async function compare(options: CompareOptions): Promise<Compared[]> {
  const { seed, only = CONTENDERS, plans: all = PLANS, onProgress } = options;
  const wanted = all.filter(({ contender }) => only.includes(contender));
  const asks = wanted.some(({ contender }) => contender === "sync-engine");
  const postgres = asks ? await startPostgres() : null;
  try {
    const plans = postgres ? wanted : wanted.filter(({ contender }) => contender !== "sync-engine");
    if (plans.length < wanted.length) onProgress("This machine has no PostgreSQL: sync-engine is left out.");
    const jobs = await jobsOf(plans, workload(seed, EVENTS));
    const samples = await samplesOf(jobs, options, postgres ? { postgres } : {});
    return plans.map((plan) => comparedOf(plan, samples.get(plan) ?? []));
  } finally {
    await postgres?.close();
  }
}

type Jobs = Map<Plan, Job>;

async function jobsOf(plans: readonly Plan[], bodies: string[]): Promise<Jobs> {
  const known = plans.some(({ contender }) => contender === "sync-engine") ? await knownOf(bodies) : [];
  const from = ({ contender }: Plan) => (contender === "sync-engine" ? known : bodies);
  return new Map(plans.map((plan) => [plan, jobOf(plan, from(plan))]));
}

/** It takes only the event types it knows. Loaded when asked for, with all that it needs. */
async function knownOf(bodies: string[]): Promise<string[]> {
  const { knows } = await import("./contenders/sync-engine.ts");
  return bodies.filter(knows);
}

async function samplesOf(
  jobs: Jobs,
  { rounds, profile, onProgress }: CompareOptions,
  shared: Shared,
): Promise<Map<Plan, Sample[]>> {
  const samples = new Map<Plan, Sample[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const [plan, job] of inRound(round, jobs)) {
      onProgress(`round ${round} of ${rounds}: ${titleOf(plan)}`);
      samples.set(plan, [...(samples.get(plan) ?? []), await measure({ ...job, profile }, shared)]);
    }
  }
  return samples;
}

/** What is compared with each other comes right after each other: a machine is seldom as fast for a whole round. */
function inRound(round: number, jobs: Jobs): [Plan, Job][] {
  const { shuffle } = seeded(round);
  const settings = Map.groupBy(jobs, ([{ answering, latency, lanes }]) => `${answering} ${latency} ${lanes}`);
  return shuffle([...settings.values()]).flatMap((alike) => shuffle(alike));
}

function titleOf({ contender, answering, latency, lanes, events }: Plan): string {
  const server = answering === "canned" ? "recorded answers" : `${latency} ms added`;
  return `${contender}, ${server}, ${lanes === 1 ? "1 lane" : `${lanes} lanes`}, ${events} events`;
}

function comparedOf(plan: Plan, samples: Sample[]): Compared {
  const figures = FIGURES.map((figure) => [figure, spreadOf(samples.map((sample) => sample[figure]))]);
  return { ...plan, figures: Object.fromEntries(figures) as Record<Figure, Spread | null> };
}

function spreadOf(values: (number | null)[]): Spread | null {
  const measured = values.filter((value) => value !== null);
  return measured.length === 0 ? null : spread(measured);
}
