// What a JSON text from outside may become inside: plain data without traps.
import { Malformed } from "./errors.ts";

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

const DEEPEST = 100;
const NEAREST_TO_ZERO = 1e-130;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Parses a text that nobody vouches for. A member `__proto__` that holds an object is dropped, since whoever assigns it
 * would set a prototype; one that holds a text, as a metadata key may, is data like any other.
 * @throws Malformed when it is not JSON, is nested deeper than 100 levels, or holds an integer that a
 * double cannot (past 2^53) or a number that DynamoDB cannot: money must not be rounded in silence.
 */
export function parseJson(text: string): Json {
  return inspected(parse(text));
}

/** The same for what somebody else parsed, in place: a number that was rounded is beyond what is exact. */
export function inspected(value: Json): Json {
  inspect(value, 0);
  return value;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The parser's own message quotes the text, which no log may hold (D19).
    throw new Malformed("not-json", "The body is not JSON.");
  }
}

function inspect(value: Json, depth: number): void {
  if (typeof value === "number") checkNumber(value);
  if (typeof value !== "object" || value === null) return;
  if (depth === DEEPEST)
    throw new Malformed("not-an-event", `The body is nested deeper than ${DEEPEST} levels.`);
  if (Array.isArray(value)) for (const element of value) inspect(element, depth + 1);
  else inspectMembers(value, depth + 1);
}

function inspectMembers(object: JsonObject, depth: number): void {
  for (const name of Object.keys(object)) {
    const value = object[name] as Json;
    if (name === "__proto__" && typeof value === "object" && value !== null)
      Reflect.deleteProperty(object, name);
    else inspect(value, depth);
  }
}

function checkNumber(value: number): void {
  if (Number.isInteger(value) ? Number.isSafeInteger(value) : isKept(value)) return;
  throw new Malformed(
    "unsafe-number",
    "The body holds a number that would be rounded, or that no table holds.",
  );
}

/** What JSON calls a number may be too large for any, or nearer to zero than DynamoDB goes. */
function isKept(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) >= NEAREST_TO_ZERO;
}

/** The same text for the same data, whatever the order its keys were written in. */
export function canonical(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  let members = "";
  for (const key of Object.keys(value).sort()) {
    members += `${members && ","}${JSON.stringify(key)}:${canonical(value[key] as Json)}`;
  }
  return `{${members}}`;
}
