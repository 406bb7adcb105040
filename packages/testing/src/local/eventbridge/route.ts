// Takes an event on a bus to the targets of every rule that matches it.
import { invoke } from "./deliveries.ts";
import type { EventBridgeEvent } from "./event.ts";
import { flatten } from "./flat.ts";
import { matches } from "./pattern.ts";
import type { Bus, Rule, Turn } from "./state.ts";

/** `onlyRules` holds the ARNs of the rules that may see the event; all may without it. */
export function route(turn: Turn, bus: Bus, event: EventBridgeEvent, onlyRules?: ReadonlySet<string>) {
  const matching = matchingRules(bus, event, onlyRules);
  const { metrics } = turn.state;
  if (matching.length > 0) metrics.matchedEvents++;
  else if (!onlyRules)
    turn.effects.push({ kind: "dropped", event, why: `matched no rule: source ${event.source}` });
  for (const rule of matching) {
    metrics.triggeredRules.set(rule.arn, (metrics.triggeredRules.get(rule.arn) ?? 0) + 1);
    for (const target of rule.targets.values()) invoke(turn, rule, target, event);
  }
}

function matchingRules(
  bus: Bus,
  event: EventBridgeEvent,
  onlyRules: ReadonlySet<string> | undefined,
): Rule[] {
  const flat = flatten(event);
  const allowed = (rule: Rule) => rule.enabled && (onlyRules?.has(rule.arn) ?? true);
  return [...bus.rules.values()].filter((rule) => allowed(rule) && matches(rule.pattern, flat));
}
