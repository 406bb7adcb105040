// The members that Stripe's objects have in the simulated events of every API version, by their path.
import { isObject, type Json } from "../../packages/core/src/json.ts";
import { historyOf } from "../../packages/testing/src/core/simulated.ts";
import { API_VERSIONS } from "../../packages/testing/src/stripe/api-versions.ts";
import { type Members, PARTS } from "./members.ts";

/** Enough for every kind of object to come about in each version. */
const SEEDS = [1, 2, 3, 4, 5, 6];
const ACTIONS = 200;

type Known = { leaves: Members; containers: ReadonlySet<string> };

/** Paths by object type. What is null or empty is one only where no version types what may be below it. */
export function seenMembers(members: ReadonlyMap<string, Members>): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map([...members].map(([type, leaves]) => [type, knownOf(leaves)]));
  const seen = new Map([...members.keys()].map((type) => [type, new Set<string>()]));
  for (const object of objectsTold()) {
    const [paths, those] = [seen.get(object.object), known.get(object.object)];
    if (paths && those) note(object as Json, "", paths, those);
  }
  return seen;
}

function objectsTold() {
  return API_VERSIONS.flatMap((apiVersion) =>
    SEEDS.flatMap((seed) =>
      historyOf({ seed, actions: ACTIONS, apiVersion }).events.map(({ data }) => data.object),
    ),
  );
}

function knownOf(leaves: Members): Known {
  const above = [...leaves.keys()].flatMap((path) => {
    const steps = path.split(".");
    return steps.flatMap((_, index) => {
      const prefix = steps.slice(0, index + 1).join(".");
      const list = prefix.replace(/\[\]$/, "");
      return prefix === path ? [list] : [list, prefix];
    });
  });
  return { leaves, containers: new Set(above.filter((path) => !leaves.has(path))) };
}

function note(value: Json, path: string, paths: Set<string>, known: Known): void {
  const list = isObject(value) && value.object === "list" ? (value.data as Json) : value;
  if (Array.isArray(list) && list.length > 0) {
    for (const entry of list) note(entry, `${path}[]`, paths, known);
  } else if (isObject(list) && !isLeaf(list, path, known)) {
    for (const [name, inner] of Object.entries(list)) {
      note(inner, path === "" ? name : `${path}.${name}`, paths, known);
    }
  } else {
    const leaf = Array.isArray(list) ? `${path}[]` : path;
    if (!known.containers.has(leaf)) paths.add(leaf);
  }
}

/** Metadata, a map, or another Stripe object. */
function isLeaf(object: { [name: string]: Json }, path: string, { leaves }: Known): boolean {
  if (path === "") return false;
  if (leaves.has(path) || path.endsWith("metadata") || Object.keys(object).length === 0) return true;
  const isStripes = typeof object.id === "string" && typeof object.object === "string";
  return isStripes && !PARTS.has(object.object as string);
}
