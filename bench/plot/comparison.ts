// The contenders side by side: a panel of bars for each figure, each on a scale of its own.
import type { Compared, Figure, Results } from "../results.ts";
import { counted, inOrder, latencyText, nameOf, type Setting, SHOWN, settingsOf, told } from "../shown.ts";
import { type Bars, barPanel, roomForNames, saidOf } from "./bars.ts";
import { sheet } from "./sheet.ts";

/** An SVG file. Throughput is drawn for every setting; what latency does not change only once. */
export function comparison(results: Results): string {
  const panels = panelsOf(results.compared);
  const names = roomForNames(panels);
  return sheet({
    heading: "The same events, side by side",
    notes: [ranOn(results), READING],
    description: panels.map(({ title, note, bars }) => `${title} (${note}): ${listed(bars)}.`).join("\n"),
    panels: panels.map((panel) => barPanel(panel, names)),
  });
}

const READING =
  "Bars are medians, whiskers reach from the least to the most; each panel has a scale of its own. Floor is what any design with the same bytes has to do: a bound, no rival. CPU and memory are those of the worker's process, without its database.";

const UNCHANGED_BY_LATENCY: Figure[] = [
  "cpuMillisecondsPerEvent",
  "requestsPerEvent",
  "writeUnitsPerEvent",
  "readUnitsPerEvent",
  "peakMegabytes",
];
const OF_A_BATCH: Figure[] = ["batchMedianMilliseconds", "batchSlowestMilliseconds"];

function panelsOf(compared: Compared[]): Bars[] {
  const settings = settingsOf(compared);
  const databases = settings.filter(({ answering }) => answering === "database");
  const [fastest, slowest] = [databases.slice(0, 1), databases.slice(-1)];
  const alone = compared.filter(({ lanes }) => lanes === 1);
  return [
    ...settings.map((setting) => barsOf("eventsPerSecond", setting, compared)),
    ...fastest.flatMap((setting) => UNCHANGED_BY_LATENCY.map((figure) => barsOf(figure, setting, alone))),
    ...slowest.flatMap((setting) => OF_A_BATCH.map((figure) => barsOf(figure, setting, alone))),
  ];
}

function barsOf(figure: Figure, setting: Setting, compared: Compared[]): Bars {
  const { label, better } = SHOWN[figure];
  const measured = compared.filter(
    ({ answering, latency }) => answering === setting.answering && latency === setting.latency,
  );
  return {
    title: label,
    note: `${settingText(setting)}; ${better} is better`,
    bars: inOrder(measured).map((one) => ({
      name: nameOf(one),
      contender: one.contender,
      spread: one.figures[figure],
    })),
  };
}

function settingText({ answering, latency }: Setting): string {
  return answering === "canned" ? `recorded answers, ${latencyText(latency)}` : latencyText(latency);
}

function ranOn({ date, machine, rounds, meanBody }: Results): string {
  const { cpu, cores, node, postgres } = machine;
  const database = postgres === null ? "" : `, PostgreSQL ${postgres} for sync-engine`;
  return `${date}: ${cpu}, ${counted(cores, "core")}, Node ${node}${database}; ${counted(rounds, "round")} of events of ${told(meanBody)} bytes, 10 a batch.`;
}

function listed(bars: Bars["bars"]): string {
  return bars.map(saidOf).join(", ");
}
