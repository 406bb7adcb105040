// Batch requests: refused as a whole when malformed, else each entry succeeds or fails by itself.
import { AwsError } from "../http.ts";
import { type Input, optionalText, records } from "./input.ts";
import { emptyBatch, entryIdsNotDistinct, invalidEntryId, tooManyEntries } from "./refusals.ts";

const MOST_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

type Failure = { Id: string; SenderFault: boolean; Code: string; Message: string };

/** As SQS, a list that would be empty is left out. */
export type BatchReply<T> = { Successful?: ({ Id: string } & T)[]; Failed?: Failure[] };

type BatchEntry = { id: string; input: Input };

/** @throws AwsError unless there are 1 to 10 entries with distinct ids. */
export function readEntries(input: Input): BatchEntry[] {
  const entries = records(input, "Entries").map((entry) => ({
    id: optionalText(entry, "Id") ?? "",
    input: entry,
  }));
  if (entries.length === 0) throw emptyBatch();
  if (entries.length > MOST_ENTRIES) throw tooManyEntries(entries.length);
  const seen = new Set<string>();
  for (const { id } of entries) {
    if (!ENTRY_ID.test(id)) throw invalidEntryId();
    if (seen.has(id)) throw entryIdsNotDistinct(id);
    seen.add(id);
  }
  return entries;
}

/**
 * Carries out each entry in order; an AwsError fails that entry alone, and its caller sends it again. Any other
 * error is thrown.
 */
export function forEachEntry<T extends object>(
  entries: BatchEntry[],
  act: (input: Input) => T,
): BatchReply<T> {
  const successful: ({ Id: string } & T)[] = [];
  const failed: Failure[] = [];
  for (const { id, input } of entries) {
    try {
      successful.push({ Id: id, ...act(input) });
    } catch (error) {
      failed.push(failure(id, error));
    }
  }
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed }),
  };
}

function failure(id: string, error: unknown): Failure {
  if (!(error instanceof AwsError)) throw error;
  return { Id: id, SenderFault: true, Code: error.queryCode ?? error.code, Message: error.message };
}
