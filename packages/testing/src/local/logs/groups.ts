// Log groups: created, described and deleted.
import { alreadyExists, invalidParameter, notFound, requiredText } from "./errors.ts";
import { type LogGroup, type LogsInput, type LogsOperation, type LogsState, logGroupArn } from "./state.ts";

const NAME = /^[.\-_/#A-Za-z0-9]+$/;

/** "CreateLogGroup". Throws ResourceAlreadyExistsException, and InvalidParameterException for a malformed name. */
export const createLogGroup: LogsOperation = ({ state, now }, input) => {
  const name = requiredText(input, "logGroupName");
  if (!NAME.test(name)) throw invalidParameter(`logGroupName must match ${NAME.source}; got "${name}".`);
  if (state.groups.has(name)) throw alreadyExists("log group");
  state.groups.set(name, { name, arn: logGroupArn(name), createdAt: now, streams: new Map() });
  return {};
};

/** "DeleteLogGroup", with its lines. Throws ResourceNotFoundException. */
export const deleteLogGroup: LogsOperation = ({ state }, input) => {
  state.groups.delete(groupOf(state, input).name);
  return {};
};

/**
 * "DescribeLogGroups", in the order of their names and on one page; `creationTime` in milliseconds since the epoch.
 */
export const describeLogGroups: LogsOperation = ({ state }, { logGroupNamePrefix = "" }) => {
  const named = [...state.groups.values()].filter(({ name }) => name.startsWith(String(logGroupNamePrefix)));
  return { logGroups: named.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(described) };
};

/** The log group that a request names. Throws ResourceNotFoundException. */
export function groupOf(state: LogsState, input: LogsInput): LogGroup {
  const group = state.groups.get(requiredText(input, "logGroupName"));
  if (!group) throw notFound("log group");
  return group;
}

function described({ name, arn, createdAt, streams }: LogGroup) {
  const lines = [...streams.values()].flat();
  return {
    logGroupName: name,
    arn: `${arn}:*`,
    logGroupArn: arn,
    creationTime: createdAt,
    storedBytes: lines.reduce((size, { message }) => size + Buffer.byteLength(message), 0),
  };
}
