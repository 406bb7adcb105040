// The numeric operator: one comparison, or a lower and then an upper bound.
import { invalidPattern } from "./errors.ts";
import type { Test } from "./texts.ts";

type Comparison = (value: number, bound: number) => boolean;

const COMPARISONS = new Map<unknown, Comparison>([
  ["=", (value, bound) => value === bound],
  ["<", (value, bound) => value < bound],
  ["<=", (value, bound) => value <= bound],
  [">", (value, bound) => value > bound],
  [">=", (value, bound) => value >= bound],
]);

/** A test that holds for numbers alone; throws InvalidEventPatternException, in the words of aws/event-ruler. */
export function numeric(operand: unknown): Test {
  if (!Array.isArray(operand)) throw invalidPattern("Value of numeric must be an array.");
  const [operator, bound, ...upper] = operand as unknown[];
  if (typeof operator !== "string")
    throw invalidPattern(`Invalid member in numeric match: ${operator ?? "]"}`);
  const comparison = COMPARISONS.get(operator);
  if (!comparison) throw invalidPattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== "number") {
    throw invalidPattern(`Value of ${operator === "=" ? "equals" : operator} must be numeric`);
  }
  const holds: Test = (value) => typeof value === "number" && comparison(value, bound);
  if (upper.length === 0) return holds;
  if (!operator.startsWith(">")) throw invalidPattern("Too many elements in numeric expression");
  const below = upperBound(bound, upper);
  return (value) => holds(value) && below(value);
}

function upperBound(lower: number, [operator, bound, ...surplus]: readonly unknown[]): Test {
  if (typeof operator !== "string") throw invalidPattern(`Bad value in numeric range: ${operator}`);
  const comparison = operator.startsWith("<") ? COMPARISONS.get(operator) : undefined;
  if (!comparison) throw invalidPattern(`Bad numeric range operator: ${operator}`);
  if (typeof bound !== "number") throw invalidPattern(`Value of ${operator} must be numeric`);
  if (surplus.length > 0) throw invalidPattern("Too many terms in numeric range expression");
  if (lower >= bound) throw invalidPattern("Bottom must be less than top");
  return (value) => typeof value === "number" && comparison(value, bound);
}
