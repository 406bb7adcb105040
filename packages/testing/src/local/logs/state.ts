// All that the local CloudWatch Logs knows, log groups with their lines and who may write to them, and the shape of
// its commands.
import type { PolicyStatement } from "../policy.ts";

export type LogsState = {
  readonly groups: Map<string, LogGroup>;
  readonly policies: Map<string, ResourcePolicy>;
};

export type LogGroup = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly streams: Map<string, LogLine[]>;
};

export type LogLine = {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
};

export type ResourcePolicy = {
  readonly name: string;
  readonly document: string;
  readonly statements: readonly PolicyStatement[];
  readonly updatedAt: number;
};

/** A service that acts by the log group's resource policy; the account itself may do everything. */
export type Caller = { readonly service: string; readonly context: Readonly<Record<string, string>> };

export type LogsInput = Readonly<Record<string, unknown>>;
export type LogsCommand = { operation: string; input: LogsInput; caller?: Caller | undefined };
export type LogsReply = Record<string, unknown>;

/** What an operation works on: it may change the state. */
export type LogsTurn = {
  readonly state: LogsState;
  readonly now: number;
  readonly caller: Caller | undefined;
};
export type LogsOperation = (turn: LogsTurn, input: LogsInput) => LogsReply;

/** A state without log groups and policies. */
export function createLogsState(): LogsState {
  return { groups: new Map(), policies: new Map() };
}

/** Without the `:*` that DescribeLogGroups ends it with: as a rule's target names it. */
export function logGroupArn(name: string): string {
  return `arn:aws:logs:us-east-1:000000000000:log-group:${name}`;
}

/** Of a log group's ARN, with or without the `:*` that DescribeLogGroups ends it with. */
export function logGroupName(arn: string): string {
  return arn.split(":").at(6) ?? "";
}
