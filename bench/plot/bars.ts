// A panel of horizontal bars from zero: the median written at its end, a whisker from the least to the most.
import type { ContenderName } from "../contender.ts";
import type { Spread } from "../results.ts";
import { NONE, told } from "../shown.ts";
import { widest } from "./label.ts";
import { PANEL, type Panel, SIZE, within } from "./sheet.ts";
import { group, rectangle, straight, words } from "./svg.ts";

export type Bar = { name: string; contender: ContenderName; spread: Spread | null };

export type Bars = { title: string; note: string; bars: Bar[] };

const HEAD = 42;
const PITCH = 22;
const THICK = 14;
const GAP = 8;
const CAP = 3;

/** @param names pixels for the names, the same in all panels so that their bars begin in line */
export function barPanel({ title, note, bars }: Bars, names: number): Panel {
  const values = widest(bars.map(valueText), SIZE.words);
  const room = PANEL - names - values - GAP * 2;
  const most = Math.max(0, ...bars.map(({ spread }) => spread?.most ?? 0));
  const length = (value: number) => (most === 0 ? 0 : (value / most) * room);
  const parts = [
    words(within(title, SIZE.title), 0, 12, { class: "title" }),
    words(within(note, SIZE.note), 0, 29, { class: "note" }),
    ...bars.map((bar, index) =>
      group(0, HEAD + index * PITCH, barParts(bar, names + GAP, length), saidOf(bar)),
    ),
  ];
  return { height: HEAD + bars.length * PITCH, drawn: parts.join("\n") };
}

/** Pixels that the longest of the names needs. */
export function roomForNames(panels: Bars[]): number {
  return widest(
    panels.flatMap(({ bars }) => bars.map(({ name }) => name)),
    SIZE.words,
  );
}

/** In words: its name, its median and how far its rounds lie apart. */
export function saidOf({ name, spread }: Bar): string {
  if (spread === null) return `${name} has none`;
  const { median, least, most } = spread;
  return least === most
    ? `${name} ${told(median)}`
    : `${name} ${told(median)} (${told(least)} to ${told(most)})`;
}

function barParts(bar: Bar, from: number, length: (value: number) => number): string[] {
  const { name, contender, spread } = bar;
  const emphasis = contender === "ours" ? { class: "strong" } : {};
  const label = words(name, from - GAP, THICK - 2, { ...emphasis, "text-anchor": "end" });
  if (spread === null) return [label, words(NONE, from, THICK - 2, { class: "note" })];
  const end = from + length(spread.most) + GAP;
  return [
    label,
    rectangle(from, 0, length(spread.median), THICK, kindOf(contender)),
    ...whisker(from + length(spread.least), from + length(spread.most)),
    words(valueText(bar), end, THICK - 2, emphasis),
  ];
}

/** Shorter than a pixel it would only be a blot. */
function whisker(least: number, most: number): string[] {
  if (most - least < 1) return [];
  const cap = (x: number) => straight(x, THICK / 2 - CAP, x, THICK / 2 + CAP, "whisker");
  return [straight(least, THICK / 2, most, THICK / 2, "whisker"), cap(least), cap(most)];
}

function valueText({ spread }: Bar): string {
  return spread === null ? NONE : told(spread.median);
}

function kindOf(contender: ContenderName): string {
  return contender === "ours" || contender === "floor" ? contender : "other";
}
