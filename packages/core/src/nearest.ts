// The known name that somebody may have meant.

/** Of the names, the first of those that take the fewest edits. @throws RangeError where there is no name. */
export function nearest(word: string, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) throw new RangeError("There is no name to be near to.");
  return others.reduce((best, name) => (edits(word, name) < edits(word, best) ? name : best), first);
}

/** The nearest of the names where at most half of its characters differ, and else none. */
export function near(word: string, names: readonly string[]): string | undefined {
  const name = names.length === 0 ? undefined : nearest(word, names);
  return name !== undefined && edits(word, name) <= name.length / 2 ? name : undefined;
}

/** Characters to insert, remove or replace, by Levenshtein's table, one row at a time. */
export function edits(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, index) => index);
  const last = [...from].reduce((above, letter) => rowBelow(above, letter, to), first);
  return last.at(-1) ?? 0;
}

function rowBelow(above: number[], letter: string, to: string): number[] {
  const row = [at(above, 0) + 1];
  for (let place = 1; place <= to.length; place++) {
    const replaced = at(above, place - 1) + (to[place - 1] === letter ? 0 : 1);
    row.push(Math.min(at(above, place) + 1, at(row, place - 1) + 1, replaced));
  }
  return row;
}

function at(row: number[], place: number): number {
  return row[place] ?? Number.POSITIVE_INFINITY;
}
