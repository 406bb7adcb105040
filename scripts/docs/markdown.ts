// Markdown as the generated documents use it.

/** Every generated document begins with this. */
export const GENERATED = "<!-- Written by `npm run docs` out of the source: change that, not this. -->";

export function code(text: string): string {
  return `\`${text}\``;
}

/** A table; a column that is empty in every row is left out. */
export function table(head: string[], rows: string[][]): string {
  const kept = head.flatMap((_, column) => (rows.some((row) => row[column] !== "") ? [column] : []));
  const line = (cells: string[]) => `| ${kept.map((column) => cell(cells[column] ?? "")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A bar would end the cell, also within code. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

export function sections(...texts: string[]): string {
  return `${texts.filter((text) => text !== "").join("\n\n")}\n`;
}

export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}
