// A log of every event that came: its id, type, second and object's id, and never what is in it (D19).
import { type Ingress, rulesArn } from "./bus.ts";
import { nameOf, type Settings } from "./settings.ts";

const RETENTION_DAYS = 30;

/** Whole events are for a first look, not to keep. */
const WHOLE_RETENTION_DAYS = 7;

/** CloudWatch Logs takes a target's input in this form only: a time and a text. */
const TEMPLATE = '{"timestamp":<time>,"message":"id=<id> type=<type> created=<created> object=<object>"}';

const PATHS = { time: "$.time", id: "$.detail.id", type: "$.detail.type", created: "$.detail.created" };

/** A rule that writes events of one kind to the log. */
type LogRule = {
  /** Its resource's name after the ingress's prefix, and its own after the stage's. */
  name: string;
  detail: { detail?: { object: string[] } };
  /** Where the object's id is; none for a rule that writes whole events. */
  objectPath?: string;
};

/** The two kinds of events name the object that they are about in different places. */
const IDS: LogRule[] = [
  { name: "log-snapshot", detail: { detail: { object: ["event"] } }, objectPath: "$.detail.data.object.id" },
  {
    name: "log-thin",
    detail: { detail: { object: ["v2.core.event"] } },
    objectPath: "$.detail.related_object.id",
  },
];

const WHOLE: LogRule[] = [{ name: "log-whole", detail: {} }];

/** A personal stage has none unless it asks: a region holds ten policies of CloudWatch Logs for all of its stages. */
function logRulesOf({ kind, logEvents }: Settings): LogRule[] {
  if (logEvents) return WHOLE;
  return kind === "personal" ? [] : IDS;
}

/** What the rules that log are called, on each bus. */
export function logRuleNames(settings: Settings): string[] {
  return logRulesOf(settings).map(({ name }) => ruleName(settings, name));
}

function ruleName({ stage }: Settings, name: string): string {
  return `${stage}-${name}`;
}

export function eventLog(ingresses: Ingress[], settings: Settings, account: $util.Input<string>): void {
  const rules = logRulesOf(settings);
  if (rules.length === 0) return;
  const group = new aws.cloudwatch.LogGroup("EventLog", {
    name: `/aws/events/${nameOf(settings, "events")}`,
    retentionInDays: settings.logEvents ? WHOLE_RETENTION_DAYS : RETENTION_DAYS,
  });
  const policy = admitRules(group, ingresses, settings, account);
  for (const ingress of ingresses) {
    for (const rule of rules) logRule(ingress, rule, { group, policy, settings });
  }
}

/**
 * EventBridge writes to a log group by a policy of CloudWatch Logs, not by a role. It creates the stream without saying
 * for which rule or account, so only writing can be held to them ("CloudWatch Logs permissions", Amazon EventBridge
 * User Guide).
 */
function admitRules(
  group: aws.cloudwatch.LogGroup,
  ingresses: Ingress[],
  settings: Settings,
  account: $util.Input<string>,
): aws.cloudwatch.LogResourcePolicy {
  const allowed = {
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
    Resource: $interpolate`${group.arn}:*`,
  };
  const Condition = {
    ArnLike: { "aws:SourceArn": ingresses.map(rulesArn) },
    StringEquals: { "aws:SourceAccount": account },
  };
  const Statement = [
    { ...allowed, Action: "logs:CreateLogStream" },
    { ...allowed, Action: "logs:PutLogEvents", Condition },
  ];
  return new aws.cloudwatch.LogResourcePolicy("EventLogPolicy", {
    policyName: nameOf(settings, "events"),
    policyDocument: $jsonStringify({ Version: "2012-10-17", Statement }),
  });
}

type Logging = {
  group: aws.cloudwatch.LogGroup;
  policy: aws.cloudwatch.LogResourcePolicy;
  settings: Settings;
};

function logRule(
  { prefix, bus, sourcePrefix }: Ingress,
  { name, detail, objectPath }: LogRule,
  { group, policy, settings }: Logging,
): void {
  const rule = new aws.cloudwatch.EventRule(`${prefix}${name}`, {
    name: ruleName(settings, name),
    eventBusName: bus.name,
    eventPattern: JSON.stringify({ source: [{ prefix: sourcePrefix }], ...detail }),
  });
  const args = {
    rule: rule.name,
    eventBusName: bus.name,
    targetId: "log",
    arn: group.arn,
    ...(objectPath && {
      inputTransformer: { inputPaths: { ...PATHS, object: objectPath }, inputTemplate: TEMPLATE },
    }),
  };
  new aws.cloudwatch.EventTarget(`${prefix}${name}`, args, { dependsOn: [policy] });
}
