// DynamoDB's exceptions in the domain's words: read again, refused for what it is, or not now.
import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { Conflict, Defect, Unavailable } from "./errors.ts";

/**
 * A single write that meets a transaction is `Unavailable`: whether its condition holds, nobody has looked.
 * @throws Conflict, Defect or Unavailable, with the exception as its cause.
 */
export function storeError(cause: Error & { CancellationReasons?: CancellationReason[] }): never {
  if (cause.name === "TransactionCanceledException") throw cancelled(cause.CancellationReasons ?? [], cause);
  if (cause.name === "ConditionalCheckFailedException") {
    throw new Conflict("A condition of the write does not hold.", { cause });
  }
  if (REFUSALS.has(cause.name)) throw new Defect(`DynamoDB refuses the request: ${cause.message}`, { cause });
  throw new Unavailable(`DynamoDB does not answer as it should: ${cause.name}: ${cause.message}`, { cause });
}

/** Requests that would be refused again, byte for byte. */
const REFUSALS = new Set(["ValidationException", "ItemCollectionSizeLimitExceededException"]);

/** Cancellation reasons stand in the order of the actions; one that will never pass outweighs one that may. */
function cancelled(reasons: CancellationReason[], cause: Error): Error {
  const codes = new Set(reasons.map(({ Code }) => Code));
  if (codes.has("ValidationError") || codes.has("ItemCollectionSizeLimitExceeded")) {
    const told = reasons.map(({ Message }) => Message).filter((message) => message !== undefined);
    return new Defect(`DynamoDB refuses the transaction: ${told.join(" ")}`, { cause });
  }
  if (codes.has("ConditionalCheckFailed") || codes.has("TransactionConflict")) {
    return new Conflict("Another writer was faster.", { cause });
  }
  return new Unavailable(`DynamoDB cancelled the transaction: ${[...codes].join(", ")}.`, { cause });
}
