// The errors that CloudWatch Logs answers with, and the reading of the members that it requires.
import { AwsError } from "../http.ts";

/** The request is wrong whatever the state is: the SDK does not retry it. */
export const invalidParameter = (message: string) => new AwsError("InvalidParameterException", message);
/** For an eleventh resource policy of a region ("CloudWatch Logs quotas"). */
export const limitExceeded = () => new AwsError("LimitExceededException", "Resource limit exceeded.");
/** `what` is a kind, such as "log group": the message names no name. */
export const alreadyExists = (what: string) =>
  new AwsError("ResourceAlreadyExistsException", `The specified ${what} already exists`);
/** `what` is a kind, as for `alreadyExists`. */
export const notFound = (what: string) =>
  new AwsError("ResourceNotFoundException", `The specified ${what} does not exist.`);
/** No resource policy lets the service do so: EventBridge gives such a delivery up without another try. */
export const accessDenied = (service: string, action: string, resource: string) =>
  new AwsError(
    "AccessDeniedException",
    `${service} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`,
  );

/** @throws AwsError when the member is missing, or longer than `most` characters */
export function requiredText(input: Readonly<Record<string, unknown>>, member: string, most = 512): string {
  const value = input[member];
  if (typeof value !== "string" || value === "") throw invalidParameter(`${member} must be a text.`);
  if (value.length > most) throw invalidParameter(`${member} must have at most ${most} characters.`);
  return value;
}
