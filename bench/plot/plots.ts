// The plots as files of docs/.
import type { Results } from "../results.ts";
import { comparison } from "./comparison.ts";
import { growthPlot } from "./growth.ts";

export const COMPARISON = "performance-comparison.svg";
export const GROWTH = "performance-growth.svg";

/** File name to SVG, of what the run measured. */
export function plots(results: Results): Record<string, string> {
  return {
    ...(results.compared.length > 0 && { [COMPARISON]: comparison(results) }),
    ...(results.growth.length > 0 && { [GROWTH]: growthPlot(results) }),
  };
}
