// What a team's own names for a customer are: a reference that finds them, and a label that groups them.

import { metadata } from "./fields.ts";
import type { Json } from "./json.ts";

/** The metadata members that settings name; none where they do not. */
export type Naming = {
  /** Such as `user_id`: customers are found by its value. */
  reference?: string | undefined;
  /** Such as `tenant_id`: its value is in the customer's profile, which can be listed by it. */
  label?: string | undefined;
};

export type Names = { reference?: string; label?: string };

/** Bytes: Stripe's own limit on an id, and far less than a key may have. */
const LONGEST = 255;

/** The names in an object's metadata; what is empty or too long for a key is none. */
export function namesIn(told: Json | undefined, naming: Naming | undefined): Names {
  if (naming?.reference === undefined && naming?.label === undefined) return {};
  const known = metadata(told);
  const [reference, label] = [naming.reference, naming.label].map((member) => nameOf(known, member));
  return { ...(reference === undefined ? {} : { reference }), ...(label === undefined ? {} : { label }) };
}

function nameOf(known: Record<string, string>, member: string | undefined): string | undefined {
  const value = member !== undefined && Object.hasOwn(known, member) ? known[member] : undefined;
  return value !== undefined && isName(value) ? value : undefined;
}

export function isName(value: string): boolean {
  return value !== "" && value.isWellFormed() && Buffer.byteLength(value) <= LONGEST;
}
