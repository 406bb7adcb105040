// What a fact is made of: a change from one standing of a row to the next, told in the business's words.
import type { AccessPolicy } from "../access-policy.ts";

/** From what a row was, where it was, to what it is. */
export type Change<S> = {
  was: S | null;
  is: S;
  wasDeleted: boolean;
  isDeleted: boolean;
  /** The second that the change was committed, since the epoch. */
  at: number;
  policy?: Partial<AccessPolicy>;
};

/** What the facts of `F` say by name: one of them. */
export type Told<F> = { [Name in keyof F]: { name: Name; detail: F[Name] } }[keyof F];

/** What happened, and to which row. */
export type Fact<F> = Told<F> & {
  tenant: string;
  /** The row that tells it. */
  noun: string;
  id: string;
  /** The customer that the row names by now. */
  customer: string | null;
  /** The customer's label, where a setting names the metadata member that it is in, and it is known. */
  label?: string;
};

/** What to say by name, in the order it is to be said in: false where it did not happen, a list where often. */
type Candidates<F> = { [Name in keyof F]: F[Name] | readonly F[Name][] | false };

/** The facts that happened. */
export function told<F>(candidates: Candidates<F>): Told<F>[] {
  const names = Object.keys(candidates) as (keyof F)[];
  return names.flatMap((name) => {
    const details = [candidates[name]].flat() as (F[keyof F] | false)[];
    return details.filter((detail) => detail !== false).map((detail) => ({ name, detail }) as Told<F>);
  });
}

/** Whether a row came to have one of these statuses. */
export function became<S extends { status: string | null }>({ was, is }: Change<S>, ...statuses: string[]) {
  return isOneOf(is, statuses) && (was === null || !isOneOf(was, statuses));
}

function isOneOf({ status }: { status: string | null }, statuses: readonly string[]): boolean {
  return status !== null && statuses.includes(status);
}
