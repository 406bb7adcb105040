// How figures and settings are written, wherever a person reads them.
import { CONTENDERS } from "./contender.ts";
import type { Answering, Compared, Figure, Spread } from "./results.ts";

type Shown = { label: string; column: string; better: "more" | "less" };

export const SHOWN: Record<Figure, Shown> = {
  eventsPerSecond: { label: "Events per second", column: "events/s", better: "more" },
  cpuMillisecondsPerEvent: { label: "CPU milliseconds per event", column: "CPU ms", better: "less" },
  requestsPerEvent: { label: "Requests per event", column: "requests", better: "less" },
  writeUnitsPerEvent: { label: "Write units per event", column: "write units", better: "less" },
  readUnitsPerEvent: { label: "Read units per event", column: "read units", better: "less" },
  batchMedianMilliseconds: { label: "Milliseconds a batch, median", column: "p50 ms", better: "less" },
  batchSlowestMilliseconds: {
    label: "Milliseconds a batch, 99th percentile",
    column: "p99 ms",
    better: "less",
  },
  peakMegabytes: { label: "Peak memory, megabytes", column: "peak MB", better: "less" },
};

/** What a contender has none of. */
export const NONE = "–";

const NUMBER = new Intl.NumberFormat("en", {
  maximumSignificantDigits: 3,
  maximumFractionDigits: 0,
  roundingPriority: "morePrecision",
});

/** As people write numbers: to three digits, and whole numbers whole. */
export function told(value: number): string {
  return NUMBER.format(value);
}

/** The median, and how far the farthest round lies from it: `579 ±4%`. */
export function spreadText(spread: Spread | null): string {
  if (spread === null) return NONE;
  const { median, least, most } = spread;
  const farthest = Math.max(median - least, most - median);
  if (farthest === 0) return told(median);
  return `${told(median)} ±${told(Math.max(1, Math.round((farthest / median) * 100)))}%`;
}

export function nameOf({ contender, lanes }: Pick<Compared, "contender" | "lanes">): string {
  return lanes === 1 ? contender : `${contender}, ${counted(lanes, "lane")}`;
}

export function counted(count: number, one: string): string {
  return `${told(count)} ${count === 1 ? one : `${one}s`}`;
}

export function latencyText(latency: number): string {
  return latency === 0 ? "no latency" : `${told(latency)} ms a request`;
}

export type Setting = Pick<Compared, "answering" | "latency">;

/** Under what conditions contenders ran side by side: databases before recorded answers, then by latency. */
export function settingsOf(compared: Compared[]): Setting[] {
  const settings = new Map(
    inOrder(compared).map(({ answering, latency }) => [`${answering} ${latency}`, { answering, latency }]),
  );
  return [...settings.values()];
}

const ANSWERS: Answering[] = ["database", "canned"];

/** By setting, then one lane before many, then as the contenders are listed. */
export function inOrder(compared: Compared[]): Compared[] {
  return compared.toSorted(
    (a, b) =>
      ANSWERS.indexOf(a.answering) - ANSWERS.indexOf(b.answering) ||
      a.latency - b.latency ||
      a.lanes - b.lanes ||
      CONTENDERS.indexOf(a.contender) - CONTENDERS.indexOf(b.contender),
  );
}
