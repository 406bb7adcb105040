// Resource policies of CloudWatch Logs: which services may write to which log groups.
import { allows, InvalidPolicy, policyStatements } from "../policy.ts";
import { accessDenied, invalidParameter, limitExceeded, notFound, requiredText } from "./errors.ts";
import type { LogGroup, LogsOperation, LogsTurn, ResourcePolicy } from "./state.ts";

/** Of a region, and not raisable ("CloudWatch Logs quotas"). */
const MAX_POLICIES = 10;
/** In characters ("PutResourcePolicy"). */
const MAX_DOCUMENT = 5_120;

/**
 * "PutResourcePolicy": replaces one of the same name. Throws InvalidParameterException for a malformed document,
 * LimitExceededException for an eleventh.
 */
export const putResourcePolicy: LogsOperation = ({ state, now }, input) => {
  const name = requiredText(input, "policyName");
  const document = requiredText(input, "policyDocument", MAX_DOCUMENT);
  const policy = { name, document, statements: statementsOf(document), updatedAt: now };
  if (!state.policies.has(name) && state.policies.size >= MAX_POLICIES) throw limitExceeded();
  state.policies.set(name, policy);
  return { resourcePolicy: described(policy) };
};

/** "DeleteResourcePolicy". Throws ResourceNotFoundException. */
export const deleteResourcePolicy: LogsOperation = ({ state }, input) => {
  if (!state.policies.delete(requiredText(input, "policyName"))) throw notFound("resource policy");
  return {};
};

/** "DescribeResourcePolicies", on one page; times in milliseconds since the epoch. */
export const describeResourcePolicies: LogsOperation = ({ state }) => ({
  resourcePolicies: [...state.policies.values()].map(described),
});

/** @throws AwsError unless a policy lets the caller do so with a stream of the group; the account itself may */
export function checkAllowed({ state, caller }: LogsTurn, action: string, group: LogGroup, stream: string) {
  if (caller === undefined) return;
  const resource = `${group.arn}:log-stream:${stream}`;
  const statements = [...state.policies.values()].flatMap((policy) => policy.statements);
  if (!allows(statements, { ...caller, action, resource }))
    throw accessDenied(caller.service, action, resource);
}

function statementsOf(document: string) {
  try {
    return policyStatements(document);
  } catch (error) {
    if (error instanceof InvalidPolicy) throw invalidParameter(error.message);
    throw error;
  }
}

function described({ name, document, updatedAt }: ResourcePolicy) {
  return { policyName: name, policyDocument: document, lastUpdatedTime: updatedAt };
}
