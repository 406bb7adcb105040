// Whether it stays what it is when there is more of everything.
import type { Results } from "../results.ts";
import { told } from "../shown.ts";
import { exponentOf, growthNamed, pointsOf, trendOf } from "../trend.ts";
import { atLeast, atMost, type Counted, type Rule, times, type Verdict } from "./rule.ts";

/** How much of the throughput must be left for it to be called flat, and how much of a core's each further one adds. */
const FLAT = 0.8;
const OF_A_CORE = 0.8;
const LINEAR = 1.1;
const ROWS = { fewest: 10, most: 1_000_000 };
const WORKERS = 40;

export const GROWTH: Rule[] = [
  {
    name: `events per second with up to ${told(ROWS.most)} rows in the table, against ${told(ROWS.fewest)}`,
    goal: `≥ ${FLAT} ×`,
    judge: (results) => flatInRows(results),
  },
  {
    name: "exponent with which time grows with events (1 is linear)",
    goal: `≤ ${LINEAR}`,
    judge: (results) => atMost(exponentOf(growthNamed(results, "events")) ?? undefined, LINEAR),
  },
  {
    name: "events per second of as many lanes as cores, against one lane's times the cores",
    goal: `≥ ${OF_A_CORE} ×`,
    judge: (results) => atLeast(shareOfCores(results), OF_A_CORE, times),
  },
  {
    name: `${told(WORKERS)} workers on one hot stock row`,
    goal: "finish",
    judge: (results) => hotRow(results),
  },
  {
    name: "drain of a backlog of 1,000,000",
    goal: "stated per lanes",
    judge: (_, counted) => drained(counted),
  },
];

function flatInRows(results: Results): Verdict | null {
  const trend = trendOf(growthNamed(results, "rows"), "eventsPerSecond");
  if (trend === null || trend.from.at > ROWS.fewest || trend.to.at < ROWS.most) return null;
  return atLeast(trend.worst, FLAT, times);
}

/** Where as many lanes as cores were not measured, the next fewer stand for them, against as many times one lane. */
function shareOfCores(results: Results): number | undefined {
  const points = pointsOf(growthNamed(results, "lanes"), "eventsPerSecond");
  const [one, all] = [points[0], points.findLast(({ at }) => at <= results.machine.cores)];
  if (one?.at !== 1 || all === undefined || all === one) return undefined;
  return all.value / (one.value * all.at);
}

/** A run in which they do not finish is an error, and has no point. */
function hotRow(results: Results): Verdict | null {
  const points = pointsOf(growthNamed(results, "hot-row"), "eventsPerSecond");
  const busiest = points.findLast(({ at }) => at >= WORKERS);
  return busiest === undefined
    ? null
    : { measured: `finish, at ${told(busiest.value)} events per second`, met: true };
}

function drained({ drain }: Counted): Verdict | null {
  if (drain === undefined || drain.length === 0) return null;
  const stated = drain.map(({ lanes, seconds }) => `${told(lanes)} in ${minutes(seconds)}`);
  return { measured: `lanes: ${stated.join(", ")}`, met: true };
}

function minutes(seconds: number): string {
  return seconds < 60 ? `${told(seconds)} s` : `${told(seconds / 60)} min`;
}
