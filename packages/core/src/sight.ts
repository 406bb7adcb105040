// What a judgement may look at, of the table and of Stripe's answers. Below both what judges and what is in doubt,
// since each looks for itself.
import type { FetchAnswer, FetchRequest } from "./fetch.ts";
import type { Key, RowIdentity } from "./keys.ts";
import type { Row } from "./row.ts";
import type { TellOptions } from "./tell.ts";

/** A row whose customer nobody names, so that only the index finds it. */
export type Search = { tenant: string; noun: string; id: string };

/** What a judgement may look at; each answers undefined for what nobody has read yet. */
export type Sight = TellOptions & {
  row(key: Key): { row: Row | undefined } | undefined;
  fetched(request: FetchRequest): FetchAnswer | undefined;
  /** The row that the index lists, or null where it lists none. */
  searched(search: Search): RowIdentity | null | undefined;
  /** Whether Stripe can be asked at all. */
  canFetch: boolean;
  /** Seconds since the epoch. */
  now: number;
};
