// Reads tables of pattern vectors: one row for a rule, its columns apart by bars.

export type Vector = {
  readonly says: string;
  readonly pattern: object;
  readonly event: object;
  readonly matches: boolean;
};
type Shape = (column: unknown) => object;

/** Rows of `what it says | pattern | [what matches] | [what does not]`; `shape` puts a column where it belongs. */
export function vectors(table: string, shape: Shape = (column) => column as object): Vector[] {
  return rows(table).flatMap(([says = "", pattern = "", accepted = "", refused = ""]) => [
    ...vectorsOf(says, shape(JSON.parse(pattern)), JSON.parse(accepted).map(shape), true),
    ...vectorsOf(says, shape(JSON.parse(pattern)), JSON.parse(refused).map(shape), false),
  ]);
}

/** The columns of each row of a table. */
export function rows(table: string): string[][] {
  const lines = table.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => line.split(" | ").map((column) => column.trim()));
}

function vectorsOf(says: string, pattern: object, events: readonly object[], matches: boolean): Vector[] {
  return events.map((event) => ({ says, pattern, event, matches }));
}
