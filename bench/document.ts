// The part of docs/performance.md that a run writes: goals, comparison, growth, and on what machine.
import { betweenMarks, marksOf } from "@stripe-lanes/ops/marks";
import { Mistake } from "@stripe-lanes/ops/mistake";
import type { Counted, Goal } from "./goals/rule.ts";
import { goalsOf } from "./goals.ts";
import { COMPARISON, GROWTH } from "./plot/plots.ts";
import type { Figure, Growth, Results } from "./results.ts";
import { counted, latencyText, NONE, told } from "./shown.ts";
import { LEGEND, markdownTable, tableMarkdown } from "./table.ts";
import { exponentOf, growthNamed, trendOf } from "./trend.ts";

const MARKS = marksOf("bench");

/** The text with this run between its marks. @throws Mistake where it has none. */
export function withMeasured(text: string, results: Results, figures: Counted): string {
  return documentIn(text)(measured(results, figures));
}

/** What writes the part between the marks. @throws Mistake where there are none. */
export function documentIn(text: string): (between: string) => string {
  const written = betweenMarks(text, MARKS);
  if (written) return written;
  throw new Mistake(
    `docs/performance.md must have a line ${MARKS.begin} and, after it, a line ${MARKS.end}.`,
  );
}

function measured(results: Results, figures: Counted): string {
  return [
    ranOn(results),
    "### Goals",
    goalsTable(goalsOf(results, figures)),
    ...(results.compared.length > 0 ? comparedPart(results) : []),
    ...(results.growth.length > 0 ? growthPart(results) : []),
  ].join("\n\n");
}

function ranOn({ date, machine, seconds, rounds, meanBody }: Results): string {
  const { cpu, cores, node, postgres } = machine;
  const database = postgres === null ? "no PostgreSQL" : `PostgreSQL ${postgres}`;
  return [
    `\`npm run bench\` on ${date}, in under ${told(Math.floor(seconds / 60) + 1)} min: ${cpu}, ${counted(cores, "core")}, Node ${node}, ${database};`,
    `${counted(rounds, "round")}, bodies of ${told(meanBody)} bytes on average.`,
  ].join("\n");
}

function goalsTable(goals: Goal[]): string {
  const rows = goals.map(({ name, goal, measured, met }) => [name, goal, measured, metText(met)]);
  return markdownTable(["what", "goal", "measured", "met"], rows, 4);
}

function metText(met: boolean | null): string {
  if (met === null) return NONE;
  return met ? "yes" : "**no**";
}

function comparedPart(results: Results): string[] {
  return [
    "### Side by side",
    `![Each figure of each contender as a bar, in panels](${COMPARISON})`,
    tableMarkdown(results.compared),
    LEGEND,
  ];
}

function growthPart(results: Results): string[] {
  return [
    "### Growth",
    `![Events per second and CPU time as one thing grows, a panel for each](${GROWTH})`,
    growthTable(results.growth),
    ...reading(results),
  ];
}

const READ: [Figure, string][] = [
  ["eventsPerSecond", "events/s"],
  ["cpuMillisecondsPerEvent", "CPU ms"],
  ["requestsPerEvent", "requests"],
];

function growthTable(growth: Growth[]): string {
  const rows = growth.map((one) => [
    one.axis,
    latencyText(one.latency),
    endsOf(one),
    ...READ.map(([figure]) => trendText(one, figure)),
  ]);
  return markdownTable(["what grows", "latency", "from, to", ...READ.map(([, column]) => column)], rows, 3);
}

function endsOf({ points }: Growth): string {
  const at = points.map((point) => point.at);
  return `${told(Math.min(...at))} to ${told(Math.max(...at))}`;
}

/** `560 to 541, 0.97 ×` */
function trendText(growth: Growth, figure: Figure): string {
  const trend = trendOf(growth, figure);
  if (trend === null) return NONE;
  return `${told(trend.from.value)} to ${told(trend.to.value)}, ${times(trend.ratio)}`;
}

/** What the table says, in words: only of what was measured. */
function reading(results: Results): string[] {
  const said = [readRows(results), readEvents(results), readLanes(results)].flat();
  return said.length === 0 ? [] : [said.join("\n")];
}

function readRows(results: Results): string[] {
  const trend = trendOf(growthNamed(results, "rows"), "eventsPerSecond");
  if (trend === null) return [];
  const [few, many] = [told(trend.from.at), told(trend.to.at)];
  return [
    `With ${many} rows in the table it handles ${times(trend.ratio)} the events per second of ${few} rows.`,
  ];
}

function readEvents(results: Results): string[] {
  const exponent = exponentOf(growthNamed(results, "events"));
  return exponent === null
    ? []
    : [`Its time grows as events to the power of ${exponent.toFixed(2)}; 1 is linear.`];
}

function readLanes(results: Results): string[] {
  const trend = trendOf(growthNamed(results, "lanes"), "eventsPerSecond");
  if (trend === null) return [];
  const [few, many] = [told(trend.from.at), told(trend.to.at)];
  return [
    `Lanes at once, on ${counted(results.machine.cores, "core")}: ${many} handle ${times(trend.ratio)} the events per second of ${few}.`,
  ];
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}
