// Reads the parameters of a request, which nobody has checked yet.
import { invalidValue, missingParameter, wrongType } from "./refusals.ts";

export type Input = Readonly<Record<string, unknown>>;

/** Null counts as missing. Throws SerializationException for another type, which the SDK does not retry. */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw wrongType(name);
}

/** Throws MissingParameter when there is none. */
export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

function optionalNumber(input: Input, name: string): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === "number") return value;
  throw wrongType(name);
}

/** A whole number within the bounds, both included. */
export function optionalWhole(
  input: Input,
  name: string,
  [least, most]: readonly [number, number],
  reason = `Must be >= ${least} and <= ${most}, if provided.`,
): number | undefined {
  const value = optionalNumber(input, name);
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalidValue(name, value, reason);
}

/** Empty where the parameter is missing. Throws SerializationException for anything but a list of strings. */
export function texts(input: Input, name: string): string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw wrongType(name);
}

/** Null counts as missing. Throws SerializationException for anything but an object. */
export function optionalRecord(input: Input, name: string): Input | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || isRecord(value)) return value;
  throw wrongType(name);
}

/** Empty where the parameter is missing. Throws SerializationException for anything but a list of objects. */
export function records(input: Input, name: string): Input[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every(isRecord)) return value;
  throw wrongType(name);
}

/** Whether it is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Input {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
