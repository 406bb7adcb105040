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
    judge: (results) => {
      const verdict = atLeast(speedAgainst(rival, results), least, times);
      return verdict && { ...verdict, measured: verdict.measured + limitText(rival, results) };
    },
  };
}

/** Nothing that reads once and writes once is faster than the floor: where that falls short, the goal is out of reach. */
function limitText(rival: Rival, results: Results): string {
  const most = rival.contender === "floor" ? undefined : speedAgainst(rival, results, "floor");
  return most === undefined ? "" : `, floor ${most.toFixed(2)} ×`;
}

function speedAgainst(
  rival: Rival,
  { compared }: Results,
  ours: Compared["contender"] = "ours",
): number | undefined {
  const theirs = compared.find(
    ({ contender, lanes, answering, latency }) =>
      contender === rival.contender &&
      lanes === rival.lanes &&
      answering === "database" &&
      latency === LATENCY,
  );
  return theirs && over(theirs, "eventsPerSecond", compared, { contender: ours });
}

/**
 * Wherever both ran alone: latency and recorded answers should change nothing, so the worst counts. Of the rounds it is
 * the least, since what else a machine does only adds to the CPU time of a process.
 */
function cpuAgainstFloor({ compared }: Results): Verdict | null {
  const ratios = compared
    .filter(({ contender, lanes }) => contender === "floor" && lanes === 1)
    .flatMap((floor) => over(floor, "cpuMillisecondsPerEvent", compared, { of: "least" }) ?? []);
  return ratios.length === 0 ? null : atMost(Math.max(...ratios), CPU_LIMIT, times);
}

/** Ours, or another's, over theirs in the same setting. */
function over(
  theirs: Compared,
  figure: "eventsPerSecond" | "cpuMillisecondsPerEvent",
  compared: Compared[],
  { contender: name = "ours", of = "median" }: { contender?: string; of?: "median" | "least" },
): number | undefined {
  const ours = compared.find(
    ({ contender, lanes, answering, latency }) =>
      contender === name &&
      lanes === theirs.lanes &&
      answering === theirs.answering &&
      latency === theirs.latency,
  );
  const [above, below] = [ours?.figures[figure], theirs.figures[figure]];
  return above && below ? above[of] / below[of] : undefined;
}
