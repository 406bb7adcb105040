// The rules that split a bus's events over the lanes, from core's one function (D2).
import { type LaneRule, laneRules, strayRule } from "@stripe-lanes/core/lanes";
import type { Ingress } from "./bus.ts";
import { laneSets } from "./lane-sets.ts";
import type { Queues } from "./queue.ts";
import type { Settings } from "./settings.ts";

/** EventBridge's most, and its default: a day of tries, by which time somebody has read the alarms. */
const RETRIES = { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 };

export type LanesOptions = {
  queues: Queues;
  /** Where a policy is missing EventBridge does not try again, so the targets come after them. */
  policies: aws.sqs.QueuePolicy[];
  settings: Settings;
};

/**
 * Another partition has other names, so Pulumi makes the whole new set before it deletes the old one: for that while
 * an event goes two ways, which is harmless (D6), and never none.
 */
export function lanes(ingress: Ingress, options: LanesOptions): void {
  for (const rule of rulesOf(ingress, options.settings)) laneRule(ingress, rule, options);
}

function rulesOf({ sourcePrefix }: Ingress, settings: Settings): LaneRule[] {
  const sets = laneSets(settings).flatMap((set) => laneRules({ lanes: settings.lanes, set, sourcePrefix }));
  return [...sets, strayRule(sourcePrefix)];
}

function laneRule(
  { prefix, bus }: Ingress,
  { name, pattern, messageGroupId, input }: LaneRule,
  { queues, policies, settings }: LanesOptions,
): void {
  const rule = new aws.cloudwatch.EventRule(`${prefix}${name}`, {
    // PutRule overwrites a rule of the same name without a word, and stages may share an adopted bus.
    name: `${settings.stage}-${name}`,
    eventBusName: bus.name,
    eventPattern: JSON.stringify(pattern),
  });
  const args = {
    rule: rule.name,
    eventBusName: bus.name,
    targetId: "lanes",
    arn: queues.lanes.arn,
    sqsTarget: { messageGroupId },
    deadLetterConfig: { arn: queues.undelivered.arn },
    retryPolicy: RETRIES,
    ...targetInput(input),
  };
  new aws.cloudwatch.EventTarget(`${prefix}${name}`, args, { dependsOn: policies });
}

function targetInput(input: LaneRule["input"]) {
  if ("path" in input) return { inputPath: input.path };
  return { inputTransformer: { inputPaths: input.paths, inputTemplate: input.template } };
}
