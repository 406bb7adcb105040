// Text for a terminal. A parked message may hold anything, and no control character of it gets through.

/** Columns, each as wide as its widest cell. */
export function aligned(rows: string[][]): string {
  const cells = rows.map((row) => row.map((cell) => printable(cell).replaceAll(/[\n\t]+/g, " ")));
  const widths = cells.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Keeps line ends and tabs. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]+/gu, " ");
}
