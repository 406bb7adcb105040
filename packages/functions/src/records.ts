// From core's results to log lines.
import type { Logger } from "@aws-lambda-powertools/logger";
import type { Result } from "@stripe-lanes/core/batch";
import type { Doubt } from "@stripe-lanes/core/doubt";

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
    const { outcome, reason, doubt, ahead } = result;
    return { outcome, reason, ...(doubt && doubtOf(doubt)), ...(ahead !== undefined && { ahead }) };
  }
  const group = result.kind === "moved" ? { group: result.group } : {};
  return { outcome: "retried", reason: result.error.message, cause: causeOf(result.error), ...group };
}

/** What it was applied without, and why. */
function doubtOf({ because, lists, error }: Doubt) {
  const incomplete = lists.length > 0 ? { incomplete: lists } : {};
  return { doubt: because, ...incomplete, ...(error && { cause: causeOf(error) ?? error.message }) };
}

/** What was at the bottom of it, such as `AccessDenied` or `ECONNREFUSED`. */
function causeOf({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return causeOf(cause) ?? (cause as NodeJS.ErrnoException).code ?? cause.name;
}
