// The errors that EventBridge answers with, in its own words where they are known.
import { AwsError } from "../http.ts";

/** AWS gives the reasons of aws/event-ruler word for word, their slips included. */
export function invalidPattern(reason: string): AwsError {
  return new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);
}

/** The request is wrong whatever the state is: the SDK does not retry it. */
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

/** The message is a whole sentence. */
export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

/** `what` is a kind and a name, such as "Rule a". */
export function alreadyExists(what: string): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `${what} already exists.`);
}

/** For rules of a bus, targets of a rule and replays at one time ("Amazon EventBridge quotas"). */
export function limitExceeded(): AwsError {
  return new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
}
