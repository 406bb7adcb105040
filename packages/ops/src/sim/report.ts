// The report of a simulation: what became of the events, what went wrong meanwhile, and what held.
import { FAULT_NAMES, FAULTS, type FaultName } from "@stripe-lanes/testing/sim/faults";
import { faultsIn, INVARIANTS, type Totals } from "@stripe-lanes/testing/sim/totals";

export type Report = {
  seed: number;
  /** That Stripe made; each ended applied, superseded or ignored, or is among `parked` or `lost`. */
  events: number;
  /** How often anything went wrong that was meant to. */
  faults: number;
  applied: number;
  superseded: number;
  /** Deliveries that changed nothing, as their event had been seen before. */
  duplicate: number;
  ignored: number;
  /** Messages that ended parked: those that can never be handled, and events that still are. */
  parked: number;
  lost: number;
  violations: number;
  seconds: number;
  histories: number;
  batches: number;
  /** Of the virtual clocks, all histories together. */
  days: number;
  /** Messages that could never be handled. */
  hopeless: number;
  /** From the last fault until nothing was on its way any more: the greatest. */
  drainedInMilliseconds: number;
  /** For an innocent, where only its neighbours failed: the greatest. */
  longestWaitMilliseconds: number;
  peakMemoryMegabytes: number;
  struck: Record<FaultName, number>;
};

export type Measured = { seed: number; seconds: number; peakMemoryMegabytes: number };

export function reportOf(totals: Totals, { seed, seconds, peakMemoryMegabytes }: Measured): Report {
  const { ended, hopeless } = totals;
  return {
    seed,
    events: totals.events,
    faults: faultsIn(totals),
    applied: ended.applied,
    superseded: ended.superseded,
    duplicate: totals.duplicates,
    ignored: ended.ignored,
    parked: hopeless + ended.parked,
    lost: ended.lost,
    violations: totals.violations,
    seconds: Number(seconds.toFixed(2)),
    histories: totals.histories,
    batches: totals.batches,
    days: Math.round(totals.days),
    hopeless,
    drainedInMilliseconds: totals.drainedIn,
    longestWaitMilliseconds: totals.longestWait,
    peakMemoryMegabytes: Math.round(peakMemoryMegabytes),
    struck: totals.struck,
  };
}

/** Whether a run must end with a failing exit code. */
export function isFailure({ violations, lost }: Pick<Report, "violations" | "lost">): boolean {
  return violations !== 0 || lost !== 0;
}

export function reportText(report: Report, totals: Totals): string {
  return [summaryText(report), faultsText(report), invariantsText(totals)].join("\n\n");
}

/** As people write numbers. */
export function told(value: number): string {
  return value.toLocaleString("en");
}

function summaryText(report: Report): string {
  const { events, histories, days, seconds, peakMemoryMegabytes } = report;
  const lines: [string, number, string?][] = [
    ["events", events, `in ${told(histories)} histories of ${told(days)} days together`],
    ["applied", report.applied],
    ["superseded", report.superseded, "a newer state was there already"],
    ["duplicate", report.duplicate, "deliveries"],
    ["ignored", report.ignored],
    ["parked", report.parked, `messages, ${told(report.hopeless)} of which could never be handled`],
    ["lost", report.lost],
    ["violations", report.violations],
    ["batches", report.batches, `in ${seconds} s, with ${peakMemoryMegabytes} MB at the most`],
    ["drained", report.drainedInMilliseconds, "ms after the last fault, at the latest"],
    ["waited", report.longestWaitMilliseconds, "ms behind other customers' failures, at the longest"],
  ];
  return lines.map(([name, value, note = ""]) => `  ${line(name, value)}  ${note}`.trimEnd()).join("\n");
}

function line(name: string, value: number): string {
  return `${name.padEnd(11)}${told(value).padStart(12)}`;
}

function faultsText({ faults, struck }: Report): string {
  const lines = FAULT_NAMES.map((name) => {
    const { by, does } = FAULTS[name];
    return `  ${told(struck[name]).padStart(9)}  ${name.padEnd(18)} ${by} ${does}`;
  });
  return [`Went wrong ${told(faults)} times`, ...lines].join("\n");
}

function invariantsText({ failures }: Totals): string {
  const broken = new Set(failures.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));
  const lines = Object.entries(INVARIANTS).map(([name, means]) => {
    const verdict = broken.has(name as keyof typeof INVARIANTS) ? "BROKEN" : "held";
    return `  ${verdict.padEnd(7)} ${name}: ${means}`;
  });
  return ["Invariants", ...lines].join("\n");
}
