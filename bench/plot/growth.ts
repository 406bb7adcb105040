// How our figures change with one thing at a time: a panel for each, throughput above and cost below.
import type { Figure, Growth, Results } from "../results.ts";
import { counted, latencyText, SHOWN, told } from "../shown.ts";
import { pointsOf } from "../trend.ts";
import { axisOf, axisParts } from "./axis.ts";
import { widest } from "./label.ts";
import { heightOfLine, type Line, linePart, roomForTicks } from "./lines.ts";
import { PANEL, type Panel, SIZE, sheet } from "./sheet.ts";
import { group, words } from "./svg.ts";

/** An SVG file. */
export function growthPlot({ date, machine, growth }: Results): string {
  return sheet({
    heading: "How it grows",
    notes: [
      `${date}: ours, on ${machine.cpu}, ${counted(machine.cores, "core")}. Every y axis begins at zero.`,
    ],
    description: growth.map(saidOf).join("\n"),
    panels: growth.map(panelOf),
  });
}

const TITLES: Record<Growth["name"], string> = {
  rows: "A table that fills",
  events: "More events",
  "events-per-customer": "Customers with a long history",
  "customers-per-batch": "Batches of many customers",
  lanes: "More lanes at once",
  "hot-row": "One stock row that everybody buys",
};

const HEAD = 44;
const UPPER = 84;
const LOWER = 50;
const BETWEEN = 16;
const FOOT = 34;

function panelOf(growth: Growth): Panel {
  const [upper, lower] = [lineOf(growth, "eventsPerSecond"), lineOf(growth, costOf(growth))];
  const at = growth.points.map((point) => point.at);
  const left = Math.max(roomForTicks(upper), roomForTicks(lower));
  const centred = [...at, ...[upper, lower].flatMap(({ points }) => points.map(({ value }) => value))];
  const x = axisOf(at, PANEL - left, widest(centred.map(told), SIZE.note) / 2);
  const below = HEAD + heightOfLine(UPPER) + BETWEEN;
  const foot = below + heightOfLine(LOWER);
  const drawn = [
    words(TITLES[growth.name], 0, 12, { class: "title" }),
    words(latencyText(growth.latency), 0, 29, { class: "note" }),
    group(left, HEAD, linePart(upper, x, UPPER)),
    group(left, below, linePart(lower, x, LOWER)),
    group(left, foot, axisParts(x, growth.axis)),
  ];
  return { height: foot + FOOT, drawn: drawn.join("\n") };
}

function lineOf(growth: Growth, figure: Figure): Line {
  const { label, better } = SHOWN[figure];
  const points = pointsOf(growth, figure);
  const caption = points.length === 0 ? `${label}: not measured` : `${label}; ${better} is better`;
  return { caption, points };
}

/** CPU time; requests where many processes share the work and none of them can tell. */
function costOf(growth: Growth): Figure {
  return pointsOf(growth, "cpuMillisecondsPerEvent").length > 0
    ? "cpuMillisecondsPerEvent"
    : "requestsPerEvent";
}

function saidOf(growth: Growth): string {
  const lines = [lineOf(growth, "eventsPerSecond"), lineOf(growth, costOf(growth))];
  const said = lines.map(({ caption, points }) => {
    const values = points.map(({ at, value }) => `${told(value)} at ${told(at)}`);
    return [caption, ...values].join(", ");
  });
  return `${TITLES[growth.name]} (${growth.axis}; ${latencyText(growth.latency)}): ${said.join("; ")}.`;
}
