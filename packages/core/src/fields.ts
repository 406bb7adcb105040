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

/** The texts of a list, in its order. */
export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

type Present<Members> = { [Name in keyof Members]?: NonNullable<Members[Name]> };

/** The members that are not null: what few objects have costs a row of the others nothing. */
export function present<Members extends Record<string, Json>>(members: Members): Present<Members> {
  const entries = Object.entries(members).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Present<Members>;
}

/** The members if at least one of them is not null, else null. */
export function someOf<Members extends Record<string, Json>>(members: Members): Members | null {
  return Object.values(members).some((value) => value !== null) ? members : null;
}

/** An amount; null where it is zero, as where nobody told it. */
export function nonZero(value: Json | undefined): number | null {
  return integer(value) || null;
}

/** When an object was created, in seconds since the epoch: absent where it does not say. */
export function createdIn(told: Json | undefined): { created?: number } {
  const created = integer(told);
  return created === null ? {} : { created };
}
