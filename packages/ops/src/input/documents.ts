// Splits text into JSON documents, however they follow one another and whatever text stands between them.
import {
  type Document,
  isBlank,
  isInPlainText,
  isSeparator,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  openDocument,
  opens,
  plainTextEnd,
  step,
  textOf,
} from "./document.ts";
import { isCutJson, parseLenient } from "./json.ts";
import type { Piece } from "./piece.ts";

export type Scanner = { push(chunk: string): Piece[]; end(): Piece[] };

type Place = "between" | "document" | "text" | "after tag" | "after break" | "rest" | "over";

type Scan = {
  place: Place;
  line: number;
  /** Nothing stood on this line so far. */
  isLineBlank: boolean;
  /** A document stood on this line of text. */
  isLineUsed: boolean;
  document: Document;
  /** What is said once it is seen what follows. */
  held: Piece[];
  pieces: Piece[];
  longest: number;
};

/** @param longest characters that one document may have */
export function documentScanner(longest: number): Scanner {
  const document = openDocument(1, false);
  const start = { place: "between", line: 1, isLineBlank: true, isLineUsed: false } as const;
  const scan: Scan = { ...start, document, held: [], pieces: [], longest };
  const taken = () => scan.pieces.splice(0);
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; ) at = STEPS[scan.place](scan, chunk, at);
      return taken();
    },
    end() {
      ENDS[scan.place]?.(scan);
      return taken();
    },
  };
}

/** Each takes in the chunk from `at` on and gives where it stopped. */
const STEPS: Record<Place, (scan: Scan, chunk: string, at: number) => number> = {
  between(scan, chunk, at) {
    const code = chunk.charCodeAt(at);
    if (!opens(code) && !isSeparator(code)) scan.place = "text";
    else if (opens(code)) begin(scan, false);
    else return passed(scan, code, at);
    return at;
  },
  text(scan, chunk, at) {
    let end = at;
    while (end < chunk.length && !isStop(chunk.charCodeAt(end))) end += 1;
    if (end === chunk.length) return end;
    if (chunk.charCodeAt(end) === OPEN_OBJECT) begin(scan, true);
    else endText(scan);
    return end;
  },
  document: readDocument,
  "after tag"(scan, chunk, at) {
    const code = chunk.charCodeAt(at);
    if (code !== NEWLINE && isBlank(code)) return at + 1;
    if (code === NEWLINE || opens(code) || isSeparator(code)) release(scan);
    else scan.place = "text";
    scan.held = [];
    return at;
  },
  "after break"(scan, chunk, at) {
    const code = chunk.charCodeAt(at);
    if (isBlank(code)) return passed(scan, code, at);
    scan.pieces.push({ kind: "broken", line: scan.document.line });
    scan.place = "between";
    return at;
  },
  rest(scan, chunk, at) {
    const end = chunk.indexOf("\n", at);
    if (end !== -1) scan.place = "between";
    return end === -1 ? chunk.length : end;
  },
  over: (_scan, chunk) => chunk.length,
};

const ENDS: Partial<Record<Place, (scan: Scan) => void>> = {
  text: endText,
  document(scan) {
    if (scan.document.isInLine) endText(scan);
    else endWithin(scan);
  },
  "after tag": release,
  "after break": endWithin,
};

function endWithin({ document, pieces }: Scan): void {
  const { line } = document;
  const text = textOf(document).trimEnd();
  pieces.push(isCutJson(text) ? { kind: "cut", text, line } : { kind: "broken", line });
}

function isStop(code: number): boolean {
  return code === NEWLINE || code === OPEN_OBJECT;
}

function passed(scan: Scan, code: number, at: number): number {
  if (code === NEWLINE) newLine(scan);
  return at + 1;
}

function newLine(scan: Scan): void {
  scan.line += 1;
  scan.isLineBlank = true;
  scan.isLineUsed = false;
}

function begin(scan: Scan, isInLine: boolean): void {
  scan.document = openDocument(scan.line, isInLine);
  scan.place = "document";
}

function endText(scan: Scan): void {
  if (!scan.isLineUsed) scan.pieces.push({ kind: "text", line: scan.line });
  scan.place = "between";
}

function release(scan: Scan): void {
  scan.pieces.push(...scan.held);
  scan.place = "between";
}

function readDocument(scan: Scan, chunk: string, from: number): number {
  const { document } = scan;
  for (let at = from; at < chunk.length; at++) {
    if (isInPlainText(document)) at = plainTextEnd(chunk, at);
    if (at === chunk.length) break;
    const code = chunk.charCodeAt(at);
    const next = step(document, code);
    if (next === "breaks") return broke(scan, chunk.slice(from, at), code, at);
    if (next === "ends") return ended(scan, chunk.slice(from, at + 1), at + 1);
    if (code === NEWLINE) newLine(scan);
    else if (!isBlank(code)) scan.isLineBlank = false;
  }
  keep(scan, chunk.slice(from));
  return chunk.length;
}

function keep(scan: Scan, part: string): void {
  const { document } = scan;
  document.parts.push(part);
  document.length += part.length;
  if (document.length <= scan.longest) return;
  scan.pieces.push({ kind: "long", line: document.line });
  document.parts = [];
  scan.place = "over";
}

function ended(scan: Scan, part: string, at: number): number {
  keep(scan, part);
  if (scan.place === "over") return at;
  const { line, isInLine, deepest: depth, isTag } = scan.document;
  const parsed = parseLenient(textOf(scan.document));
  if (parsed === undefined) return failed(scan, at);
  const piece: Piece = { kind: "document", line, isInLine, depth, json: parsed.json };
  scan.place = isInLine ? "text" : isTag ? "after tag" : "between";
  if (isTag) scan.held = [piece];
  else scan.pieces.push(piece);
  scan.isLineUsed ||= isInLine;
  return at;
}

/** A line break in a string may be where the input was cut off: what follows tells. */
function broke(scan: Scan, part: string, code: number, at: number): number {
  const { document } = scan;
  const isInString = code === NEWLINE && !document.isInLine;
  if (!isInString) return failed(scan, at);
  keep(scan, part);
  if (scan.place !== "over") scan.place = "after break";
  return at;
}

/** What only looked like JSON is text; else the next line, or the document that begins this one, is read anew. */
function failed(scan: Scan, at: number): number {
  const { isInLine, isTag, first, line } = scan.document;
  const isText = isInLine || (first === OPEN_LIST && isTag && line === scan.line);
  if (!isText) scan.pieces.push({ kind: "broken", line });
  scan.place = isText ? "text" : scan.isLineBlank ? "between" : "rest";
  return at;
}
