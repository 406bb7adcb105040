// What each service is asked for in a month. Pure; the assumptions are named here.
import { inBatches } from "./amortized.ts";
import { invocationMilliseconds } from "./duration.ts";
import type { PriceName } from "./prices.ts";
import type { Load, Quantities } from "./quantities.ts";
import type { Settings } from "./settings.ts";
import { ALARMS, LOG_DAYS, MEMORY_MEGABYTES, QUERIED_METRICS } from "./stage.ts";

export const SERVICES = [
  "EventBridge",
  "API Gateway",
  "SQS",
  "Lambda",
  "DynamoDB",
  "storage",
  "logs",
  "archive",
  "metrics",
] as const;

export type Service = (typeof SERVICES)[number];

export type Use = {
  service: Service;
  what: string;
  quantity: number;
  price: PriceName;
  /** Whether it grows with the events, or is the same each month. */
  grows: boolean;
};

/** A part of a design: what it uses in a month. */
export type Part = (quantities: Quantities, settings: Settings) => Use[];

const KB = 1_024;
const GB = 1_024 ** 3;
const DAYS = 365 / 12;
const HOURS = DAYS * 24;
const SECONDS = HOURS * 60 * 60;

export const DASHBOARD = "dashboard";

/** Rows are never deleted: those of so many months are kept. */
export const MONTHS_OF_ROWS = 12;

/**
 * An idle queue is asked by five long polls of 20 s at least ("Configuring scaling behavior for SQS event source
 * mappings", AWS Lambda Developer Guide, which tells of five of standard queues, and that a maximum concurrency
 * keeps Lambda from making them fewer).
 */
export const EMPTY_RECEIVES = (5 * SECONDS) / 20;

/** What is left of logs that are stored, as AWS's Pricing Calculator reckons. */
const COMPRESSED = 0.15;

const chunks = (bytes: number, largest: number) => Math.max(1, Math.ceil(bytes / largest));

/** A month's sum of what one event comes to, over the kinds of events that are sent. */
function monthly(
  { snapshot, thin }: Quantities,
  { events, payloads }: Settings,
  of: (load: Load) => number,
): number {
  const loads = payloads === "both" && thin ? [snapshot, thin] : [snapshot];
  return loads.reduce((sum, load) => sum + events * of(load), 0);
}

const arriving = ({ bodyBytes, envelopeBytes }: Load) => bodyBytes + envelopeBytes;

export const bus: Part = (quantities, settings) => {
  const quantity = monthly(quantities, settings, (load) => chunks(arriving(load), 64 * KB));
  return [use("EventBridge", "events", quantity, "eventBridgeEvents")];
};

/** What an archive keeps is reckoned once it is full; without one nothing is taken in either. */
export const archive: Part = (quantities, settings) => {
  if (settings.archiveDays === 0) return [];
  const gigabytes = monthly(quantities, settings, arriving) / GB;
  const kept = (gigabytes * settings.archiveDays) / DAYS;
  return [
    use("archive", "events taken in", gigabytes, "archiveProcessing"),
    use("archive", "events kept", kept, "archiveStorage"),
  ];
};

export const httpApi: Part = (quantities, settings) => {
  const quantity = monthly(quantities, settings, ({ bodyBytes }) => chunks(bodyBytes, 512 * KB));
  return [use("API Gateway", "requests", quantity, "httpApiRequests")];
};

/** Messages are sent one by one, and received and deleted by batches. */
export const queue: Part = (quantities, settings) => {
  const { batch } = settings;
  const sends = monthly(quantities, settings, ({ bodyBytes }) => chunks(bodyBytes, 64 * KB));
  const receives = monthly(
    quantities,
    settings,
    ({ bodyBytes }) => chunks(bodyBytes * batch, 64 * KB) / batch,
  );
  const deletes = monthly(quantities, settings, () => 1 / batch);
  return [
    use("SQS", "sends", sends, "sqsFifoRequests"),
    use("SQS", "receives", receives, "sqsFifoRequests"),
    use("SQS", "deletes", deletes, "sqsFifoRequests"),
    flat("SQS", "empty receives", EMPTY_RECEIVES, "sqsFifoRequests"),
  ];
};

