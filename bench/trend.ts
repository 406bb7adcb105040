// What a growth comes to: its ends compared, its worst point, and whether time grows as fast as what is handled.
import type { Figure, Growth, Results } from "./results.ts";
import { sum } from "./statistics.ts";

export type Point = { at: number; value: number };

export type Trend = {
  from: Point;
  to: Point;
  /** The last value as a multiple of the first. */
  ratio: number;
  /** The least value, as a multiple of the first. */
  worst: number;
};

export function growthNamed({ growth }: Pick<Results, "growth">, name: Growth["name"]): Growth | undefined {
  return growth.find((one) => one.name === name);
}

/** The points that have the figure, from the least to the most of what grows. */
export function pointsOf(growth: Growth | undefined, figure: Figure): Point[] {
  const points = (growth?.points ?? []).flatMap(({ at, figures }) => {
    const value = figures[figure];
    return value === null ? [] : [{ at, value }];
  });
  return points.toSorted((a, b) => a.at - b.at);
}

/** Null where fewer than two points have the figure. */
export function trendOf(growth: Growth | undefined, figure: Figure): Trend | null {
  const points = pointsOf(growth, figure);
  const [from, to] = [points[0], points.at(-1)];
  if (from === undefined || to === undefined || from === to) return null;
  const worst = Math.min(...points.map(({ value }) => value)) / from.value;
  return { from, to, ratio: to.value / from.value, worst };
}

/** The x with which time grows as events^x: 1 is linear. Least squares over logarithms; null without two points. */
export function exponentOf(growth: Growth | undefined): number | null {
  const points = pointsOf(growth, "eventsPerSecond").map(({ at, value }) => ({
    x: Math.log(at),
    y: Math.log(at / value),
  }));
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const spread = sum(points.map((point) => (point.x - x) ** 2));
  return spread > 0 ? sum(points.map((point) => (point.x - x) * (point.y - y))) / spread : null;
}

function mean(values: number[]): number {
  return sum(values) / values.length;
}
