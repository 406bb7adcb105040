// How an event source mapping reads a partial batch response ("Handling errors for an SQS event source").

/** The messages that an answer leaves on the queue: the ids it names, or the whole batch. */
export type Failed = ReadonlySet<string> | "whole batch";

const NONE: ReadonlySet<string> = new Set();

/**
 * Nothing, null or an empty list of `batchItemFailures` is success; an entry that names no message of
 * the batch, or an answer of another shape, fails the whole batch.
 */
export function failedMessages(answer: unknown, batch: ReadonlySet<string>): Failed {
  if (answer === null || answer === undefined) return NONE;
  if (typeof answer !== "object" || Array.isArray(answer)) return "whole batch";
  const failures = "batchItemFailures" in answer ? answer.batchItemFailures : undefined;
  if (failures === null || failures === undefined) return NONE;
  if (!Array.isArray(failures)) return "whole batch";
  const ids = failures.map(identifierOf);
  return ids.every((id) => batch.has(id)) ? new Set(ids) : "whole batch";
}

/** An identifier that is missing, null or no text is as wrong as an empty one. */
function identifierOf(failure: unknown): string {
  if (typeof failure !== "object" || failure === null || !("itemIdentifier" in failure)) return "";
  return typeof failure.itemIdentifier === "string" ? failure.itemIdentifier : "";
}
