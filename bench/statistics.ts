// The few figures that many measurements come to.
import type { Spread } from "./results.ts";

/** The middle value, or the mean of the middle two. @throws RangeError when there are none. */
export function median(values: readonly number[]): number {
  const sorted = inOrder(values);
  const middle = (sorted.length - 1) / 2;
  return (at(sorted, Math.floor(middle)) + at(sorted, Math.ceil(middle))) / 2;
}

/** The least value that a share of all, from 0 to 1, is not above. @throws RangeError when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = inOrder(values);
  return at(sorted, Math.max(0, Math.ceil(share * sorted.length) - 1));
}

/** @throws RangeError when there are none. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), least: percentile(values, 0), most: percentile(values, 1) };
}

function inOrder(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError("There is nothing to take a figure of.");
  return values.toSorted((one, other) => one - other);
}

function at(values: readonly number[], index: number): number {
  return values[index] as number;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
