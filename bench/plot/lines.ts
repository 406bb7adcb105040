// One figure as it grows: a line from point to point over a y axis that begins at zero.
import { told } from "../shown.ts";
import type { Point } from "../trend.ts";
import { type Axis, tickLines } from "./axis.ts";
import { fitting, widest } from "./label.ts";
import { roundedUp, type Scale } from "./scale.ts";
import { SIZE } from "./sheet.ts";
import { element, group, path, straight, words } from "./svg.ts";

export type Line = { caption: string; points: Point[] };

const CAPTION = 30;
const TICK = 6;
const LIFT = 9;

/** Pixels that the y axis's numbers need. */
export function roomForTicks({ points }: Line): number {
  return widest(scaleOf(points, 1).ticks.map(told), SIZE.note) + TICK;
}

/** @param height pixels of its y axis */
export function linePart({ caption, points }: Line, x: Axis, height: number): string[] {
  const y = scaleOf(points, height);
  const on = ({ at, value }: Point): [number, number] => [x.to(at), CAPTION + height - y.to(value)];
  return [
    words(caption, 0, 8, { class: "note" }),
    ...tickLines(x, CAPTION, CAPTION + height),
    ...y.ticks.flatMap((tick) => gridLine(CAPTION + height - y.to(tick), tick, x.length)),
    path(points.map(on), "line"),
    ...points.map((point) => dot(on(point), point)),
    ...valueLabels(points.map((point) => [point, on(point)])),
  ];
}

/** Pixels of a line's part whose y axis is so tall. */
export function heightOfLine(height: number): number {
  return CAPTION + height;
}

function scaleOf(points: Point[], height: number): Scale {
  return roundedUp(Math.max(0, ...points.map(({ value }) => value)) || 1, height);
}

function gridLine(y: number, tick: number, length: number): string[] {
  return [
    straight(0, y, length, y, "grid"),
    words(told(tick), -TICK, y + 4, { class: "note", "text-anchor": "end" }),
  ];
}

function dot([x, y]: [number, number], { at, value }: Point): string {
  return group(
    x,
    y,
    [element("circle", { cx: 0, cy: 0, r: 3, class: "ours" })],
    `${told(value)} at ${told(at)}`,
  );
}

/** The last and the first value are what a reader compares; the others where there is room. */
function valueLabels(placed: [Point, [number, number]][]): string[] {
  const labels = placed.map(([{ value }, [x, y]]) => ({ x, y, text: told(value) }));
  const byImportance = [...labels.slice(-1), ...labels.slice(0, -1)];
  return fitting(byImportance, SIZE.note).map(({ x, y, text }) =>
    words(text, x, y - LIFT, { class: "note value", "text-anchor": "middle" }),
  );
}
