// `npm run bench`: how fast the local pipeline is, and what it asks of DynamoDB. `--json` prints the figures alone.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROUNDS = 3;
const RUN = ["--simulate", "5000", "--seed", "7", "--duplicates", "--shuffle", "--exit", "--json"];

type Report = {
  sent: number;
  lost: number;
  eventsPerSecond: number;
  roundTripsPerBatch: number;
  writeUnitsPerEvent: number;
};

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const boots = Array.from({ length: ROUNDS }, () => Number(node(new URL("./boot.ts", import.meta.url), [])));
const reports = Array.from({ length: ROUNDS }, () => lastLine(node(start(), RUN)));
const figures = {
  bootMilliseconds: median(boots),
  deliveriesPerSecond: median(reports.map(({ eventsPerSecond }) => eventsPerSecond)),
  roundTripsPerBatch: Math.max(...reports.map(({ roundTripsPerBatch }) => roundTripsPerBatch)),
  writeUnitsPerEvent: median(reports.map(({ writeUnitsPerEvent }) => writeUnitsPerEvent)),
};

if (values.json) {
  console.log(JSON.stringify(figures));
} else {
  console.log(`Medians of ${ROUNDS} runs of npm start -- ${RUN.join(" ")}:
  boot          ${figures.bootMilliseconds} ms from the start of the process until the bus takes events
  speed         ${figures.deliveriesPerSecond} deliveries a second from bus to table
  round trips   ${figures.roundTripsPerBatch} a batch, retries included (the most of the runs)
  write units   ${figures.writeUnitsPerEvent} an event`);
}

function start(): URL {
  return new URL(import.meta.resolve("@stripe-lanes/ops/start"));
}

function node(module: URL, args: string[]): string {
  return execFileSync(process.execPath, [fileURLToPath(module), ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

function lastLine(output: string): Report {
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "") as Report;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
