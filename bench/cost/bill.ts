// The bill of a month, line by line. Pure.
import { costOf, type Prices } from "./prices.ts";
import type { Design, Quantities } from "./quantities.ts";
import {
  archive,
  bus,
  eventLines,
  eventLog,
  functions,
  httpApi,
  invocationLines,
  logs,
  metrics,
  type Part,
  queue,
  type Service,
  storage,
  table,
  type Use,
  watching,
} from "./services.ts";
import type { Settings } from "./settings.ts";

export type Line = Use & { dollars: number };

const FUNCTION_LOGS = logs("logs", eventLines, invocationLines);

const PARTS: Record<Design, Part[]> = {
  ours: [
    bus,
    queue,
    functions,
    table,
    storage,
    logs("logs", eventLines, invocationLines, eventLog),
    archive,
    metrics,
    watching,
  ],
  textbook: [bus, queue, functions, table, storage, FUNCTION_LOGS],
  webhook: [httpApi, functions, table, storage, FUNCTION_LOGS],
};

/** Without a free tier, and without what grows cheaper by the hundred million. */
export function bill(design: Design, quantities: Quantities, settings: Settings, prices: Prices): Line[] {
  const set = design === "webhook" ? { ...settings, batch: 1 } : settings;
  return PARTS[design]
    .flatMap((part) => part(quantities, set))
    .map((use) => ({ ...use, dollars: costOf(use.quantity, use.price, prices) }));
}

/** Dollars of all lines, or of those of some services. */
export function together(lines: readonly Line[], services?: readonly Service[]): number {
  const counted = lines.filter(({ service }) => services === undefined || services.includes(service));
  return counted.reduce((sum, { dollars }) => sum + dollars, 0);
}
