// A row of the truth, and what gives one: a record by itself, or all records together.
import type { Shape } from "../differences.ts";
import type { StripeEvent } from "../event.ts";
import type { ObjectType, RecordOf, StripeRecord } from "../records.ts";

export type TruthRow = {
  noun: string;
  id: string;
  /** The customer the object names; of a customer, itself. */
  customer: string | null;
  status: string | null;
  deleted: boolean;
  /** Times in seconds, amounts in minor units. It need not name every member. */
  state: Record<string, unknown>;
};

/** By object type: the row of a record, or null where it has none of its own. What is not listed is generic. */
export type RowTable = { readonly [Type in ObjectType]?: (record: RecordOf<Type>) => TruthRow | null };

/** What was sent, in an API version of that shape, by an account of that kind. */
export type Sent = {
  shape: Shape;
  events: readonly StripeEvent[];
  options: { accountsAsCustomers: boolean };
};

/** Rows that several records give together, out of all that events told of, or that those events decide. */
export type DerivedRows = (records: readonly StripeRecord[], sent: Sent) => TruthRow[];

export function recordsOfType<Type extends ObjectType>(
  records: readonly StripeRecord[],
  type: Type,
): RecordOf<Type>[] {
  return records.filter((record) => record.object === type) as RecordOf<Type>[];
}
