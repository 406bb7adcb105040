// What a million events cost, in full batches: the goals of the benchmark.
import { bill, type Line, together } from "./bill.ts";
import { PRICES } from "./prices.ts";
import type { Quantities } from "./quantities.ts";
import { DASHBOARD, type Service } from "./services.ts";
import { DEFAULTS, type Settings } from "./settings.ts";

/** Dollars. */
export type Million = {
  /** EventBridge, SQS, Lambda, and the reads and writes of DynamoDB. */
  main: number;
  /** The requests of EventBridge, SQS and Lambda alone. */
  requests: number;
  /** Logs, the archive, and the lines of metrics. */
  beside: number;
  /** What DynamoDB keeps of a million events a month: a year's rows, the ledger, their backup. */
  storage: number;
  /** Each month whatever comes: empty receives, alarms, and the metric that every hour tells. */
  flat: number;
  /** Each month, where a stage wants one. */
  dashboard: number;
};

const MAIN: Service[] = ["EventBridge", "SQS", "Lambda", "DynamoDB"];
const BESIDE: Service[] = ["logs", "archive", "metrics"];

/** Of ours. @param told what differs from a production stage's settings */
export function costOfAMillion(quantities: Quantities, told: Partial<Settings> = {}): Million {
  const lines = bill("ours", quantities, { ...DEFAULTS, ...told, events: 1_000_000 }, PRICES);
  const growing = lines.filter(({ grows }) => grows);
  const fixed = lines.filter(({ grows }) => !grows);
  return {
    main: together(growing, MAIN),
    requests: together(growing.filter(isRequest), MAIN),
    beside: together(growing, BESIDE),
    storage: together(growing, ["storage"]),
    flat: together(fixed.filter(({ what }) => what !== DASHBOARD)),
    dashboard: together(fixed.filter(({ what }) => what === DASHBOARD)),
  };
}

function isRequest({ service, what }: Line): boolean {
  return service !== "DynamoDB" && what !== "time";
}
