// The comparison as a table, for a terminal and for a document: a row for each contender and setting.
import { type Compared, FIGURES } from "./results.ts";
import { inOrder, NONE, SHOWN, spreadText, told } from "./shown.ts";

const ABOUT = ["contender", "lanes", "answers", "latency"];
const WORDS = ABOUT.length;

export const LEGEND = `Medians of the rounds; ± is how far the farthest round lies from the median; ${NONE} is what there is none of.`;

/** Aligned columns, medians with their spread, and what they are of. */
export function tableText(compared: Compared[]): string {
  const lines = [HEAD, ...rowsOf(compared)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const aligned = lines.map((line) =>
    line.map((cell, column) => padded(cell, widths[column] ?? 0, column)).join("  "),
  );
  return [...aligned, "", LEGEND].map((line) => `  ${line}`.trimEnd()).join("\n");
}

export function tableMarkdown(compared: Compared[]): string {
  return markdownTable(HEAD, rowsOf(compared), WORDS);
}

/** A Markdown table whose columns after the first few are numbers, and so stand to the right. */
export function markdownTable(head: string[], rows: string[][], words: number): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = head.map((_, column) => (column < words ? "---" : "---:"));
  return [line(head), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}

const HEAD = [...ABOUT, ...FIGURES.map((figure) => SHOWN[figure].column)];

function rowsOf(compared: Compared[]): string[][] {
  return inOrder(compared).map((one) => [
    one.contender,
    told(one.lanes),
    answersOf(one),
    `${told(one.latency)} ms`,
    ...FIGURES.map((figure) => spreadText(one.figures[figure])),
  ]);
}

function answersOf({ answering, contender }: Compared): string {
  if (answering === "canned") return "recorded";
  return contender === "sync-engine" ? "PostgreSQL" : "DynamoDB";
}

function padded(cell: string, width: number, column: number): string {
  return column < WORDS ? cell.padEnd(width) : cell.padStart(width);
}
