// What happened to a customer: they came, and they went.
import type { CustomerState } from "../nouns/customer.ts";
import { type Change, type Told, told } from "./fact.ts";

/** `created` says when that was, in seconds: the first event of an old customer tells of it too. */
type Person = { created: number | null; metadata: Record<string, string> };

export type CustomerFacts = { "customer.created": Person; "customer.deleted": Person };

export function customerFacts(change: Change<CustomerState>): Told<CustomerFacts>[] {
  const { was, is, isDeleted, wasDeleted } = change;
  const person = { created: is.created, metadata: is.metadata };
  return told<CustomerFacts>({
    "customer.created": was === null && person,
    "customer.deleted": isDeleted && !wasDeleted && person,
  });
}
