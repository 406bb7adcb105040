// The x axis that the lines of a panel share: logarithmic where the values span more than two decades, else from zero.
import { told } from "../shown.ts";
import { fitting } from "./label.ts";
import { isWide, linear, logarithmic } from "./scale.ts";
import { SIZE, within } from "./sheet.ts";
import { straight, words } from "./svg.ts";

export type Axis = {
  /** Pixels from the axis's begin. */
  to(value: number): number;
  length: number;
  /** What its numbers stand at: powers of ten, or the values themselves. */
  ticks: number[];
  isLogarithmic: boolean;
};

const LINE = 14;

/** @param inset pixels that stay free at both ends, where words are centred on the first and the last value */
export function axisOf(values: number[], length: number, inset: number): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLogarithmic = isWide(values);
  const room = length - inset * 2;
  const scale = isLogarithmic ? logarithmic(least, most, room) : linear(most, room);
  const ticks = isLogarithmic ? scale.ticks : values;
  return { to: (value) => inset + scale.to(value), length, ticks, isLogarithmic };
}

/** The axis's numbers, as many as fit, with the last of them for certain; and what they count. */
export function axisParts(axis: Axis, counts: string): string[] {
  const labels = axis.ticks.map((tick) => ({ x: axis.to(tick), text: told(tick) }));
  const shown = fitting([...labels.slice(-1), ...labels.slice(0, -1)], SIZE.note);
  const said = axis.isLogarithmic ? `${counts}, logarithmic` : counts;
  return [
    ...shown.map(({ x, text }) => words(text, x, LINE, CENTRED)),
    words(within(said, SIZE.note), axis.length / 2, LINE * 2.3, CENTRED),
  ];
}

/** A faint line for each tick, so that the eye sees where a value stands. */
export function tickLines(axis: Axis, top: number, bottom: number): string[] {
  return axis.ticks.map((tick) => straight(axis.to(tick), top, axis.to(tick), bottom, "grid"));
}

const CENTRED = { class: "note", "text-anchor": "middle" };
