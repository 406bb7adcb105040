// What `npm run sim` was asked for.

import { nearest } from "@stripe-lanes/core/nearest";
import { FAULT_NAMES, type FaultName } from "@stripe-lanes/testing/sim/faults";
import type { Plan } from "@stripe-lanes/testing/sim/plan";
import { type HistoriesOptions, historiesIn, MOST_EVENTS, plansOf } from "@stripe-lanes/testing/sim/simulate";
import { FLAG, readArguments, TEXT } from "../arguments.ts";
import { Mistake } from "../mistake.ts";
import { whole } from "../options.ts";
import { givenPlan } from "./given-plan.ts";

export type Options = {
  /** The histories that are to be drawn, where no plan is given. */
  asked: Asked;
  given: Plan | undefined;
  /** How many they are. */
  histories: number;
  parallel: number | undefined;
  trace: string | undefined;
  document: string | undefined;
  json: boolean;
};

export type Asked = HistoriesOptions & {
  /** After so many events a history ends. */
  first?: number;
};

const DEFAULT_EVENTS = 100_000;
const MOST_PARALLEL = 64;

export const USAGE = `npm run sim -- [options]

  --events N         N events of a simulated Stripe, in histories of ${MOST_EVENTS.toLocaleString("en")} (${DEFAULT_EVENTS.toLocaleString("en")})
  --seed S           other histories (1)
  --seeds M          M histories of N events each, of the seeds S, S+1 and on
  --only FAULTS      lets nothing else go wrong: names with commas between them, as the report has them
  --without FAULTS   lets all else go wrong
  --first N          ends a single history after N events
  --plan FILE|JSON   one history of this plan, as a failing run prints it
  --parallel P       histories at one time (as many as there are cores, 8 at the most)
  --trace FILE       writes every line of a single history
  --document FILE    writes the faults survived between the marks sim:begin and sim:end of that file
  --json             prints one JSON document on stdout, the report`;

/** @throws Mistake with one sentence for an option that is unknown or wrong. */
export function readOptions(args: string[]): Options {
  const values = parse(args);
  const given = values.plan === undefined ? undefined : planAlone(values.plan, values);
  const asked = given ? { events: given.events, seed: given.seed } : askedOf(values);
  const histories = given ? 1 : historiesIn(asked);
  for (const option of ["first", "trace"] as const) {
    if (values[option] !== undefined && histories > 1) throw new Mistake(single(option));
  }
  return {
    asked,
    given,
    histories,
    parallel: values.parallel === undefined ? undefined : parallelOf(values.parallel),
    trace: values.trace,
    document: values.document,
    json: values.json ?? false,
  };
}

type Values = ReturnType<typeof parse>;

function parse(args: string[]) {
  const options = {
    events: TEXT,
    seed: TEXT,
    seeds: TEXT,
    only: TEXT,
    without: TEXT,
    first: TEXT,
    plan: TEXT,
    parallel: TEXT,
    trace: TEXT,
    document: TEXT,
    json: FLAG,
  };
  return readArguments("npm run sim --", args, options).values;
}

/** What a plan says already. */
const DRAWN = ["events", "seed", "seeds", "only", "without", "first"] as const;

function planAlone(text: string, values: Values): Plan {
  const other = DRAWN.find((option) => values[option] !== undefined);
  if (other) throw new Mistake(`--plan and --${other} exclude each other: a plan says all of it.`);
  return givenPlan(text);
}

function single(option: string): string {
  const most = MOST_EVENTS.toLocaleString("en");
  return `--${option} is for a single history: say --events ${most} or fewer, or --seeds 1.`;
}

function askedOf({ events, seed, seeds, first, ...named }: Values): Asked {
  const faults = faultsOf(named);
  return {
    events: atLeastOne("--events", events ?? String(DEFAULT_EVENTS)),
    seed: whole("--seed", seed ?? "1"),
    ...(seeds === undefined ? {} : { seeds: atLeastOne("--seeds", seeds) }),
    ...(faults && { faults }),
    ...(first === undefined ? {} : { first: atLeastOne("--first", first) }),
  };
}

/** The histories that `asked` stands for. */
export function* plansFor({ first = Number.POSITIVE_INFINITY, ...histories }: Asked): Generator<Plan> {
  for (const plan of plansOf(histories)) yield { ...plan, first: Math.min(plan.first, first) };
}

function faultsOf({ only, without }: Pick<Values, "only" | "without">): FaultName[] | undefined {
  if (only === undefined && without === undefined) return undefined;
  const left = without === undefined ? [] : namesIn("--without", without);
  const kept = only === undefined ? FAULT_NAMES : namesIn("--only", only);
  return kept.filter((name) => !left.includes(name));
}

function namesIn(option: string, text: string): FaultName[] {
  return text.split(",").map((name) => {
    const known = FAULT_NAMES.find((fault) => fault === name.trim());
    if (known) return known;
    throw new Mistake(
      `${option}: there is no fault "${name}"; did you mean "${nearest(name, FAULT_NAMES)}"?`,
    );
  });
}

function atLeastOne(option: string, text: string): number {
  const value = whole(option, text);
  if (value === 0) throw new Mistake(`${option} takes a number of at least 1.`);
  return value;
}

function parallelOf(text: string): number {
  const parallel = atLeastOne("--parallel", text);
  if (parallel <= MOST_PARALLEL) return parallel;
  throw new Mistake(`--parallel takes a number from 1 to ${MOST_PARALLEL}, not "${text}".`);
}
