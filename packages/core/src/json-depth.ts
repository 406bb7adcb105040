// How deep a JSON text is nested, read without a stack: a walk through what is parsed can overflow one.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether arrays and objects stand in each other more than so many levels deep. Quick for a short text. */
export function isDeeperThan(json: string, levels: number): boolean {
  if (json.length <= levels) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at);
    else if (CLOSING.has(code)) depth -= 1;
    else if (OPENING.has(code) && ++depth > levels) return true;
  }
  return false;
}

/** Where the text that starts at a quote ends; the end of all where it does not. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return json.length;
}
