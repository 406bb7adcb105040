// What an event pattern says of one field: a list of alternatives, each a literal or a match expression.
import { addressBits, cidrBlock } from "./address.ts";
import { anythingBut } from "./anything-but.ts";
import { invalidPattern } from "./errors.ts";
import { isObject, type Scalar } from "./flat.ts";
import { numeric } from "./numeric.ts";
import { endsWithAny, equalsIgnoreCase, startsWithAny, type Test, whenText } from "./texts.ts";
import { wildcard } from "./wildcard.ts";

export type Alternatives = {
  /** Whether the field may be missing. */
  readonly absent: boolean;
  readonly test: Test;
};

type Affix = "prefix" | "suffix";
type Alternative =
  | { kind: "literal"; value: Scalar }
  | { kind: Affix; text: string }
  | { kind: "absent" }
  | { kind: "test"; test: Test };

const OPERATORS = new Map<string, (operand: unknown) => Alternative>([
  ["exactly", (operand) => ({ kind: "literal", value: textOf(operand, "exact") })],
  ["prefix", (operand) => affix("prefix", operand)],
  ["suffix", (operand) => affix("suffix", operand)],
  [
    "equals-ignore-case",
    (operand) => matching(whenText(equalsIgnoreCase(textOf(operand, "equals-ignore-case")))),
  ],
  ["wildcard", (operand) => matching(whenText(wildcard(textOf(operand, "wildcard"))))],
  ["numeric", (operand) => matching(numeric(operand))],
  // AWS itself calls a CIDR block that is no string a prefix.
  ["cidr", (operand) => matching(whenText(cidrBlock(textOf(operand, "prefix"))))],
  ["exists", exists],
  ["anything-but", (operand) => matching(anythingBut(operand))],
]);

/**
 * One test for all entries of a field's list; throws InvalidEventPatternException for an empty list or an unknown
 * match type.
 */
export function alternatives(entries: readonly unknown[]): Alternatives {
  if (entries.length === 0) throw invalidPattern("Empty arrays are not allowed");
  const all = entries.map(alternative);
  const textsOf = (kind: Affix) => all.flatMap((each) => (each.kind === kind ? [each.text] : []));
  const tests = [
    ...literals(all.flatMap((each) => (each.kind === "literal" ? [each.value] : []))),
    ...affixes(startsWithAny, textsOf("prefix")),
    ...affixes(endsWithAny, textsOf("suffix")),
    ...all.flatMap((each) => (each.kind === "test" ? [each.test] : [])),
  ];
  const [only] = tests;
  return {
    absent: all.some((each) => each.kind === "absent"),
    test: tests.length === 1 && only ? only : (value) => tests.some((test) => test(value)),
  };
}

function alternative(entry: unknown): Alternative {
  if (isObject(entry)) return expression(entry);
  if (Array.isArray(entry)) throw invalidPattern("Match value must be String, number, true, false, or null");
  return literal(entry as Scalar);
}

function expression(entry: Record<string, unknown>): Alternative {
  const [name, ...surplus] = Object.keys(entry);
  if (name === undefined) throw invalidPattern("Match expression name not found");
  const operator = OPERATORS.get(name);
  if (!operator) throw invalidPattern(`Unrecognized match type ${name}`);
  const result = operator(entry[name]);
  if (surplus.length === 0) return result;
  const compound = name === "numeric" || name === "anything-but";
  throw invalidPattern(
    compound ? "Too many elements in numeric expression" : "Only one key allowed in match expression",
  );
}

/** An IP address as a literal also accepts the other spellings of that address. */
function literal(value: Scalar): Alternative {
  const bits = typeof value === "string" ? addressBits(value) : undefined;
  if (bits === undefined) return { kind: "literal", value };
  return matching(whenText((text) => addressBits(text) === bits));
}

function affix(kind: Affix, operand: unknown): Alternative {
  if (!isObject(operand)) return { kind, text: textOf(operand, kind) };
  const [name, ...surplus] = Object.keys(operand);
  if (name !== "equals-ignore-case") throw invalidPattern(unsupported(kind, name));
  const text = textOf(operand[name], name).toLowerCase();
  if (surplus.length > 0) throw invalidPattern("Only one key allowed in match expression");
  const accepts = kind === "prefix" ? startsWithAny([text]) : endsWithAny([text]);
  return matching(whenText((value) => accepts(value.toLowerCase())));
}

function unsupported(kind: Affix, name: string | undefined): string {
  if (name !== undefined) return `Unsupported ${kind} pattern: ${name}`;
  return `${kind === "prefix" ? "Prefix" : "Suffix"} expression name not found`;
}

function exists(operand: unknown): Alternative {
  if (operand === true) return matching(() => true);
  if (operand === false) return { kind: "absent" };
  throw invalidPattern("exists match pattern must be either true or false.");
}

function textOf(operand: unknown, operator: string): string {
  if (typeof operand === "string") return operand;
  throw invalidPattern(`${operator} match pattern must be a string`);
}

function matching(test: Test): Alternative {
  return { kind: "test", test };
}

function literals(values: readonly Scalar[]): Test[] {
  const set = new Set(values);
  return set.size === 0 ? [] : [(value) => set.has(value)];
}

function affixes(operator: typeof startsWithAny, texts: readonly string[]): Test[] {
  return texts.length === 0 ? [] : [whenText(operator(texts))];
}
