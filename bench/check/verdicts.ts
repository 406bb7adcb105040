// Whether a figure got worse than the one that is committed, or is over its bar. Pure.
import { Mistake } from "@stripe-lanes/ops/mistake";
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
  simulatedRequestsPerEvent: 0,
  simulatedWriteUnitsPerEvent: 0,
  simulatedReadUnitsPerEvent: 0,
  simulatedWriteUnitsPerEventAlone: 0,
  simulatedReadUnitsPerEventAlone: 0,
};

/** The most that is ever committed to, of the pinned mix. */
const BARS: Partial<Record<keyof Figures, number>> = {
  writeUnitsPerEvent: 4.3,
  writeUnitsPerEventAlone: 5.6,
};

const ACCEPT = "npm run bench -- --check --accept";

export type Verdict = {
  figure: keyof Figures;
  committed: number;
  measured: number;
  /** The bar, where there is one. */
  atMost: number | undefined;
  /** `better` is worth committing: the next change is then held to it; `over` the bar cannot be committed. */
  verdict: "same" | "worse" | "better" | "over";
};

/** @throws Mistake where a figure was never committed. */
export function verdictsOf(committed: Partial<Figures>, measured: Figures): Verdict[] {
  const figures = Object.keys(TOLERANCE) as (keyof Figures)[];
  return figures.map((figure) => {
    const [was, is, atMost] = [committed[figure], measured[figure], BARS[figure]];
    if (was === undefined) throw new Mistake(`bench/baseline.json has no ${figure}: ${ACCEPT} writes it.`);
    const isOver = atMost !== undefined && is > atMost;
    const verdict = isOver ? "over" : verdictOn(was, is, TOLERANCE[figure]);
    return { figure, committed: was, measured: is, atMost, verdict };
  });
}

/** Sums of many shares of an event differ in their last digits. */
const ROUNDING = 1e-9;

function verdictOn(was: number, is: number, tolerance: number): "same" | "worse" | "better" {
  const margin = was * (tolerance + ROUNDING);
  if (is > was + margin) return "worse";
  return is < was - margin ? "better" : "same";
}

/** A line for each figure, with its bar; the worse ones said at its end. */
export function verdictsText(verdicts: Verdict[]): string {
  const head = ["of an event".padEnd(WIDTH), ...["committed", "measured", "at most"].map(column)];
  return [head, ...verdicts.map(cellsOf)].map((cells) => `  ${cells.join(" ").trimEnd()}`).join("\n");
}

const WIDTH = 33;

function cellsOf(verdict: Verdict): string[] {
  const { figure, committed, measured, atMost } = verdict;
  const numbers = [numberText(committed), numberText(measured), `${atMost ?? ""}`];
  return [figure.padEnd(WIDTH), ...numbers.map(column), changeText(verdict)];
}

function changeText({ verdict, committed, measured, atMost }: Verdict): string {
  if (verdict === "same") return "";
  const from = verdict === "over" ? (atMost ?? committed) : committed;
  return ` ${verdict}, by ${shareText(measured / from - 1)}`;
}

function column(text: string): string {
  return text.padStart(10);
}

function numberText(value: number): string {
  return value >= 1_000 ? value.toFixed(0) : value.toFixed(4);
}

function shareText(share: number): string {
  return `${Math.abs(share * 100).toFixed(1)} %`;
}

/** What to do next, in a line. */
export function adviceOn(verdicts: Verdict[]): string {
  const named = (wanted: Verdict["verdict"]) =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ figure }) => figure);
  const [over, worse, better] = [named("over"), named("worse"), named("better")];
  if (over.length > 0) return `Over the bar: ${over.join(", ")}. Nothing commits to that.`;
  if (worse.length > 0) return `Worse: ${worse.join(", ")}. If that is worth it, ${ACCEPT} commits to it.`;
  if (better.length > 0) return `Better: ${better.join(", ")}. Keep it so with ${ACCEPT}.`;
  return "Nothing got worse.";
}
