// Condition expressions: dynalite parses and compares them, except that it tells documents apart by identity.
import { type AttributeValue, type Item, sameValue } from "./attributes.ts";
import { matchesExpression, meetsExpected, valueAt } from "./dynalite.ts";
import type { Expression, Operand, Parsed } from "./expression.ts";

/** Whether the condition of a request holds for an item as it is; without a condition it does. */
export function holds(request: Parsed, item: Item | undefined): boolean {
  if (!request._condition) return meetsExpected(request, item);
  return matches(request._condition.expression, item ?? {});
}

function matches(expression: Expression, item: Item): boolean {
  const [left, right] = expression.args as [Expression, Expression];
  if (expression.type === "and") return matches(left, item) && matches(right, item);
  if (expression.type === "or") return matches(left, item) || matches(right, item);
  if (expression.type === "not") return !matches(left, item);
  return documentsMatch(expression, item) ?? matchesExpression(item, expression);
}

type Value = AttributeValue | undefined;

const comparisons: { [type: string]: (value: Value, others: Value[]) => boolean } = {
  "=": (value, [other]) => sameValue(value, other),
  "<>": (value, [other]) => !sameValue(value, other),
  in: (value, others) => others.some((other) => sameValue(value, other)),
};

function documentsMatch(expression: Expression, item: Item): boolean | undefined {
  const compare = comparisons[expression.type];
  if (!compare) return undefined;
  const [value, ...others] = expression.args.map((operand) => resolve(operand, item));
  return isDocument(value) ? compare(value, others) : undefined;
}

function resolve(operand: Operand, item: Item): Value {
  if (Array.isArray(operand)) return valueAt(operand, item);
  return "args" in operand ? undefined : operand;
}

const isDocument = (value: Value) => value !== undefined && ("M" in value || "L" in value);
