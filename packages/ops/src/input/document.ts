// One JSON document as it is read, character by character: where it ends, and from where on it can be no JSON.

export type Document = {
  /** The line on which it begins, from 1. */
  line: number;
  /** Text stands before it on its line: it must end there too. */
  isInLine: boolean;
  parts: string[];
  /** Characters in `parts`. */
  length: number;
  depth: number;
  deepest: number;
  inString: boolean;
  isEscaped: boolean;
  /** The first and the last character that is no white space, outside of strings. */
  first: number;
  previous: number;
  /** Whether its list begins with what no list of events does, such as the `[INFO]` of a log line. */
  isTag: boolean;
};

export type Step = "goes on" | "ends" | "breaks";

export const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
export const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
export const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

export function openDocument(line: number, isInLine: boolean): Document {
  return {
    line,
    isInLine,
    parts: [],
    length: 0,
    depth: 0,
    deepest: 0,
    inString: false,
    isEscaped: false,
    first: 0,
    previous: 0,
    isTag: false,
  };
}

/** White space, and what stands between documents: NUL bytes, byte order marks, record separators. */
export function isBlank(code: number): boolean {
  return code <= SPACE || code === 0xfe_ff || code === 0xa0;
}

export function isSeparator(code: number): boolean {
  return code === COMMA || isBlank(code);
}

export function opens(code: number): boolean {
  return code === OPEN_OBJECT || code === OPEN_LIST;
}

/** Takes in one more character. */
export function step(document: Document, code: number): Step {
  if (document.inString) return stepInString(document, code);
  if (code <= SPACE) return code === NEWLINE && document.isInLine ? "breaks" : "goes on";
  if (opens(code)) return open(document, code);
  if (code === CLOSE_OBJECT || code === CLOSE_LIST) document.depth -= 1;
  else if (code === QUOTE) document.inString = true;
  if (document.depth === 1 && document.first === OPEN_LIST && document.previous === OPEN_LIST)
    document.isTag = true;
  document.previous = code;
  return document.depth === 0 ? "ends" : "goes on";
}

/** Most characters stand within strings, where they need no look at what came before. */
export function isInPlainText({ inString, isEscaped }: Document): boolean {
  return inString && !isEscaped;
}

/** Where a string goes on that ends it, escapes or breaks it. */
export function plainTextEnd(chunk: string, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const code = chunk.charCodeAt(at);
    if (code === QUOTE || code === BACKSLASH || code === NEWLINE) return at;
  }
  return chunk.length;
}

/** JSON has no line break within a string. */
function stepInString(document: Document, code: number): Step {
  if (code === NEWLINE) return "breaks";
  if (document.isEscaped) document.isEscaped = false;
  else if (code === BACKSLASH) document.isEscaped = true;
  else if (code === QUOTE) document.inString = false;
  return "goes on";
}

/** A document that was cut off is found out by the next one, which begins where none may. */
function open(document: Document, code: number): Step {
  const { previous } = document;
  if (document.depth === 0) document.first = code;
  else if (previous !== COLON && previous !== COMMA && previous !== OPEN_LIST) return "breaks";
  document.depth += 1;
  document.deepest = Math.max(document.deepest, document.depth);
  document.previous = code;
  return "goes on";
}

/** What was read of it so far. */
export function textOf({ parts }: Document): string {
  return parts.join("");
}
