// The price list: what AWS asks, in which region, read on which day, from which page.
import { readFileSync } from "node:fs";

export const PRICE_NAMES = [
  "eventBridgeEvents",
  "archiveProcessing",
  "archiveStorage",
  "sqsFifoRequests",
  "lambdaRequests",
  "lambdaDuration",
  "httpApiRequests",
  "writeUnits",
  "readUnits",
  "tableStorage",
  "tableBackup",
  "logsIngestion",
  "logsStorage",
  "customMetrics",
  "alarms",
  "queriedMetrics",
  "dashboards",
] as const;

export type PriceName = (typeof PRICE_NAMES)[number];

type Price = {
  dollars: number;
  /** So many units cost so many dollars. */
  per: number;
  unit: string;
  /** The page it was read from, as it was kept, with its own day where it has one; or that it is from memory. */
  source: string;
};

export type Prices = {
  region: string;
  /** The day on which they were read, as 2026-11-21. */
  read: string;
  prices: Record<PriceName, Price>;
};

export const PRICES = JSON.parse(readFileSync(new URL("./prices.json", import.meta.url), "utf8")) as Prices;

/** Dollars of so many units. */
export function costOf(quantity: number, name: PriceName, { prices }: Prices): number {
  const { dollars, per } = prices[name];
  return (quantity / per) * dollars;
}
