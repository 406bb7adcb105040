// A fact as it leaves the project: with an id of its own, its place among its row's facts, and its time (D25).
import type { Fact, FactName } from "../facts.ts";
import type { Key } from "../keys.ts";

type PublishedAs<F> = F extends Fact
  ? {
      /** `<pk>#<sk>#<sequence>#<name>#<key>`: the same however often the change is read. */
      id: string;
      name: F["name"];
      /** The kind of the row that tells it, and the row's id. */
      entity: string;
      entityId: string;
      tenant: string;
      customer: string | null;
      /** The customer's label, where it is known. */
      label?: string;
      /** The row's revision, or of a counter, which has none, how often it had moved. */
      sequence: number;
      /** The second of the change, since the epoch. */
      at: number;
      detail: F["detail"];
    }
  : never;

export type PublishedFact = PublishedAs<Fact>;

/** The change that the facts are of. */
export type Published = { key: Key; sequence: number; at: number };

/** What tells facts of one name and one change apart: a member of their detail. */
const KEYS: { readonly [Name in FactName]?: string } = {
  "payment.failed": "charge",
  "payment.refund_failed": "refund",
};

/** The facts of one change of one row as they are published, in the order in which they are to be told. */
export function published(facts: readonly Fact[], { key, sequence, at }: Published): PublishedFact[] {
  return facts.map((fact, index) => {
    const { name, noun: entity, id: entityId, tenant, customer, label, detail } = fact;
    const others = facts.slice(0, index).filter((other) => other.name === name);
    const id = [key.pk, key.sk, sequence, name, keyOf(fact, others.length)].join("#");
    const about = { tenant, customer, ...(label === undefined ? {} : { label }) };
    return { id, name, entity, entityId, ...about, sequence, at, detail } as PublishedFact;
  });
}

/** Where no member tells them apart, how many of that name came before; nothing for the first. */
function keyOf({ name, detail }: Fact, before: number): string {
  const member = KEYS[name];
  const value = member === undefined ? null : (detail as Record<string, unknown>)[member];
  if (typeof value === "string") return value;
  return before === 0 ? "" : String(before);
}
