// From core's results to log lines.
import type { Logger } from "@aws-lambda-powertools/logger";
import type { Result } from "@stripe-lanes/core/batch";
import type { Doubt } from "@stripe-lanes/core/doubt";
import { rootCauseOf } from "@stripe-lanes/core/errors";

/** One line a record: ids, outcome and reason, never a payload (D19). */
export function logResult(logger: Logger, result: Result): void {
  const line = { ...lineOf(result), ...endOf(result) };
  logger[levelOf(result)](line.outcome, line);
  // The SST Console's Issues sees what is written to console.error, and Powertools writes past it.
  if (levelOf(result) === "error") console.error(result.error);
}

function levelOf(result: Result): "info" | "warn" | "error" {
  if (result.kind !== "settled") return "warn";
  return result.outcome === "parked" ? "error" : "info";
}

function lineOf({ message, event }: Result) {
  return {
    eventId: event?.id,
    eventType: event?.type,
    messageId: message.id,
    origin: message.origin,
    lane: message.lane,
    receives: message.receives,
  };
}

function endOf(result: Result) {
  if (result.kind === "settled") {
    const { outcome, reason, error, doubt, ahead } = result;
    const failure = error && { error: error.message, cause: rootCauseOf(error) };
    return {
      outcome,
      reason,
      ...failure,
      ...(doubt && doubtOf(doubt)),
      ...(ahead !== undefined && { ahead }),
    };
  }
  const group = result.kind === "moved" ? { group: result.group } : {};
  const parking =
    "refusal" in result ? { parking: result.refusal.reason, error: result.refusal.message } : {};
  const { message: reason } = result.error;
  return { outcome: "retried", reason, cause: rootCauseOf(result.error), ...parking, ...group };
}

/** What it was applied without, and why. */
function doubtOf({ because, lists, error }: Doubt) {
  const incomplete = lists.length > 0 ? { incomplete: lists } : {};
  return { doubt: because, ...incomplete, ...(error && { cause: rootCauseOf(error) ?? error.message }) };
}

/** A failure that changes no message's outcome, such as of a note that could not be taken back. */
export function logTrouble(logger: Logger, what: string, error: Error): void {
  logger.warn(what, { reason: error.message, cause: rootCauseOf(error) });
}
