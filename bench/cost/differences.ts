// What a setting costs: the bill with it less the bill without.
import { bill, together } from "./bill.ts";
import type { Prices } from "./prices.ts";
import type { Quantities } from "./quantities.ts";
import type { Settings } from "./settings.ts";

export type Difference = {
  /** As a person would ask for it. */
  setting: string;
  /** Dollars a month more, or less. */
  dollars: number;
};

const CHANGES: [setting: string, told: Partial<Settings>][] = [
  ["--raw", { raw: true }],
  ["--lanes 4", { lanes: 4 }],
  ["--lanes 32", { lanes: 32 }],
  ["--ledger-days 35", { ledgerDays: 35 }],
  ["--ledger-days 90", { ledgerDays: 90 }],
  ["--ledger-days 365", { ledgerDays: 365 }],
  ["--archive-days 30", { archiveDays: 30 }],
  ["--archive-days 365", { archiveDays: 365 }],
  ["--log-level warn", { logLevel: "warn" }],
  ["--metrics off", { metrics: false }],
  ["--dashboard off", { dashboard: false }],
  ["--payloads both", { payloads: "both" }],
  ["--batch 1", { batch: 1 }],
];

/** Of ours, each setting on its own; what is set so already costs nothing more. */
export function differences(quantities: Quantities, settings: Settings, prices: Prices): Difference[] {
  const total = (told: Partial<Settings>) =>
    together(bill("ours", quantities, { ...settings, ...told }, prices));
  return CHANGES.map(([setting, told]) => ({ setting, dollars: total(told) - total({}) }));
}
