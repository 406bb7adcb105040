// How the figures of ours change with the one thing that grows, series by series.
import type { Growth } from "../results.ts";
import { HOT_ROW } from "./hot-row.ts";
import { LANES } from "./lanes.ts";
import { CUSTOMERS_PER_BATCH, EVENTS, EVENTS_PER_CUSTOMER } from "./mixes.ts";
import type { Series } from "./series.ts";
import { TABLE_SIZE } from "./table-size.ts";

const SERIES = [TABLE_SIZE, EVENTS, EVENTS_PER_CUSTOMER, CUSTOMERS_PER_BATCH, LANES, HOT_ROW];

export type GrowthOptions = {
  /** Told what is measured next. */
  onProgress(told: string): void;
};

/** @throws Error with the reason when a point cannot be measured, or the stock of the hot row is wrong */
export async function growth({ onProgress }: GrowthOptions): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const series of SERIES) grown.push(await grow(series, onProgress));
  return grown;
}

async function grow({ at: sizes, measured, ...about }: Series, onProgress: GrowthOptions["onProgress"]) {
  const points: Growth["points"] = [];
  for (const at of sizes) {
    onProgress(`growth: ${at.toLocaleString("en-US")} ${about.axis}`);
    points.push({ at, ...(await measured(at)) });
  }
  return { ...about, points };
}
