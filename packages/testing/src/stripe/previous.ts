// What an `*.updated` event says of the state before it: only what changed, and as it was.
import type { PreviousAttributes, StripeObject } from "./event.ts";

type Members = { [member: string]: unknown };

/**
 * The members of `after` that are not as in `before`, with their old values. Objects are named in part,
 * arrays whole, and a member that was not there, such as a new metadata key, as null.
 */
export function previousAttributes(before: StripeObject, after: StripeObject): PreviousAttributes {
  return changes(before, after);
}

function changes(before: Members, after: Members): Members {
  const changed: Members = {};
  for (const name in after) {
    const [old, current] = [before[name], after[name]];
    if (isObject(old) && isObject(current)) {
      const inside = changes(old, current);
      if (!isEmpty(inside)) changed[name] = inside;
    } else if (!isSame(old, current)) {
      changed[name] = old ?? null;
    }
  }
  for (const name in before) if (!(name in after)) changed[name] = before[name];
  return changed;
}

/** The object before the event: what changed is laid over it, and what was not there is taken away. */
export function overlay(after: StripeObject, previous: PreviousAttributes): StripeObject {
  return laidOver(after, previous, false) as StripeObject;
}

function laidOver(after: Members, previous: Members, isMetadata: boolean): Members {
  const before: Members = { ...after };
  for (const [name, old] of Object.entries(previous)) {
    const current = after[name];
    if (isObject(old) && isObject(current)) before[name] = laidOver(current, old, name === "metadata");
    else if (isMetadata && old === null) Reflect.deleteProperty(before, name);
    else before[name] = old;
  }
  return before;
}

/** Whether some member that `previous` names has its old value again in `object`. */
export function returnsTo(previous: Members, object: Members): boolean {
  return Object.entries(previous).some(([name, old]) => {
    const current = object[name];
    if (isObject(old) && isObject(current)) return returnsTo(old, current);
    return isSame(old, current ?? null);
  });
}

export function isEmpty(members: Members): boolean {
  for (const _ in members) return false;
  return true;
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
