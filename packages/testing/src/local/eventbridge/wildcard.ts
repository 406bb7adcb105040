// The wildcard operator: `*` stands for any characters, `\*` and `\\` for themselves.
import { invalidPattern } from "./errors.ts";

// AWS computes a complexity from repetitions after a wildcard. It does not publish the limit: this
// count refuses the example AWS gives as too complex and accepts its advice on how to simplify it.
const MAX_WILDCARDS = 5;

/**
 * A test of the whole text. Throws InvalidEventPatternException for `**`, another escape, or more than five
 * wildcards.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const [first = "", ...others] = literalParts(pattern);
  if (others.length > MAX_WILDCARDS) throw tooComplex();
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    return inOrder(others, text.slice(first.length, end));
  };
}

/** Whether the text holds all parts, one after the other. The earliest place for each is always good enough. */
function inOrder(parts: readonly string[], text: string): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

function literalParts(pattern: string): string[] {
  const parts = [""];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "*") {
      if (pattern[at + 1] === "*") throw invalidPattern(`Consecutive wildcard characters at pos ${at + 1}`);
      parts.push("");
      continue;
    }
    const literal = character === "\\" ? escaped(pattern, ++at) : character;
    parts.push(`${parts.pop()}${literal}`);
  }
  return parts;
}

function escaped(pattern: string, at: number): string {
  const character = pattern[at];
  if (character === "*" || character === "\\") return character;
  throw invalidPattern(`Invalid escape character at pos ${at}`);
}

function tooComplex() {
  return invalidPattern(
    "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
  );
}