export const functions: Part = (quantities, settings) => {
  const { batch } = settings;
  const requests = monthly(quantities, settings, () => 1 / batch);
  const milliseconds = monthly(quantities, settings, (load) => invocationMilliseconds(load, batch) / batch);
  const gigabyteSeconds = (milliseconds / 1_000) * (MEMORY_MEGABYTES / KB);
  return [
    use("Lambda", "requests", requests, "lambdaRequests"),
    use("Lambda", "time", gigabyteSeconds, "lambdaDuration"),
  ];
};

export const table: Part = (quantities, settings) => {
  const { batch, raw } = settings;
  const written = ({ writeUnits, rawUnits }: Load) => inBatches(writeUnits, batch) + (raw ? rawUnits : 0);
  const reads = monthly(quantities, settings, ({ readUnits }) => inBatches(readUnits, batch));
  return [
    use("DynamoDB", "writes", monthly(quantities, settings, written), "writeUnits"),
    use("DynamoDB", "reads", reads, "readUnits"),
  ];
};

/** The ledger is reckoned once its days are full; the backup is of all that is stored. */
export const storage: Part = (quantities, settings) => {
  const born = ({ rowBytes, rawBytes }: Load) => rowBytes + (settings.raw ? rawBytes : 0);
  const rows = (monthly(quantities, settings, born) * MONTHS_OF_ROWS) / GB;
  const aMonth = monthly(quantities, settings, ({ ledgerBytes }) => ledgerBytes) / GB;
  const ledger = (aMonth * settings.ledgerDays) / DAYS;
  return [
    use("storage", "rows", rows, "tableStorage"),
    use("storage", "ledger", ledger, "tableStorage"),
    use("storage", "backup", rows + ledger, "tableBackup"),
  ];
};

/** One kind of lines, and its bytes in a month. */
type Logged = (quantities: Quantities, settings: Settings) => [what: string, bytes: number];

export const eventLines: Logged = (quantities, settings) => [
  "lines of events",
  monthly(quantities, settings, ({ lineBytes }) => lineBytes[settings.logLevel]),
];

export const invocationLines: Logged = (quantities, settings) => [
  "START, END and REPORT",
  monthly(quantities, settings, () => quantities.invocationBytes / settings.batch),
];

export const eventLog: Logged = (quantities, settings) => [
  "log of all events",
  monthly(quantities, settings, () => quantities.eventLogBytes),
];

const metricLines: Logged = (quantities, settings) => [
  "lines of metrics",
  monthly(quantities, settings, () => inBatches(quantities.metricBytes, settings.batch)),
];

export function logs(service: Service, ...kinds: Logged[]): Part {
  return (quantities, settings) => {
    const taken = kinds.map((kind) => kind(quantities, settings));
    const gigabytes = taken.reduce((sum, [, bytes]) => sum + bytes, 0) / GB;
    return [
      ...taken.map(([what, bytes]) => use(service, what, bytes / GB, "logsIngestion")),
      use(service, "lines kept", (gigabytes * COMPRESSED * LOG_DAYS) / DAYS, "logsStorage"),
    ];
  };
}

/** A metric is billed for the hours in which it is told: one for each invocation, and all of a month at the most. */
export const metrics: Part = (quantities, settings) => {
  if (!settings.metrics) return [];
  const invocations = monthly(quantities, settings, () => 1 / settings.batch);
  const told = quantities.metrics.length * Math.min(1, invocations / HOURS);
  return [
    ...logs("metrics", metricLines)(quantities, settings),
    flat("metrics", "our own metrics", told, "customMetrics"),
  ];
};

export const watching: Part = (_, { dashboard }) => [
  flat("metrics", "alarms", ALARMS, "alarms"),
  flat("metrics", "metrics that alarms query", QUERIED_METRICS, "queriedMetrics"),
  flat("metrics", DASHBOARD, dashboard ? 1 : 0, "dashboards"),
];

function use(service: Service, what: string, quantity: number, price: PriceName): Use {
  return { service, what, quantity, price, grows: true };
}

function flat(service: Service, what: string, quantity: number, price: PriceName): Use {
  return { ...use(service, what, quantity, price), grows: false };
}
