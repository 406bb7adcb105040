// Pages of a read that an app makes: how many, from where, and a cursor that fits that one read.
import { type Json, parseJson } from "./json.ts";
import { digest } from "./remembered.ts";
import type { Page } from "./store.ts";

export type Paging = {
  /** At most this many, from 1 to 100; 100 unless told. */
  limit?: number | undefined;
  /** The `next` of the page before. */
  after?: string | undefined;
};

/** What one `BatchGetItem` reads. */
export const MOST_A_PAGE = 100;

/** The cursor is damaged, or was given by another read: ask for the first page again. */
export class BadCursor extends Error {
  override readonly name = "BadCursor";
}

/** One page of one read, which stands at a position of the read's own making. */
export type Turn<Position> = {
  limit: number;
  /** Undefined on the first page. */
  from: Position | undefined;
  /** The page to hand out, and the position that follows it unless it is the last. */
  page<T>(found: T[], next: Position | undefined): Page<T>;
};

/**
 * Starts a page of the read that `read` names with its arguments.
 * @throws RangeError when the limit is not a whole number from 1 to 100.
 * @throws BadCursor when the cursor was not given by this very read.
 */
export function turnOf<Position extends Json>(
  read: string[],
  { limit = MOST_A_PAGE, after }: Paging,
): Turn<Position> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_A_PAGE) {
    throw new RangeError(`A page's limit is a whole number from 1 to ${MOST_A_PAGE}, not ${limit}.`);
  }
  return {
    limit,
    from: after === undefined ? undefined : opened<Position>(read, after),
    page: (found, next) => (next === undefined ? { found } : { found, next: cursorOf(read, next) }),
  };
}

/** The seal finds what was cut, mistyped or meant for another read; it is no secret. */
function cursorOf(read: string[], position: Json): string {
  return Buffer.from(JSON.stringify([seal(read, position), position])).toString("base64url");
}

function opened<Position extends Json>(read: string[], cursor: string): Position {
  const [sealed, position] = parsed(cursor);
  if (position === undefined || sealed !== seal(read, position)) {
    throw new BadCursor(`The cursor is not one that ${read[0]} gave for the same arguments.`);
  }
  return position as Position;
}

function parsed(cursor: string): Json[] {
  try {
    const json = parseJson(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(json) ? json : [];
  } catch {
    return [];
  }
}

function seal(read: string[], position: Json): string {
  return digest({ read, position });
}
