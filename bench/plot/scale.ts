// From values to pixels, and the round numbers that an axis shows.

export type Scale = {
  /** Pixels from the axis's begin. */
  to(value: number): number;
  ticks: number[];
};

/** From zero, so that a length is a value. */
export function linear(most: number, length: number): Scale {
  const step = roundStep(most);
  return { to: (value) => (value / most) * length, ticks: multiples(step, Math.floor(tidy(most / step))) };
}

/** From zero to the first round number that nothing exceeds. */
export function roundedUp(most: number, length: number): Scale {
  const step = roundStep(most);
  const ticks = multiples(step, Math.ceil(tidy(most / step)));
  const top = ticks.at(-1) ?? most;
  return { to: (value) => (value / top) * length, ticks };
}

/** From the least to the most, a tick at each power of ten. */
export function logarithmic(least: number, most: number, length: number): Scale {
  const [from, to] = [Math.log10(least), Math.log10(most)];
  const first = Math.ceil(tidy(from));
  const ticks = Array.from({ length: Math.floor(tidy(to)) - first + 1 }, (_, index) => 10 ** (first + index));
  return { to: (value) => ((Math.log10(value) - from) / (to - from)) * length, ticks };
}

const DECADES = 2;

/** Whether values span more than two decades, so that only powers of ten can tell them apart. */
export function isWide(values: number[]): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least > 0 && most / least > 10 ** DECADES;
}

/** The steps into which an axis is cut, so that it has about three. */
const STEPS = [1, 2, 5, 10];
const CUTS = 3;

function roundStep(most: number): number {
  if (!(most > 0)) return 1;
  const decade = 10 ** Math.floor(Math.log10(most / CUTS));
  const step = STEPS.find((one) => one * decade >= tidy(most / CUTS)) ?? 10;
  return tidy(step * decade);
}

function multiples(step: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) => tidy(index * step));
}

/** Without what floating point leaves over. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
