// What happened to a customer: they came, and they went.
import type { CustomerState } from "../nouns/customer.ts";
import { type Change, type Told, told } from "./fact.ts";

type Person = {
  /** The first event of an old customer tells of it too. */
  created: number | null;
  metadata: Record<string, string>;
};

export type CustomerFacts = {
  /** The first event of a customer came. */
  "customer.created": Person;
  /** The customer is deleted, for good. */
  "customer.deleted": Person;
};

export function customerFacts(change: Change<CustomerState>): Told<CustomerFacts>[] {
  const { was, is, isDeleted, wasDeleted } = change;
  const person = { created: is.created, metadata: is.metadata };
  return told<CustomerFacts>({
    "customer.created": was === null && person,
    "customer.deleted": isDeleted && !wasDeleted && person,
  });
}
