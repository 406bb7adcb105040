// All that `npm run cost` tells, as data.
import { bill, type Line, together } from "./bill.ts";
import { type Difference, differences } from "./differences.ts";
import { type Drained, drain, LANES_SHOWN } from "./drain.ts";
import { costOfAMillion, type Million } from "./million.ts";
import type { Options } from "./options.ts";
import type { Prices } from "./prices.ts";
import { DESIGNS, type Design, type Quantities } from "./quantities.ts";
import type { Settings } from "./settings.ts";

/** Dollars are of a month. */
type Bill = { dollars: number; lines: (Line & { share: number })[] };

export type Report = Pick<Options, "settings" | "backlog"> &
  Pick<Prices, "region" | "read"> & {
    bills: Record<Design, Bill>;
    differences: Difference[];
    million: Million;
    drain: Drained[];
    /** What the bills are made of. */
    quantities: Record<Design, Quantities>;
  };

export function reportOf(
  quantities: Record<Design, Quantities>,
  { settings, backlog }: Pick<Options, "settings" | "backlog">,
  prices: Prices,
): Report {
  const { ours } = quantities;
  const bills = DESIGNS.map((design) => [design, billOf(design, quantities[design], settings, prices)]);
  return {
    region: prices.region,
    read: prices.read,
    settings,
    bills: Object.fromEntries(bills) as Report["bills"],
    differences: differences(ours, settings, prices),
    million: costOfAMillion(ours),
    backlog,
    drain: lanesShown(settings).map((lanes) => drain(backlog, lanes, ours, settings)),
    quantities,
  };
}

function billOf(design: Design, quantities: Quantities, settings: Settings, prices: Prices): Bill {
  const lines = bill(design, quantities, settings, prices);
  const dollars = together(lines);
  return { dollars, lines: lines.map((line) => ({ ...line, share: line.dollars / dollars })) };
}

function lanesShown({ lanes }: Settings): number[] {
  return [...new Set([...LANES_SHOWN, lanes])].sort((a, b) => a - b);
}
