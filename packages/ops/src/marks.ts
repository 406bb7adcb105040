// The part of a document that a command writes: between two marks, with prose around it that stays.

export type Marks = { begin: string; end: string };

export function marksOf(name: string): Marks {
  return { begin: `<!-- ${name}:begin -->`, end: `<!-- ${name}:end -->` };
}

/** Gives the text with something else between its marks; null where it has none. */
export function betweenMarks(text: string, { begin, end }: Marks): ((between: string) => string) | null {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) return null;
  const [before, after] = [text.slice(0, from + begin.length), text.slice(to)];
  return (between) => `${before}\n${between}\n${after}`;
}
