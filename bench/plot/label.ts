// How much room words take, and which of them fit beside each other.

/** Widths of letters as a share of the font's size: the widest that a system font has on average. */
const LETTER = 0.62;

/** Pixels, estimated on the safe side: whoever looks has fonts of their own. */
export function widthOf(text: string, size: number): number {
  return text.length * size * LETTER;
}

export function widest(texts: string[], size: number): number {
  return Math.max(0, ...texts.map((text) => widthOf(text, size)));
}

/** Words centred on x. */
export type Label = { x: number; text: string };

const GAP = 6;

/** The labels that fit on one line without touching; those that come first have their place first. */
export function fitting<One extends Label>(labels: One[], size: number): One[] {
  const kept: One[] = [];
  for (const label of labels) {
    if (!kept.some((other) => areTouching(label, other, size))) kept.push(label);
  }
  return kept;
}

function areTouching(one: Label, other: Label, size: number): boolean {
  const apart = (widthOf(one.text, size) + widthOf(other.text, size)) / 2 + GAP;
  return Math.abs(one.x - other.x) < apart;
}

/** Lines no wider than the pixels, broken between words. */
export function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = [...lines.slice(-1), word].join(" ");
    const fits = lines.length > 0 && widthOf(longer, size) <= width;
    lines.splice(fits ? -1 : lines.length, 1, fits ? longer : word);
  }
  return lines;
}
