// What `npm run cost` was asked for.
import { checkLanes } from "@stripe-lanes/core/lanes";
import { FLAG, readArguments, TEXT } from "@stripe-lanes/ops/arguments";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { whole } from "@stripe-lanes/ops/options";
import { DEFAULTS, LOG_LEVELS, PAYLOADS, type Settings } from "./settings.ts";
import { LARGEST_BATCH } from "./stage.ts";

export type Options = {
  settings: Settings;
  /** Events that wait. */
  backlog: number;
  json: boolean;
};

const BACKLOG = 1_000_000;

/** Stripe can resend an event for 30 days (D6). */
const FEWEST_LEDGER_DAYS = 35;

export const USAGE = `npm run cost -- [options]

  --events-per-month N  events of a month (${DEFAULTS.events.toLocaleString("en")})
  --batch B             events of an invocation, on average: 1 when it is quiet, ${LARGEST_BATCH} when it is not (${DEFAULTS.batch})
  --raw                 with the whole Stripe object beside each row
  --lanes L             lanes (${DEFAULTS.lanes})
  --ledger-days D       for how many days the ledger is kept (${DEFAULTS.ledgerDays})
  --archive-days A      for how many days the archive is kept, 0 for no archive (${DEFAULTS.archiveDays})
  --log-level LEVEL     ${LOG_LEVELS.join(", ")}: which lines of the worker are kept (${DEFAULTS.logLevel})
  --payloads WHICH      ${PAYLOADS.join(", ")}: whether Stripe sends thin events too (${DEFAULTS.payloads})
  --metrics on|off      whether the worker tells metrics of its own (on)
  --dashboard on|off    whether there is a dashboard (${DEFAULTS.dashboard ? "on" : "off"})
  --drain N             how long a backlog of N events takes (${BACKLOG.toLocaleString("en")})
  --json                prints one JSON document on stdout`;

/** @throws Mistake with one sentence for an option that is unknown or wrong. */
export function readOptions(args: string[]): Options {
  const values = parse(args);
  return {
    settings: settingsOf(values),
    backlog: count("--drain", values.drain, BACKLOG),
    json: values.json ?? false,
  };
}

type Values = ReturnType<typeof parse>;

function settingsOf(values: Values): Settings {
  return {
    ...DEFAULTS,
    events: count("--events-per-month", values["events-per-month"], DEFAULTS.events),
    batch: batchOf(values.batch),
    raw: values.raw ?? DEFAULTS.raw,
    lanes: lanesOf(values.lanes),
    ledgerDays: ledgerDaysOf(values["ledger-days"]),
    archiveDays: archiveDaysOf(values["archive-days"]),
    logLevel: oneOf("--log-level", values["log-level"], LOG_LEVELS, DEFAULTS.logLevel),
    payloads: oneOf("--payloads", values.payloads, PAYLOADS, DEFAULTS.payloads),
    metrics: oneOf("--metrics", values.metrics, ["on", "off"], "on") === "on",
    dashboard:
      oneOf("--dashboard", values.dashboard, ["on", "off"], DEFAULTS.dashboard ? "on" : "off") === "on",
  };
}

function parse(args: string[]) {
  const options = {
    "events-per-month": TEXT,
    batch: TEXT,
    raw: FLAG,
    lanes: TEXT,
    "ledger-days": TEXT,
    "archive-days": TEXT,
    "log-level": TEXT,
    payloads: TEXT,
    metrics: TEXT,
    dashboard: TEXT,
    drain: TEXT,
    json: FLAG,
  };
  return readArguments("npm run cost --", args, options).values;
}

/** A whole number of at least 1. */
function count(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = whole(option, text);
  if (value === 0) throw new Mistake(`${option} takes a number of at least 1.`);
  return value;
}

function batchOf(text: string | undefined): number {
  if (text === undefined) return DEFAULTS.batch;
  const batch = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && batch >= 1 && batch <= LARGEST_BATCH) return batch;
  throw new Mistake(`--batch takes a number from 1 to ${LARGEST_BATCH}, not "${text}".`);
}

function lanesOf(text: string | undefined): number {
  const lanes = text === undefined ? DEFAULTS.lanes : whole("--lanes", text);
  try {
    checkLanes(lanes);
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
  return lanes;
}

function ledgerDaysOf(text: string | undefined): number {
  const days = count("--ledger-days", text, DEFAULTS.ledgerDays);
  if (days >= FEWEST_LEDGER_DAYS) return days;
  throw new Mistake(`--ledger-days takes a number of at least ${FEWEST_LEDGER_DAYS}, not "${text}".`);
}

function archiveDaysOf(text: string | undefined): number {
  return text === undefined ? DEFAULTS.archiveDays : whole("--archive-days", text);
}

function oneOf<T extends string>(
  option: string,
  text: string | undefined,
  known: readonly T[],
  otherwise: T,
): T {
  if (text === undefined) return otherwise;
  const one = known.find((name) => name === text);
  if (one !== undefined) return one;
  throw new Mistake(`${option} is one of ${known.join(", ")}, not "${text}".`);
}
