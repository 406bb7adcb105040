// Why a delivery failed, in the words EventBridge puts on the message in the dead-letter queue.
import { AwsError } from "../http.ts";

export type DeliveryFailure = { errorCode: string; errorMessage: string; retryable: boolean };

/** EventBridge tries again what may pass: 5xx, throttling and time-outs. */
const KNOWN: readonly [pattern: RegExp, errorCode: string, retryable: boolean][] = [
  [/Throttl|TooManyRequests|RequestLimit/i, "THROTTLING", true],
  [/Timeout/i, "TIMEOUT", true],
  [/DoesNotExist|NonExistent|NotFound/i, "NO_RESOURCE", false],
  [/AccessDenied|NotAuthorized/i, "NO_PERMISSIONS", false],
];

/**
 * What DeliveryFailed reports of what a target threw. `retryable` decides between another try and the dead-letter
 * queue; an error that is not AWS's is tried again.
 */
export function failureOf(error: unknown): DeliveryFailure {
  const errorMessage = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AwsError)) return { errorCode: "UNKNOWN", errorMessage, retryable: true };
  const known = KNOWN.find(([pattern]) => pattern.test(error.code));
  if (known) return { errorCode: known[1], errorMessage, retryable: known[2] };
  if (error.status >= 500) return { errorCode: "INTERNAL_ERROR", errorMessage, retryable: true };
  return { errorCode: "INVALID_PARAMETER", errorMessage, retryable: false };
}
