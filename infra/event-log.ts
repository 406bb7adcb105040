// A log of every event that came: its id, type, second and object's id, and never what is in it (D19).
import { type Ingress, rulesArn } from "./bus.ts";
import { nameOf, type Settings } from "./settings.ts";

const RETENTION_DAYS = 30;

/** Where the two kinds of events name the object that they are about. */
const OBJECT_PATHS = {
  snapshot: { is: "event", path: "$.detail.data.object.id" },
  thin: { is: "v2.core.event", path: "$.detail.related_object.id" },
};

/** CloudWatch Logs takes a target's input in this form only: a time and a text. */
const TEMPLATE = '{"timestamp":<time>,"message":"id=<id> type=<type> created=<created> object=<object>"}';

export function eventLog(ingresses: Ingress[], settings: Settings, account: $util.Input<string>): void {
  const group = new aws.cloudwatch.LogGroup("EventLog", {
    name: `/aws/events/${nameOf(settings, "events")}`,
    retentionInDays: RETENTION_DAYS,
  });
  const policy = admitRules(group, ingresses, settings, account);
  for (const ingress of ingresses) {
    for (const kind of ["snapshot", "thin"] as const) logRule(ingress, kind, { group, policy, settings });
  }
}

/** EventBridge writes to a log group by a policy of CloudWatch Logs, not by a role; a region has ten at most. */
function admitRules(
  group: aws.cloudwatch.LogGroup,
  ingresses: Ingress[],
  settings: Settings,
  account: $util.Input<string>,
): aws.cloudwatch.LogResourcePolicy {
  const statement = {
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: $interpolate`${group.arn}:*`,
    Condition: {
      ArnLike: { "aws:SourceArn": ingresses.map(rulesArn) },
      StringEquals: { "aws:SourceAccount": account },
    },
  };
  return new aws.cloudwatch.LogResourcePolicy("EventLogPolicy", {
    policyName: nameOf(settings, "events"),
    policyDocument: $jsonStringify({ Version: "2012-10-17", Statement: [statement] }),
  });
}

type Logging = {
  group: aws.cloudwatch.LogGroup;
  policy: aws.cloudwatch.LogResourcePolicy;
  settings: Settings;
};

function logRule(
  { prefix, bus, sourcePrefix }: Ingress,
  kind: "snapshot" | "thin",
  { group, policy, settings }: Logging,
): void {
  const { is, path } = OBJECT_PATHS[kind];
  const name = `${prefix}log-${kind}`;
  const rule = new aws.cloudwatch.EventRule(name, {
    name: `${settings.stage}-log-${kind}`,
    eventBusName: bus.name,
    eventPattern: JSON.stringify({ source: [{ prefix: sourcePrefix }], detail: { object: [is] } }),
  });
  const paths = { time: "$.time", id: "$.detail.id", type: "$.detail.type", created: "$.detail.created" };
  const args = {
    rule: rule.name,
    eventBusName: bus.name,
    targetId: "log",
    arn: group.arn,
    inputTransformer: { inputPaths: { ...paths, object: path }, inputTemplate: TEMPLATE },
  };
  new aws.cloudwatch.EventTarget(name, args, { dependsOn: [policy] });
}
