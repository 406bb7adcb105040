// Reads the members of a request and refuses what the API's model does not allow.

import { isDeeperThan } from "@stripe-lanes/core/json-depth";
import { invalid, violated } from "./errors.ts";
import { isObject } from "./flat.ts";

export type Input = Readonly<Record<string, unknown>>;

/** Null counts as missing. Throws ValidationException for another type, which the SDK does not retry. */
export function optionalText(input: Input, member: string): string | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw violated(value, inModel(member), "be a string");
}

/** Throws ValidationException when the member is missing or another type. */
export function requiredText(input: Input, member: string): string {
  const text = optionalText(input, member);
  if (text === undefined) throw violated(text, inModel(member), "not be null");
  return text;
}

/** As `checkedName`, of a member. */
export function requiredName(input: Input, member: string, maximum: number): string {
  return checkedName(requiredText(input, member), inModel(member), maximum);
}

/**
 * The name, if it has 1 to `maximum` characters, all of them letters, digits, dots, hyphens or underscores; else
 * throws ValidationException.
 */
export function checkedName(name: string, member: string, maximum: number): string {
  if (!/^[.\-_A-Za-z0-9]+$/.test(name)) {
    throw violated(name, member, "satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
  }
  return withinLength(name, member, maximum);
}

/** The text, if it has at most `maximum` UTF-16 units; else throws ValidationException. */
export function withinLength(text: string, member: string, maximum: number): string {
  if (text.length <= maximum) return text;
  throw violated(text, member, `have length less than or equal to ${maximum}`);
}

/** The default where the member is missing. */
export function numberBetween(
  input: Input,
  member: string,
  [least, most]: [number, number],
  otherwise: number,
) {
  const value = input[member] ?? otherwise;
  if (typeof value !== "number" || value < least) {
    throw violated(value, inModel(member), `have value greater than or equal to ${least}`);
  }
  if (value > most) throw violated(value, inModel(member), `have value less than or equal to ${most}`);
  return value;
}

/** A list of structures, empty where the member is missing; throws ValidationException for anything else. */
export function list(input: Input, member: string): readonly Input[] {
  const value = input[member] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw violated(JSON.stringify(value), inModel(member), "be a list of structures");
}

/** Null counts as missing. Throws ValidationException for another type. */
export function optionalStructure(input: Input, member: string): Input | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined || isObject(value)) return value;
  throw violated(JSON.stringify(value), inModel(member), "be a structure");
}

/** A list of strings, empty where the member is missing; throws ValidationException for anything else. */
export function texts(input: Input, member: string): readonly string[] {
  const value = input[member] ?? [];
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  throw violated(JSON.stringify(value), inModel(member), "be a list of strings");
}

/** A point in time, which the AWS JSON protocol carries in seconds, as milliseconds since the epoch. */
export function requiredTime(input: Input, member: string): number {
  const seconds = input[member];
  if (typeof seconds === "number") return seconds * 1000;
  throw violated(seconds, inModel(member), "not be null");
}

/** "PutEvents will only process nested JSON up to 1000 levels deep" (EventBridge's API reference). */
const DEEPEST = 1_000;

/**
 * The value that the JSON text is. Throws ValidationException with `orElse` for its message when it is none or too
 * deep.
 */
export function parsedJson(text: string, orElse: string): unknown {
  if (isDeeperThan(text, DEEPEST)) throw invalid(orElse);
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(orElse);
  }
}

function inModel(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
