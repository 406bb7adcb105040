// Reads members of a Stripe object whose shape nobody guarantees: the wrong type is as good as missing.
import { isObject, type Json, type JsonObject } from "./json.ts";

export function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

export function integer(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

export function flag(value: Json | undefined): boolean | null {
  return typeof value === "boolean" ? value : null;
}

export function member(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The entries of a Stripe list object (`{ object: "list", data }`) or of a bare array. */
export function entries(value: Json | undefined): JsonObject[] {
  const list = Array.isArray(value) ? value : member(value, "data");
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Stripe's metadata: texts by name. */
export function metadata(value: Json | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}
