// CloudWatch Logs as a pure state machine, as far as a target of EventBridge and who reads it need it.
import { AwsError } from "../http.ts";
import { createLogGroup, deleteLogGroup, describeLogGroups } from "./groups.ts";
import { createLogStream, filterLogEvents, putLogEvents } from "./lines.ts";
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy } from "./policies.ts";
import type { LogsCommand, LogsOperation, LogsReply, LogsState } from "./state.ts";

const OPERATIONS = new Map<string, LogsOperation>(
  Object.entries({
    CreateLogGroup: createLogGroup,
    DeleteLogGroup: deleteLogGroup,
    DescribeLogGroups: describeLogGroups,
    CreateLogStream: createLogStream,
    PutLogEvents: putLogEvents,
    FilterLogEvents: filterLogEvents,
    PutResourcePolicy: putResourcePolicy,
    DeleteResourcePolicy: deleteResourcePolicy,
    DescribeResourcePolicies: describeResourcePolicies,
  }),
);

/** Runs one command at `now`, in milliseconds; changes `state` in place unless it throws the `AwsError` of AWS. */
export function logs(state: LogsState, { operation, input, caller }: LogsCommand, now: number): LogsReply {
  const run = OPERATIONS.get(operation);
  if (!run) {
    throw new AwsError("UnknownOperationException", `CloudWatch Logs here has no operation ${operation}.`);
  }
  return run({ state, now, caller }, input);
}
