// CloudWatch Logs in process, on the shared clock, and what EventBridge does to write to it.
import type { Clock } from "../clock.ts";
import { AwsError } from "../http.ts";
import { logs } from "./machine.ts";
import {
  createLogsState,
  type LogsInput,
  type LogsReply,
  type LogsState,
  logGroupArn,
  logGroupName,
} from "./state.ts";

export type LocalLogs = {
  readonly state: LogsState;
  /** An operation of the API by its name; rejects with `AwsError`. */
  command(operation: string, input: LogsInput): Promise<LogsReply>;
  groupArn(name: string): string;
  /** Writes what a rule sends to its target, as EventBridge: only where resource policies allow it. */
  deliver(targetArn: string, body: string, ruleArn: string): Promise<void>;
};

const SERVICE = "events.amazonaws.com";

/** Logs without groups and policies: EventBridge may write nothing until a policy allows it. */
export function localLogs(clock: Pick<Clock, "now">): LocalLogs {
  const state = createLogsState();
  return {
    state,
    command: async (operation, input) => logs(state, { operation, input }, clock.now()),
    groupArn: logGroupArn,
    deliver: async (targetArn, body, ruleArn) => write(state, { targetArn, body, ruleArn }, clock.now()),
  };
}

type Write = { targetArn: string; body: string; ruleArn: string };

/**
 * Only the second call says for which rule it is made: a policy that lets CreateLogStream under `aws:SourceArn` alone
 * leaves the log empty (aws-samples/serverless-patterns pull request 618 splits it into two statements for that).
 */
function write(state: LogsState, { targetArn, body, ruleArn }: Write, now: number): void {
  const stream = { logGroupName: logGroupName(targetArn), logStreamName: streamOf(ruleArn) };
  createStream(state, stream, now);
  const [, , , , account = ""] = ruleArn.split(":");
  const context = { "aws:SourceArn": ruleArn, "aws:SourceAccount": account };
  const input = { ...stream, logEvents: [lineOf(body, now)] };
  logs(state, { operation: "PutLogEvents", input, caller: { service: SERVICE, context } }, now);
}

function createStream(state: LogsState, input: LogsInput, now: number): void {
  try {
    const caller = { service: SERVICE, context: {} };
    logs(state, { operation: "CreateLogStream", input, caller }, now);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ResourceAlreadyExistsException")) throw error;
  }
}

/** EventBridge names its streams by UUIDs; here a rule has one, so that a run can be repeated. */
const streamOf = (ruleArn: string) => ruleArn.split(":rule/").at(-1) as string;

/** A filled template is a time and a text; everything else is the text itself. */
function lineOf(body: string, now: number) {
  const { timestamp, message } = timedText(body) ?? { timestamp: now, message: body };
  return { timestamp: typeof timestamp === "string" ? Date.parse(timestamp) : timestamp, message };
}

function timedText(body: string): { timestamp: unknown; message: unknown } | undefined {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== "object" || parsed === null) return undefined;
  return Object.keys(parsed).toSorted().join() === "message,timestamp"
    ? (parsed as { timestamp: unknown; message: unknown })
    : undefined;
}
