// Compiles event patterns and matches events against them, as aws/event-ruler does it.
import { invalidPattern } from "./errors.ts";
import { type FlatEvent, flatten, isObject, join, NOWHERE, type Places } from "./flat.ts";
import { type Alternatives, alternatives } from "./operators.ts";

type Condition = Alternatives & { readonly path: string };
/** Alternatives, each a list of conditions that must all hold. */
export type CompiledPattern = readonly (readonly Condition[])[];
type Branch = ReadonlyMap<string, Alternatives>;

/** In characters: AWS's quota for the size of an event pattern. */
const MAX_PATTERN_LENGTH = 2048;
/** Of the choices of all `$or`s, which multiply. */
const MAX_COMBINATIONS = 1000;

const RESERVED_INSIDE_OR = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex
  not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before
  in-date-range ip-address-in-range ip-address-not-in-range`.split(/\s+/),
);

/** Compiles a pattern into a test of events; throws InvalidEventPatternException. */
export function compilePattern(pattern: string | object): (event: object) => boolean {
  const compiled = compile(pattern);
  return (event) => matches(compiled, flatten(event));
}

/** For events that are matched against several patterns: flatten once, then `matches` for each. */
export function compile(pattern: string | object): CompiledPattern {
  const text = typeof pattern === "string" ? pattern : JSON.stringify(pattern);
  if (text.length > MAX_PATTERN_LENGTH) {
    throw invalidPattern(`The pattern has ${text.length} characters, ${MAX_PATTERN_LENGTH} are allowed`);
  }
  const parsed = parse(text);
  if (!isObject(parsed)) throw invalidPattern("Filter is not an object");
  return withMembers([new Map()], "", parsed, false).map(conditions);
}

/**
 * Whether one of the pattern's alternatives holds; conditions on members of an array must hold for the same
 * element.
 */
export function matches(pattern: CompiledPattern, event: FlatEvent): boolean {
  return pattern.some((branch) => holdFrom(0, branch, NOWHERE, event));
}

/** Whether the conditions from `index` on hold for values that lie in the same elements of every array. */
function holdFrom(index: number, branch: readonly Condition[], places: Places, event: FlatEvent): boolean {
  const condition = branch[index];
  if (!condition) return true;
  const leaves = event.get(condition.path) ?? [];
  const found = leaves.some((leaf) => {
    if (!condition.test(leaf.value)) return false;
    const together = consistent(places, leaf.places);
    return together !== undefined && holdFrom(index + 1, branch, together, event);
  });
  if (found || !condition.absent) return found;
  const present = leaves.some((leaf) => consistent(places, leaf.places));
  return !present && holdFrom(index + 1, branch, places, event);
}

function consistent(some: Places, others: Places): Places | undefined {
  if (others.size === 0) return some;
  if (some.size === 0) return others;
  const together = new Map(some);
  for (const [array, element] of others) {
    if ((together.get(array) ?? element) !== element) return undefined;
    together.set(array, element);
  }
  return together;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidPattern((error as Error).message);
  }
}

function withMembers(
  branches: readonly Branch[],
  path: string,
  members: Record<string, unknown>,
  insideOr: boolean,
): readonly Branch[] {
  const entries = Object.entries(members);
  if (entries.length === 0) throw invalidPattern("Empty objects are not allowed");
  return entries.reduce<readonly Branch[]>((sofar, [key, value]) => {
    if (key === "$or") return withOr(sofar, path, value);
    if (insideOr && RESERVED_INSIDE_OR.has(key)) {
      throw invalidPattern(`${key} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    if (isObject(value)) return withMembers(sofar, join(path, key), value, insideOr);
    if (!Array.isArray(value)) throw invalidPattern(`"${key}" must be an object or an array`);
    const accepted = alternatives(value);
    return sofar.map((branch) => new Map(branch).set(join(path, key), accepted));
  }, branches);
}

function withOr(branches: readonly Branch[], path: string, choices: unknown): readonly Branch[] {
  if (!Array.isArray(choices)) throw invalidPattern("It must be an Array followed with $or.");
  const forked = choices.flatMap((choice: unknown) => {
    if (isObject(choice)) return withMembers(branches, path, choice, true);
    throw invalidPattern("Only JSON object is allowed in array of $or relationship.");
  });
  if (choices.length < 2) throw invalidPattern("There must have at least 2 Objects in $or relationship.");
  if (forked.length > MAX_COMBINATIONS) {
    throw invalidPattern(`$or makes more than ${MAX_COMBINATIONS} combinations`);
  }
  return forked;
}

/** In the order of their paths, which decides what "absent from the same element" looks at. */
function conditions(branch: Branch): Condition[] {
  const inOrder = [...branch].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([path, accepted]) => ({ path, ...accepted }));
}
