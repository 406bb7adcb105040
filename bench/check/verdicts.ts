// Whether a figure got worse than the one that is committed. Pure.
import type { Figures } from "./figures.ts";

/** More than this share above what is committed is worse: none where a count is exact, else what chance may add. */
const TOLERANCE: Record<keyof Figures, number> = {
  requestsPerEvent: 0,
  writeUnitsPerEvent: 0,
  writeUnitsPerEventWithRaw: 0,
  readUnitsPerEvent: 0,
  writeUnitsPerEventAlone: 0,
  readUnitsPerEventAlone: 0,
  bundleBytes: 0.01,
  bytesAtStart: 0.01,
  allocatedBytesPerEvent: 0.01,
};

export type Verdict = {
  figure: keyof Figures;
  committed: number;
  measured: number;
  /** `better` is worth committing: the next change is then held to it. */
  verdict: "same" | "worse" | "better";
};

export function verdictsOf(committed: Figures, measured: Figures): Verdict[] {
  const figures = Object.keys(TOLERANCE) as (keyof Figures)[];
  return figures.map((figure) => {
    const [was, is] = [committed[figure], measured[figure]];
    return { figure, committed: was, measured: is, verdict: verdictOn(was, is, TOLERANCE[figure]) };
  });
}

/** Sums of many shares of an event differ in their last digits. */
const ROUNDING = 1e-9;

function verdictOn(was: number, is: number, tolerance: number): Verdict["verdict"] {
  const margin = was * (tolerance + ROUNDING);
  if (is > was + margin) return "worse";
  return is < was - margin ? "better" : "same";
}

/** A line for each figure, the worse ones said at its end. */
export function verdictsText(verdicts: Verdict[]): string {
  return verdicts.map(lineOf).join("\n");
}

function lineOf({ figure, committed, measured, verdict }: Verdict): string {
  const change = verdict === "same" ? "" : `  ${verdict}, by ${shareText(measured / committed - 1)}`;
  return `  ${figure.padEnd(27)}${numberText(committed)} ${numberText(measured)}${change}`;
}

function numberText(value: number): string {
  return (value >= 1_000 ? value.toFixed(0) : value.toFixed(4)).padStart(10);
}

function shareText(share: number): string {
  return `${Math.abs(share * 100).toFixed(1)} %`;
}
