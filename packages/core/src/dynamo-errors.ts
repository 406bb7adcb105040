// DynamoDB's exceptions in the domain's words: read again, refused for what it is, or not now.
import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { Conflict, Defect, Unavailable } from "./errors.ts";
import { type Key, rowName } from "./keys.ts";

type Exception = Error & { CancellationReasons?: CancellationReason[] };

/**
 * Gives what throws an exception in the domain's words. `keys` are those of the items that the request writes, in its
 * order: a conflict names those that it is about.
 */
export function storeErrorOf(keys: readonly Key[]): (cause: Exception) => never {
  return (cause) => storeError(cause, keys);
}

/**
 * A single write that meets a transaction is `Unavailable`: whether its condition holds, nobody has looked.
 * @throws Conflict, Defect or Unavailable, with the exception as its cause.
 */
export function storeError(cause: Exception, keys: readonly Key[] = []): never {
  if (cause.name === "TransactionCanceledException") throw cancelled(cause, keys);
  if (cause.name === "ConditionalCheckFailedException") {
    throw new Conflict(`A condition of the write does not hold: ${named(keys)}.`, { cause });
  }
  if (REFUSALS.has(cause.name)) throw new Defect(`DynamoDB refuses the request: ${cause.message}`, { cause });
  throw new Unavailable(`DynamoDB does not answer as it should: ${cause.name}: ${cause.message}`, { cause });
}

/** Requests that would be refused again, byte for byte. */
const REFUSALS = new Set(["ValidationException", "ItemCollectionSizeLimitExceededException"]);

/** Cancellation reasons stand in the order of the actions; one that will never pass outweighs one that may. */
function cancelled(cause: Exception, keys: readonly Key[]): Error {
  const { CancellationReasons: reasons = [] } = cause;
  const about = (...wanted: string[]) =>
    named(keys.filter((_, index) => wanted.includes(reasons[index]?.Code ?? "")));
  const codes = new Set(reasons.map(({ Code }) => Code));
  if (codes.has("ValidationError") || codes.has("ItemCollectionSizeLimitExceeded")) {
    const told = reasons.map(({ Message }) => Message).filter((message) => message !== undefined);
    const refused = about("ValidationError", "ItemCollectionSizeLimitExceeded");
    return new Defect(`DynamoDB refuses the transaction of ${refused}: ${told.join(" ")}`, { cause });
  }
  if (codes.has("ConditionalCheckFailed") || codes.has("TransactionConflict")) {
    return new Conflict(
      `Another writer was faster: ${about("ConditionalCheckFailed", "TransactionConflict")}.`,
      { cause },
    );
  }
  return new Unavailable(`DynamoDB cancelled the transaction: ${[...codes].join(", ")}.`, { cause });
}

function named(keys: readonly Key[]): string {
  return keys.length === 0 ? "an item that DynamoDB does not name" : keys.map(rowName).join(", ");
}
