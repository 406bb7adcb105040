// JSON as people have it: with trailing commas, or with its end cut off.

/** The JSON, with commas before a closing bracket left out; undefined where it is none. */
export function parseLenient(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    const mended = withoutTrailingCommas(text);
    return mended === text ? undefined : parseLenient(mended);
  }
}

/** Strings are taken whole, so that what stands in them is left alone. */
const STRING_OR_COMMA = /"[^"\\]*(?:\\.[^"\\]*)*"|,(?=[\s,]*[\]}])/gs;

function withoutTrailingCommas(text: string): string {
  return text.replace(STRING_OR_COMMA, (found) => (found === "," ? "" : found));
}

/** Whether more text could have made JSON of it. */
export function isCutJson(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const { message } = error as SyntaxError;
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    return message.startsWith("Unexpected end") || Number(position) >= text.length;
  }
}

/** The beginning of a list, or of an object that holds one, up to its last whole entry; undefined where there is none. */
export function wholePart(text: string): unknown {
  const { end, isNested } = lastEntry(text);
  return end === 0 ? undefined : parseLenient(`${text.slice(0, end)}${isNested ? "]}" : "]"}`)?.json;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/gs;

function lastEntry(text: string): { end: number; isNested: boolean } {
  const open: string[] = [];
  let last = { end: 0, isNested: false };
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === "[" || token === "{") open.push(token);
    if (token !== "]" && token !== "}") continue;
    open.pop();
    const around = open.join("");
    if (around === "[" || around === "{[") last = { end: index + 1, isNested: around === "{[" };
  }
  return last;
}
