// The anything-but operator: every value but those listed, or but those that another operator accepts.
import { invalidPattern } from "./errors.ts";
import { isObject, type Scalar } from "./flat.ts";
import { endsWithAny, equalsIgnoreCase, startsWithAny, type Test, type TextTest } from "./texts.ts";
import { wildcard } from "./wildcard.ts";

type Exclusion = {
  excludes: (texts: readonly string[]) => TextTest;
  wrongType: string;
  emptyAllowed: boolean;
};

const AFFIX = { wrongType: "prefix/suffix match pattern must be a string", emptyAllowed: false };

const EXCLUSIONS = new Map<string, Exclusion>([
  ["prefix", { ...AFFIX, excludes: startsWithAny }],
  ["suffix", { ...AFFIX, excludes: endsWithAny }],
  [
    "wildcard",
    { excludes: any(wildcard), wrongType: "wildcard match pattern must be a string", emptyAllowed: true },
  ],
  [
    "equals-ignore-case",
    {
      excludes: any(equalsIgnoreCase),
      wrongType: "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
      emptyAllowed: true,
    },
  ],
]);

/** Null, and any other value of another type than the excluded ones, passes. */
export function anythingBut(operand: unknown): Test {
  if (isObject(operand)) return anythingButMatching(operand);
  const excluded = new Set<Scalar>(
    Array.isArray(operand) ? excludedValues(operand) : [excludedValue(operand)],
  );
  return (value) => !excluded.has(value);
}

function anythingButMatching(operand: Record<string, unknown>): Test {
  const [name, ...surplus] = Object.keys(operand);
  if (name === undefined) throw invalidPattern("Anything-But expression name not found");
  const exclusion = EXCLUSIONS.get(name);
  if (!exclusion) throw invalidPattern(`Unsupported anything-but pattern: ${name}`);
  const excludes = exclusion.excludes(excludedTexts(operand[name], exclusion));
  if (surplus.length > 0) throw invalidPattern("Too many elements in numeric expression");
  return (value) => typeof value !== "string" || !excludes(value);
}

function excludedValue(value: unknown): string | number {
  if (typeof value === "string" || typeof value === "number") return value;
  throw invalidPattern("Value of anything-but must be an array or single string/number value.");
}

function excludedValues(values: readonly unknown[]): (string | number)[] {
  const supported = values.filter((value) => typeof value === "string" || typeof value === "number");
  if (supported.length < values.length) {
    throw invalidPattern("Inside anything but list, start|null|boolean is not supported.");
  }
  if (new Set(supported.map((value) => typeof value)).size === 1) return supported;
  throw invalidPattern(
    "Inside anything but list, either all values are number or string, mixed type is not supported",
  );
}

function excludedTexts(operand: unknown, { wrongType, emptyAllowed }: Exclusion): string[] {
  const texts: unknown[] = Array.isArray(operand) ? operand : [excludedValue(operand)];
  return texts.map((text) => {
    if (typeof text !== "string") throw invalidPattern(wrongType);
    if (text === "" && !emptyAllowed) throw invalidPattern("Null prefix/suffix not allowed");
    return text;
  });
}

function any(operator: (text: string) => TextTest): Exclusion["excludes"] {
  return (operands) => {
    const tests = operands.map(operator);
    return (text) => tests.some((test) => test(text));
  };
}
