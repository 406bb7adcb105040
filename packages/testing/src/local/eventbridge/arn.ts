// Names of what EventBridge keeps, in the one account and region there is here.

export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";
export const DEFAULT_BUS = "default";

/** Archives name their bus by it (EventSourceArn); a partner bus has slashes in its name. */
export const busArn = (bus: string) => arn("event-bus", bus);
/** StartReplay takes it as its EventSourceArn. */
export const archiveArn = (archive: string) => arn("archive", archive);
/** The ReplayArn that StartReplay, CancelReplay and DescribeReplay answer with. */
export const replayArn = (replay: string) => arn("replay", replay);

/** The default bus is left out of its rules' ARNs. */
export function ruleArn(bus: string, rule: string): string {
  return arn("rule", bus === DEFAULT_BUS ? rule : `${bus}/${rule}`);
}

/** A bus or an archive is named by its name or by its ARN; partner buses have slashes in their names. */
export function nameIn(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:aws:events:[^:]*:[^:]*:[^/]+\//, "");
}

/** Whether a target is a log group of CloudWatch Logs. */
export function isLogGroup(targetArn: string): boolean {
  return /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/.test(targetArn);
}

function arn(kind: string, name: string): string {
  return `arn:aws:events:${REGION}:${ACCOUNT}:${kind}/${name}`;
}
