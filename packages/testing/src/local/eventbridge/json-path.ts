// The JSON paths that EventBridge knows: members by name, array indices and `[*]`.

/** Gives what lies at the path; nothing when there is no such thing. */
export type Find = (document: unknown) => unknown;
type Step = { name: string } | { index: number } | "each";

const STEP = /\.(?<name>[^.[\]\s]+)|\[(?<index>\d+)\]|\[\*\]/y;

/** Compiles a path such as `$.detail.items[0].id`; nothing when the text is no path. */
export function compilePath(path: string): Find | undefined {
  const steps = stepsOf(path);
  return steps && ((document) => follow(document, steps));
}

function stepsOf(path: string): Step[] | undefined {
  if (!path.startsWith("$")) return undefined;
  const steps: Step[] = [];
  for (let at = 1; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const found = STEP.exec(path);
    if (!found) return undefined;
    steps.push(step(found.groups ?? {}));
  }
  return steps;
}

function step({ name, index }: Record<string, string | undefined>): Step {
  if (name !== undefined) return { name };
  return index === undefined ? "each" : { index: Number(index) };
}

function follow(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return value;
  if (step === "each")
    return Array.isArray(value) ? value.map((element) => follow(element, rest)) : undefined;
  return follow("name" in step ? memberOf(value, step.name) : elementOf(value, step.index), rest);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function elementOf(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}
