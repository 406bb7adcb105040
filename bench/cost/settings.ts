// What a stage is set to, as far as it shows in the bill; where nothing is said, as production is.
import { settingsOf } from "../../infra/stage-settings.ts";
import { LARGEST_BATCH } from "./stage.ts";

export const LOG_LEVELS = ["info", "warn", "error"] as const;
export const PAYLOADS = ["snapshot", "both"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export type Settings = {
  /** Of a month; with both payloads each comes as a snapshot and as a thin event. */
  events: number;
  /** Events of one invocation, on average. */
  batch: number;
  raw: boolean;
  lanes: number;
  ledgerDays: number;
  logLevel: LogLevel;
  payloads: (typeof PAYLOADS)[number];
  /** 0 without an archive. */
  archiveDays: number;
  metrics: boolean;
  dashboard: boolean;
  /** Workers at one time. */
  concurrency: number;
};

const { raw, lanes, ledgerDays, archiveDays, concurrency, dashboard } = settingsOf("production");

export const DEFAULTS: Settings = {
  events: 1_000_000,
  batch: LARGEST_BATCH,
  raw,
  lanes,
  ledgerDays,
  logLevel: "info",
  payloads: "snapshot",
  archiveDays: archiveDays ?? 0,
  metrics: true,
  dashboard,
  concurrency,
};
