// The errors that EventBridge answers with, in its own words where they are known.
import { AwsError } from "../http.ts";

/** AWS gives the reasons of aws/event-ruler word for word, their slips included. */
export function invalidPattern(reason: string): AwsError {
  return new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);
}

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** A member of the request that breaks a constraint of the API's model. */
export function violated(value: unknown, member: string, constraint: string): AwsError {
  const shown = value === undefined ? "null" : `'${value}'`;
  return invalid(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function alreadyExists(what: string): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `${what} already exists.`);
}

export function limitExceeded(): AwsError {
  return new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
}
