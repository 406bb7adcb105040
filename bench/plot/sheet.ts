// The sheet that a plot is drawn on: its heading, its two sets of colours, and its panels in two columns.
import { widthOf, wrapped } from "./label.ts";
import { element, escaped, group, words } from "./svg.ts";

export const PANEL = 400;

const MARGIN = 24;
const GUTTER = 36;
const WIDTH = PANEL * 2 + GUTTER + MARGIN * 2;
const LINE = 17;

export const SIZE = { heading: 18, title: 13, words: 12, note: 11 };

/** The sheet has a ground of its own: GitHub's theme may be dark where the reader's system is light. */
const STYLE = `
text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; font-size: ${SIZE.words}px; fill: #1f2328; font-variant-numeric: tabular-nums; }
.heading { font-size: ${SIZE.heading}px; font-weight: 600; }
.title { font-size: ${SIZE.title}px; font-weight: 600; }
.note { font-size: ${SIZE.note}px; fill: #59636e; }
.strong { font-weight: 600; }
.value { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
.ground { fill: #ffffff; stroke: #d1d9e0; }
.ours { fill: #0969da; }
.floor { fill: #dbe1e7; stroke: #818b98; stroke-dasharray: 3 2; }
.other { fill: #a3adb8; }
.whisker { fill: none; stroke: #1f2328; stroke-width: 1; }
.grid { fill: none; stroke: #d1d9e0; stroke-width: 1; }
.line { fill: none; stroke: #0969da; stroke-width: 2; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc; }
.note { fill: #9198a1; }
.value { stroke: #0d1117; }
.ground { fill: #0d1117; stroke: #3d444d; }
.ours { fill: #4493f8; }
.floor { fill: #21262d; stroke: #9198a1; }
.other { fill: #6e7681; }
.whisker { stroke: #f0f6fc; }
.grid { stroke: #2a3038; }
.line { stroke: #4493f8; }
}
`;

/** A panel, drawn from its upper left corner, `PANEL` pixels wide. */
export type Panel = { height: number; drawn: string };

export type Sheet = {
  heading: string;
  notes: string[];
  /** All that the plot shows, in words. */
  description: string;
  panels: Panel[];
};

/** A whole SVG file. */
export function sheet({ heading, notes, description, panels }: Sheet): string {
  const lines = notes.flatMap((note) => wrapped(note, SIZE.note, WIDTH - MARGIN * 2));
  const head = MARGIN + LINE * (lines.length + 1);
  const { drawn, height } = inColumns(panels, head + 22);
  const parts = [
    element("title", { id: "title" }, escaped(heading)),
    element("desc", { id: "desc" }, escaped(description)),
    element("style", {}, STYLE),
    element("rect", { x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1, rx: 8, class: "ground" }),
    words(heading, MARGIN, MARGIN + 14, { class: "heading" }),
    ...lines.map((line, index) => words(line, MARGIN, MARGIN + 14 + LINE * (index + 1.2), { class: "note" })),
    ...drawn,
  ];
  return `${element("svg", { ...FRAME, viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height }, `\n${parts.join("\n")}\n`)}\n`;
}

const FRAME = { xmlns: "http://www.w3.org/2000/svg", role: "img", "aria-labelledby": "title desc" };

/** Two beside each other, as tall as the taller one. */
function inColumns(panels: Panel[], top: number): { drawn: string[]; height: number } {
  const rows = Array.from({ length: Math.ceil(panels.length / 2) }, (_, row) =>
    panels.slice(row * 2, row * 2 + 2),
  );
  let y = top;
  const drawn = rows.flatMap((row) => {
    const at = y;
    y += Math.max(...row.map(({ height }) => height)) + GUTTER * 0.75;
    return row.map((panel, column) => group(MARGIN + column * (PANEL + GUTTER), at, [panel.drawn]));
  });
  return { drawn, height: Math.round(y) };
}

/** Cut where it would reach over the panel's edge. */
export function within(text: string, size: number): string {
  const letters = Math.floor(PANEL / widthOf("x", size));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
