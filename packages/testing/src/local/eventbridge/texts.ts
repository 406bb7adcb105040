// Tests on text that several operators share. A list costs one set look-up for each length in it.
import type { Scalar } from "./flat.ts";

export type Test = (value: Scalar) => boolean;
export type TextTest = (text: string) => boolean;

/** A test that is case-sensitive; an empty prefix accepts every text. */
export function startsWithAny(prefixes: readonly string[]): TextTest {
  const sets = byLength(prefixes);
  return (text) => sets.some(([length, set]) => set.has(text.slice(0, length)));
}

/** A test that is case-sensitive; an empty suffix accepts every text. */
export function endsWithAny(suffixes: readonly string[]): TextTest {
  const sets = byLength(suffixes);
  return (text) => sets.some(([length, set]) => set.has(text.slice(text.length - length)));
}

/** Compares the lower-case forms, whatever the language. */
export function equalsIgnoreCase(expected: string): TextTest {
  const lower = expected.toLowerCase();
  return (text) => text.toLowerCase() === lower;
}

/** A test of values that holds for no value but text. */
export function whenText(accepts: TextTest): Test {
  return (value) => typeof value === "string" && accepts(value);
}

function byLength(texts: readonly string[]): [number, Set<string>][] {
  const sets = new Map<number, Set<string>>();
  for (const text of texts) {
    const set = sets.get(text.length) ?? new Set();
    sets.set(text.length, set.add(text));
  }
  return [...sets];
}
