// Targets of a rule: where its events go, as what, and what happens when they do not arrive.
import { isLogGroup } from "./arn.ts";
import { invalid, limitExceeded, violated } from "./errors.ts";
import {
  checkedName,
  type Input,
  list,
  numberBetween,
  optionalStructure,
  optionalText,
  requiredText,
  texts,
  withinLength,
} from "./input.ts";
import { page } from "./page.ts";
import { ruleOf } from "./rules.ts";
import type { Operation, RetryPolicy, Target } from "./state.ts";
import type { MissingPath } from "./template.ts";
import { compileInput } from "./transform.ts";

export const DEFAULT_RETRY: RetryPolicy = { maximumRetryAttempts: 185, maximumAgeInSeconds: 86_400 };

const MAX_TARGETS = 5;
const MAX_ID_LENGTH = 64;
const MAX_GROUP_LENGTH = 100;
const LEAST_AGE_IN_SECONDS = 60;

/**
 * "PutTargets": all targets or none. Throws ValidationException for one that is wrong, LimitExceededException for a
 * sixth of a rule, and ResourceNotFoundException.
 */
export const putTargets: Operation = ({ state }, input) => {
  const rule = ruleOf(state, input, "Rule");
  const given = list(input, "Targets");
  if (given.length === 0) throw violated("[]", "targets", "have length greater than or equal to 1");
  const targets = given.map(
    (target, index) => [idOf(target, index), targetOf(target, index, state.missingPath)] as const,
  );
  if (new Set([...rule.targets.keys(), ...targets.map(([id]) => id)]).size > MAX_TARGETS)
    throw limitExceeded();
  for (const [id, target] of targets) rule.targets.set(id, target);
  return { FailedEntryCount: 0, FailedEntries: [] };
};

/** "RemoveTargets"; removing none succeeds. Throws ResourceNotFoundException for the rule. */
export const removeTargets: Operation = ({ state }, input) => {
  const rule = ruleOf(state, input, "Rule");
  for (const id of texts(input, "Ids")) rule.targets.delete(id);
  return { FailedEntryCount: 0, FailedEntries: [] };
};

/** "ListTargetsByRule": the targets as PutTargets was given them, page by page. */
export const listTargetsByRule: Operation = ({ state }, input) => {
  const { page: targets, ...next } = page(input, ruleOf(state, input, "Rule").targets);
  return { Targets: targets.map(({ given }) => given), ...next };
};

function targetOf(given: Input, index: number, missingPath: MissingPath): Target {
  const arn = requiredText(given, "Arn");
  if (!/^arn:[^:]+:[^:]+:/.test(arn)) {
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (isLogGroup(arn)) checkLogTarget(given, arn);
  return {
    given,
    arn,
    messageGroupId: messageGroupIdOf(given, arn, index),
    input: compileInput(given, missingPath),
    retry: retryOf(given),
    deadLetterArn: deadLetterArnOf(given),
  };
}

function idOf(target: Input, index: number): string {
  return checkedName(requiredText(target, "Id"), memberOf(index, "id"), MAX_ID_LENGTH);
}

/** One fixed text: a path in it, which some expect to be followed, is sent as it stands. */
function messageGroupIdOf(target: Input, arn: string, index: number): string | undefined {
  const group = optionalText(optionalStructure(target, "SqsParameters") ?? {}, "MessageGroupId");
  if (group !== undefined)
    return withinLength(group, memberOf(index, "sqsParameters.messageGroupId"), MAX_GROUP_LENGTH);
  if (!arn.endsWith(".fifo")) return undefined;
  throw invalid(`Parameter(s) SqsParameters must be specified for target: ${target.Id}.`);
}

function retryOf(target: Input): RetryPolicy {
  const { maximumRetryAttempts: retries, maximumAgeInSeconds: age } = DEFAULT_RETRY;
  const policy = optionalStructure(target, "RetryPolicy") ?? {};
  return {
    maximumRetryAttempts: numberBetween(policy, "MaximumRetryAttempts", [0, retries], retries),
    maximumAgeInSeconds: numberBetween(policy, "MaximumEventAgeInSeconds", [LEAST_AGE_IN_SECONDS, age], age),
  };
}

function deadLetterArnOf(target: Input): string | undefined {
  const arn = optionalText(optionalStructure(target, "DeadLetterConfig") ?? {}, "Arn");
  if (!arn?.endsWith(".fifo")) return arn;
  throw invalid(`The dead-letter queue of target ${target.Id} must be a standard queue: ${arn}`);
}

/** CloudWatch Logs trusts by resource policies, not by roles, and takes of a template a time and a text alone. */
function checkLogTarget(target: Input, arn: string): void {
  if (target.RoleArn !== undefined) throw invalid(`RoleArn is not supported for target ${arn}.`);
  const { InputTemplate } = optionalStructure(target, "InputTransformer") ?? {};
  if (typeof InputTemplate !== "string") return;
  const names = [...InputTemplate.matchAll(/(?<=^\s*\{\s*|,\s*)"(\w+)"\s*:/g)].map(([, name]) => name);
  if (names.toSorted().join() === "message,timestamp") return;
  throw invalid(
    `InputTemplate for target ${target.Id} must be a JSON object of timestamp and message: its target is a log group.`,
  );
}

function memberOf(index: number, member: string): string {
  return `targets.${index + 1}.member.${member}`;
}
