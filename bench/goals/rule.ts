// What a goal is made of: its words, its limit, and how what was measured is held against it.
import type { Results } from "../results.ts";

/** Figures that do not hang on the machine, and those of starts and bills; what is missing was not measured. */
export type Counted = {
  requestsPerEvent?: number | undefined;
  writeUnitsPerEvent?: number | undefined;
  writeUnitsPerEventWithRaw?: number | undefined;
  /** All files of the bundle, minified. */
  bundleBytes?: number | undefined;
  /** Those of them that a start loads. */
  bytesAtStart?: number | undefined;
  /** Ours, `client-dynamodb` alone, and the textbook worker. */
  importMilliseconds?: { ours: number; client: number; textbook: number } | undefined;
  /** Dollars: EventBridge, SQS, Lambda and DynamoDB; and logs, archive and metrics. */
  costOfAMillion?: { main: number; beside: number } | undefined;
  /** Seconds until a backlog of a million events is drained. */
  drain?: { lanes: number; seconds: number }[] | undefined;
};

export type Goal = {
  name: string;
  goal: string;
  measured: string;
  /** Null where it was not measured. */
  met: boolean | null;
};

export type Verdict = { measured: string; met: boolean };

export type Rule = Pick<Goal, "name" | "goal"> & {
  /** Null where what it needs was not measured. */
  judge(results: Results, counted: Counted): Verdict | null;
};

type Written = (value: number, digits: number) => string;

const DIGITS = 2;
const MOST_DIGITS = 6;

/** Digits that count: what floating point leaves over after them decides nothing. */
const PRECISION = 12;

/** The value, which must not exceed the limit. */
export function atMost(value: number, limit: number, written?: Written): Verdict;
export function atMost(value: number | undefined, limit: number, written?: Written): Verdict | null;
export function atMost(value: number | undefined, limit: number, written = plain): Verdict | null {
  return value === undefined ? null : heldAgainst(limit, value, written, (exact) => exact <= limit);
}

/** The value, which must not stay under the limit. */
export function atLeast(value: number | undefined, limit: number, written = plain): Verdict | null {
  return value === undefined ? null : heldAgainst(limit, value, written, (exact) => exact >= limit);
}

function heldAgainst(limit: number, value: number, written: Written, isMet: (exact: number) => boolean) {
  const exact = Number(value.toPrecision(PRECISION));
  return { measured: written(exact, digitsBeside(exact, limit)), met: isMet(exact) };
}

const plain: Written = (value, digits) => value.toFixed(digits);

export const times: Written = (value, digits) => `${value.toFixed(digits)} ×`;

export const dollars: Written = (value, digits) => `$${value.toFixed(digits)}`;

/** As many as it takes to tell a value from a limit that it does not equal. */
function digitsBeside(value: number, limit: number): number {
  const isTold = (digits: number) => value === limit || Number(value.toFixed(digits)) !== limit;
  let digits = DIGITS;
  while (digits < MOST_DIGITS && !isTold(digits)) digits++;
  return digits;
}
