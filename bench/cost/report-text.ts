// The report for a terminal: tables, and the assumptions they stand on.
import { PARTITIONS, POLL } from "./drain.ts";
import { LATENCY, STRIPE_LATENCY } from "./duration.ts";
import { DESIGNS } from "./quantities.ts";
import type { Report } from "./report.ts";
import { EMPTY_RECEIVES, MONTHS_OF_ROWS, SERVICES, type Service } from "./services.ts";
import { LARGEST_BATCH, MEMORY_MEGABYTES } from "./stage.ts";

const NONE = "–";

export function reportText(report: Report): string {
  return [
    ...heading(report),
    "",
    ...aligned(billRows(report), [0, 1]),
    "",
    "What a setting costs a month, each on its own, of ours:",
    ...aligned(
      report.differences.map(({ setting, dollars }) => [setting, difference(dollars)]),
      [0],
    ),
    "",
    ...millionLines(report),
    "",
    `A backlog of ${told(report.backlog)} events, of ours:`,
    ...aligned(drainRows(report), [0, 3]),
    "",
    ...assumptions(),
  ].join("\n");
}

function heading({ settings, region, read }: Report): string[] {
  const { events, batch, payloads } = settings;
  const twice = payloads === "both" ? ", each as a snapshot and as a thin event" : "";
  return [
    `The bill of a month with ${told(events)} events${twice}, in batches of ${told(batch)}.`,
    `Prices of ${region} on ${read}; no free tier is taken off.`,
  ];
}

function billRows({ bills }: Report): string[][] {
  const rows = SERVICES.flatMap((service) => whatsOf(bills, service).map((what) => ({ service, what })));
  const lines = rows.map(({ service, what }) => [
    service,
    what,
    ...DESIGNS.flatMap((design) => {
      const line = bills[design].lines.find((one) => one.service === service && one.what === what);
      return line ? [dollarsText(line.dollars), percent(line.share)] : [NONE, ""];
    }),
  ]);
  const totals = DESIGNS.flatMap((design) => [dollarsText(bills[design].dollars), ""]);
  return [["", "", ...DESIGNS.flatMap((design) => [design, ""])], ...lines, ["together", "", ...totals]];
}

function whatsOf(bills: Report["bills"], service: Service): string[] {
  const lines = DESIGNS.flatMap((design) => bills[design].lines);
  return [...new Set(lines.filter((line) => line.service === service).map(({ what }) => what))];
}

function millionLines({ million }: Report): string[] {
  const { main, requests, beside, storage, flat, dashboard } = million;
  return [
    `A million events in batches of ${LARGEST_BATCH}, of ours, as a production stage is set:`,
    ...aligned(
      [
        [dollarsText(main), "EventBridge, SQS, Lambda, and DynamoDB's reads and writes"],
        [dollarsText(requests), "of it for the requests of EventBridge, SQS and Lambda alone"],
        [dollarsText(beside), "beside it: logs, the archive, and the lines of metrics"],
        [dollarsText(storage), "a month for what DynamoDB keeps of a million a month"],
        [
          dollarsText(flat),
          "a month whatever comes: empty receives, alarms, and a metric that every hour tells",
        ],
        [dollarsText(dashboard), "a month for the dashboard, where the setting dashboard wants one"],
      ],
      [1],
    ),
  ];
}

function drainRows({ drain }: Report): string[][] {
  return drain.map(({ lanes, seconds, eventsPerSecond, limit }) => [
    `${lanes} ${lanes === 1 ? "lane" : "lanes"}`,
    durationText(seconds),
    `${told(Math.round(eventsPerSecond))}/s`,
    `held back by ${limit}`,
  ]);
}

/** Sentences: what the model takes for granted. */
function assumptions(): string[] {
  return [
    "Taken for granted:",
    `- A request of DynamoDB takes ${LATENCY} ms, one of Stripe ${STRIPE_LATENCY} ms, and the CPU time is the benchmark's, on the`,
    `  part of a vCPU that ${MEMORY_MEGABYTES} MB buy of the 1,769 MB of a whole one; starts are rare.`,
    `- Lambda asks an idle queue with five long polls of 20 s: ${told(Math.round(EMPTY_RECEIVES))} receives a month.`,
    `- Archive and ledger are full, and rows of ${MONTHS_OF_ROWS} months are kept.`,
    "- The other designs keep and log as much of an event as ours, and have no archive, metrics or alarms.",
    `- Draining: a lane has one batch of ${LARGEST_BATCH} at a time and ${POLL} ms between two, workers are as many as the`,
    `  concurrency lets, and the table is a new one of ${PARTITIONS} partitions with 1,000 write units a second each.`,
  ];
}

/** Columns of words stand to the left, those of numbers to the right. */
function aligned(rows: string[][], words: number[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const padded = (cell: string, column: number) =>
    words.includes(column) ? cell.padEnd(width(column)) : cell.padStart(width(column));
  return rows.map((row) => `  ${row.map(padded).join("  ")}`.trimEnd());
}

function dollarsText(dollars: number): string {
  if (dollars > 0 && dollars < 0.005) return "< $0.01";
  return `$${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

function difference(dollars: number): string {
  const text = dollarsText(Math.abs(dollars));
  if (Math.abs(dollars) < 0.005) return "$0.00";
  return dollars < 0 ? `−${text}` : `+${text}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3_600) return `${(seconds / 60).toFixed(1)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}

function told(value: number): string {
  return value.toLocaleString("en");
}
