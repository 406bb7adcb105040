// What the records of all objects have: the files of records build on it, and records.ts on them.

/** What every Stripe object has. */
export type Base<Type extends string> = {
  readonly object: Type;
  readonly id: string;
  readonly created: number;
};
