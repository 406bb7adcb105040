// From bytes to events: decoded, split into documents and unwrapped, as they come.
import { constants } from "node:buffer";
import { isObject, type JsonObject } from "@stripe-lanes/core/json";
import { Mistake } from "../mistake.ts";
import { textOf } from "./decode.ts";
import { documentScanner } from "./documents.ts";
import { wholePart } from "./json.ts";
import type { Piece } from "./piece.ts";
import { countObject, type EventJson, type Tally } from "./tally.ts";
import { isEvent, unwrapped } from "./unwrap.ts";

export type Source = {
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** How it is called in a sentence. */
  name: string;
  tally: Tally;
  /** Told of what is no JSON, or no object. */
  onBroken(mistake: Mistake): void;
  /** Told that the end is missing; what was whole is used. */
  onCut(sentence: string): void;
  /** Characters that one document may have; what a string can hold by default. */
  longest?: number;
};

/** Wrappers in wrappers that are opened. */
const MOST_WRAPPERS = 8;

/** Deeper levels are left out. It is more than the worker takes, which parks such an event (core's json.ts). */
const DEEPEST = 128;

/** The events as they come, several at a time. @throws Mistake where the rest cannot be read either */
export async function* eventsIn(source: Source): AsyncGenerator<EventJson[]> {
  const scanner = documentScanner(source.longest ?? constants.MAX_STRING_LENGTH);
  const onCut = () => source.onCut(`${source.name} is cut off: the packed file has no end.`);
  for await (const text of textOf(source.bytes, source.name, { onCut })) {
    source.tally.characters += text.length;
    const events = scanner.push(text).flatMap((piece) => eventsOf(source, piece));
    if (events.length > 0) yield events;
  }
  const last = scanner.end().flatMap((piece) => eventsOf(source, piece));
  if (last.length > 0) yield last;
}

function eventsOf(source: Source, piece: Piece): EventJson[] {
  const { name, tally, onBroken } = source;
  const at = `${name}, line ${piece.line}`;
  if (piece.kind === "document") return eventsInDocument(source, piece);
  if (piece.kind === "text") tally.textLines += 1;
  if (piece.kind === "broken") onBroken(new Mistake(`${at} is not JSON.`));
  if (piece.kind === "long") throw new Mistake(longText(at, source.longest));
  return piece.kind === "cut" ? eventsOfCut(source, piece) : [];
}

function longText(at: string, longest = constants.MAX_STRING_LENGTH): string {
  const most = `${Math.round(longest / 1024 / 1024)} MB`;
  return `${at}: one JSON document of more than ${most} cannot be read; write its events one a line.`;
}

/** Of a list that is cut off, the whole entries are used. */
function eventsOfCut(source: Source, { text, line }: Piece & { kind: "cut" }): EventJson[] {
  const part = wholePart(text);
  const events = unwrapped(part) ? objectsIn(source, part, `${source.name}, line ${line}`) : [];
  const used = events.length > 0 ? "its whole entries are used" : "it is left out";
  source.onCut(`${source.name} is cut off in the document that begins on line ${line}: ${used}.`);
  return events;
}

type Found = Piece & { kind: "document" };

function eventsInDocument(source: Source, { json, depth, line, isInLine }: Found): EventJson[] {
  const where = line === 1 ? source.name : `${source.name}, line ${line}`;
  const sendable = depth > DEEPEST ? shallow(json, DEEPEST) : json;
  if (!isInLine || holdsEvent(sendable)) return objectsIn(source, sendable, where);
  source.tally.textLines += 1;
  return [];
}

/** Any object is taken: what is no event is parked by the worker, and the report says so. */
function objectsIn(source: Source, json: unknown, where: string, wrappers = 0): JsonObject[] {
  const wrapped = wrappers < MOST_WRAPPERS ? unwrapped(json) : undefined;
  if (wrapped === undefined) return objectOf(source, json, where);
  const { entries, texts, isPage } = wrapped;
  if (isPage) source.tally.pages += 1;
  const inner = entries.flatMap((entry, index) =>
    objectsIn(source, entry, `${where}, entry ${index + 1}`, wrappers + 1),
  );
  return [...inner, ...texts.flatMap((text) => objectsInText(source, text, where, wrappers + 1))];
}

function objectOf({ tally, onBroken }: Source, json: unknown, where: string): JsonObject[] {
  if (!isObject(json)) {
    onBroken(new Mistake(`${where} is not a JSON object.`));
    return [];
  }
  countObject(tally, json);
  return [json];
}

/** The body of a message or the text of a log line. */
function objectsInText(source: Source, text: string, where: string, wrappers: number): JsonObject[] {
  return documentsIn(text).flatMap((piece) => {
    if (piece.kind === "document" && (!piece.isInLine || holdsEvent(piece.json))) {
      const json = piece.depth > DEEPEST ? shallow(piece.json, DEEPEST) : piece.json;
      return objectsIn(source, json, where, wrappers);
    }
    source.tally.textLines += 1;
    return [];
  });
}

function documentsIn(text: string): Piece[] {
  const scanner = documentScanner(constants.MAX_STRING_LENGTH);
  return [...scanner.push(text), ...scanner.end()];
}

function holdsEvent(json: unknown, wrappers = 0): boolean {
  const wrapped = wrappers < MOST_WRAPPERS ? unwrapped(json) : undefined;
  if (wrapped === undefined) return isObject(json) && isEvent(json);
  const { entries, texts } = wrapped;
  const inTexts = () =>
    texts
      .flatMap(documentsIn)
      .some((piece) => piece.kind === "document" && holdsEvent(piece.json, wrappers + 1));
  return entries.some((entry) => holdsEvent(entry, wrappers + 1)) || inTexts();
}

function shallow(json: unknown, levels: number): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (levels === 0) return null;
  if (Array.isArray(json)) return json.map((entry) => shallow(entry, levels - 1));
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, shallow(value, levels - 1)]));
}
