// A reference: the app's own name for a customer, by which their Stripe customer is found.
import type { Level } from "../noun.ts";

/** What a reference came in: Checkout's member, or the metadata member that a setting names. */
export type ReferenceSource = "client_reference_id" | "metadata";

export const REFERENCE_SOURCES: readonly ReferenceSource[] = ["client_reference_id", "metadata"];

export type ReferenceState = {
  customer: string;
  value: string;
  by: ReferenceSource;
  /** How many objects say so now: pieces. */
  told: number;
};

export const REFERENCE = "reference";

/** Whose partition has the customers of a value. */
export function referenceOwner(by: ReferenceSource, value: string): string {
  return `${by}=${value}`;
}

/**
 * One of each customer that an object names with a reference: counted as stock is (D15), so that it is gone when the last
 * that said so says otherwise, and takes no read.
 */
export function referenceLevels(
  customer: string | null,
  by: ReferenceSource,
  value: string | undefined,
): Level[] {
  if (customer === null || value === undefined) return [];
  return [{ noun: REFERENCE, id: customer, owner: referenceOwner(by, value), amounts: { told: 1 } }];
}

/** What a counter of a reference says. */
export function referenceOf(
  owner: string,
  customer: string,
  { told = 0 }: Readonly<Record<string, number>>,
): ReferenceState {
  const by = REFERENCE_SOURCES.find((source) => owner.startsWith(`${source}=`)) ?? "metadata";
  return { customer, value: owner.slice(by.length + 1), by, told };
}
