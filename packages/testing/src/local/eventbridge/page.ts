// Pages of a listing: a token is the name after which the next page starts.
import { type Input, numberBetween, optionalText } from "./input.ts";

const MAX_PAGE = 100;

/** The entries in the order of their names, as AWS lists them. */
export function page<T>(input: Input, entries: ReadonlyMap<string, T>): { page: T[]; NextToken?: string } {
  const prefix = optionalText(input, "NamePrefix") ?? "";
  const after = optionalText(input, "NextToken");
  const limit = numberBetween(input, "Limit", [1, MAX_PAGE], MAX_PAGE);
  const names = [...entries.keys()].filter((name) => name.startsWith(prefix)).sort();
  const rest = after === undefined ? names : names.filter((name) => name > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const found = shown.flatMap((name) => entries.get(name) ?? []);
  return { page: found, ...(last !== undefined && rest.length > limit && { NextToken: last }) };
}
