// How fast and how busy the worker is beside the others, in the same run.
import type { Compared, Results } from "../results.ts";
import { counted, latencyText } from "../shown.ts";
import { atLeast, atMost, type Rule, times, type Verdict } from "./rule.ts";

/** On AWS a round trip to DynamoDB weighs about as much: milliseconds. */
const LATENCY = 4;
const CPU_LIMIT = 1.5;

export const SPEED: Rule[] = [
  {
    name: "CPU per event against floor, in the worst of the settings",
    goal: `≤ ${CPU_LIMIT} ×`,
    judge: (results) => cpuAgainstFloor(results),
  },
  faster({ contender: "floor", lanes: 1 }, 0.75),
  faster({ contender: "textbook", lanes: 1 }, 9),
  faster({ contender: "two-writes", lanes: 1 }, 4.5),
  faster({ contender: "sync-engine", lanes: 1 }, 5),
  faster({ contender: "sync-engine", lanes: 10 }, 1.5),
];

type Rival = Pick<Compared, "contender" | "lanes">;

function faster(rival: Rival, least: number): Rule {
  return {
    name: `events per second against ${rival.contender}, ${counted(rival.lanes, "lane")} each, ${latencyText(LATENCY)}`,
    goal: `≥ ${least} ×`,
    judge: (results) => atLeast(speedAgainst(rival, results), least, times),
  };
}

function speedAgainst(rival: Rival, { compared }: Results): number | undefined {
  const theirs = compared.find(
    ({ contender, lanes, answering, latency }) =>
      contender === rival.contender &&
      lanes === rival.lanes &&
      answering === "database" &&
      latency === LATENCY,
  );
  return theirs && oursOver(theirs, "eventsPerSecond", compared);
}

/**
 * Wherever both ran alone: latency and recorded answers should change nothing, so the worst counts. Of the rounds it is
 * the least, since what else a machine does only adds to the CPU time of a process.
 */
function cpuAgainstFloor({ compared }: Results): Verdict | null {
  const ratios = compared
    .filter(({ contender, lanes }) => contender === "floor" && lanes === 1)
    .flatMap((floor) => oursOver(floor, "cpuMillisecondsPerEvent", compared, "least") ?? []);
  return ratios.length === 0 ? null : atMost(Math.max(...ratios), CPU_LIMIT, times);
}

/** Ours over theirs, in the same setting. */
function oursOver(
  theirs: Compared,
  figure: "eventsPerSecond" | "cpuMillisecondsPerEvent",
  compared: Compared[],
  of: "median" | "least" = "median",
): number | undefined {
  const ours = compared.find(
    ({ contender, lanes, answering, latency }) =>
      contender === "ours" &&
      lanes === theirs.lanes &&
      answering === theirs.answering &&
      latency === theirs.latency,
  );
  const [above, below] = [ours?.figures[figure], theirs.figures[figure]];
  return above && below ? above[of] / below[of] : undefined;
}
