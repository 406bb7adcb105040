// Rules: a pattern on a bus, enabled or not, with targets of its own.
import { ACCOUNT, ruleArn } from "./arn.ts";
import { busOf } from "./buses.ts";
import { invalid, limitExceeded, notFound, violated } from "./errors.ts";
import { isObject } from "./flat.ts";
import { type Input, optionalText, parsedJson, requiredName, requiredText } from "./input.ts";
import { page } from "./page.ts";
import { compile, compilePattern } from "./pattern.ts";
import type { EventBridgeState, Operation, Rule } from "./state.ts";

const MAX_RULES = 300;
const MAX_NAME_LENGTH = 64;
const STATES = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];
const MANDATORY_IN_EVENT = ["id", "account", "source", "time", "region", "resources", "detail-type"];

/**
 * "PutRule". A rule that is there keeps its targets. Throws InvalidEventPatternException, and
 * LimitExceededException for the 301st of a bus.
 */
export const putRule: Operation = ({ state }, input) => {
  const bus = busOf(state, input);
  const name = requiredName(input, "Name", MAX_NAME_LENGTH);
  const eventPattern = eventPatternOf(input);
  const known = bus.rules.get(name);
  const rule: Rule = {
    name,
    arn: ruleArn(bus.name, name),
    bus: bus.name,
    description: optionalText(input, "Description"),
    eventPattern,
    pattern: compile(eventPattern),
    enabled: stateOf(input) !== "DISABLED",
    targets: known?.targets ?? new Map(),
  };
  if (!known && bus.rules.size >= MAX_RULES) throw limitExceeded();
  bus.rules.set(name, rule);
  return { RuleArn: rule.arn };
};

/** "DeleteRule"; deleting none succeeds. Throws ValidationException for a rule that has targets. */
export const deleteRule: Operation = ({ state }, input) => {
  const { rules } = busOf(state, input);
  const name = requiredText(input, "Name");
  if (rules.get(name)?.targets.size) throw invalid("Rule can't be deleted since it has targets.");
  rules.delete(name);
  return {};
};

/** "DescribeRule". Throws ResourceNotFoundException. */
export const describeRule: Operation = ({ state }, input) => ({
  ...described(ruleOf(state, input, "Name")),
  CreatedBy: ACCOUNT,
});

/** "ListRules", page by page. */
export const listRules: Operation = ({ state }, input) => {
  const { page: rules, ...next } = page(input, busOf(state, input).rules);
  return { Rules: rules.map(described), ...next };
};

/** "EnableRule". Throws ResourceNotFoundException. */
export const enableRule: Operation = ({ state }, input) => {
  ruleOf(state, input, "Name").enabled = true;
  return {};
};

/** "DisableRule": the rule matches nothing until it is enabled. Throws ResourceNotFoundException. */
export const disableRule: Operation = ({ state }, input) => {
  ruleOf(state, input, "Name").enabled = false;
  return {};
};

/**
 * "TestEventPattern". Throws ValidationException for an event that lacks a mandatory member, and
 * InvalidEventPatternException.
 */
export const testEventPattern: Operation = (_, input) => {
  const event = parsedJson(requiredText(input, "Event"), "Parameter Event is not valid.");
  const isWhole = isObject(event) && MANDATORY_IN_EVENT.every((member) => member in event);
  if (!isWhole) throw invalid("Parameter Event is not valid.");
  return { Result: compilePattern(requiredText(input, "EventPattern"))(event) };
};

/**
 * The rule that a request is about, by the member that names it. Throws ResourceNotFoundException for the rule or
 * its bus.
 */
export function ruleOf(state: EventBridgeState, input: Input, member: "Name" | "Rule"): Rule {
  const bus = busOf(state, input);
  const name = requiredText(input, member);
  const rule = bus.rules.get(name);
  if (!rule) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
  return rule;
}

function eventPatternOf(input: Input): string {
  if (input.ScheduleExpression !== undefined) throw invalid("ScheduleExpression is not supported here.");
  const pattern = optionalText(input, "EventPattern");
  if (pattern === undefined)
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  return pattern;
}

function stateOf(input: Input): string {
  const state = optionalText(input, "State") ?? "ENABLED";
  if (STATES.includes(state)) return state;
  throw violated(state, "state", `satisfy enum value set: [${STATES.join(", ")}]`);
}

function described({ name, arn, bus, description, eventPattern, enabled }: Rule) {
  return {
    Name: name,
    Arn: arn,
    EventBusName: bus,
    EventPattern: eventPattern,
    State: enabled ? "ENABLED" : "DISABLED",
    ...(description !== undefined && { Description: description }),
  };
}
