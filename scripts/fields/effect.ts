// Whether a member of a Stripe object changes what is kept of it: found out by handing core one that differs in it.
import { customerOf, idOf, type StripeObject } from "../../packages/core/src/event.ts";
import { canonical, isObject, type Json, type JsonObject } from "../../packages/core/src/json.ts";
import { nounOf } from "../../packages/core/src/registry.ts";
import type { Members, Sample } from "./members.ts";

/** What else an object says can decide whether a member counts: how far it is, and what kind it is. */
const DECIDING = ["status", "type", "mode", "custom_fields[].type"];

/** More words are not tried. */
const MOST_SAMPLES = 6;

/** The paths of which a change changes the row's id, its state, its customer or what is proven of it for good. */
export function pathsThatCount(type: string, members: Members): ReadonlySet<string> {
  const bases = basesOf(type, members);
  const counts = (path: string, samples: readonly Sample[]) =>
    bases.some((base) => {
      const tries = [undefined, ...samples.slice(0, MOST_SAMPLES)].map((value) =>
        effectOf(put(base, path, value)),
      );
      return new Set(tries).size > 1;
    });
  return new Set([...members].filter(([path, samples]) => counts(path, samples)).map(([path]) => path));
}

function effectOf(object: StripeObject): string {
  const noun = nounOf(object.object);
  const id = noun.rowIdOf ? noun.rowIdOf(object) : idOf(object);
  const type = `${object.object}.updated`;
  const state = noun.project(object, type);
  const seen = { id: idOf(object) ?? "", object, state, type, at: 0, second: 0, previous: null };
  const proven = [noun.evidence?.(seen) ?? null, noun.proofs?.(seen) ?? null];
  return canonical([id, state, customerOf(object), ...proven] as Json);
}

/** One that says nothing, one whose lists have bare entries, and one that says everything, in each of its kinds. */
function basesOf(type: string, members: Members): StripeObject[] {
  const bare: StripeObject = { object: type, id: "id" };
  const full = [...members].reduce((object, [path, [first]]) => put(object, path, first, true), bare);
  const kinds = DECIDING.flatMap((path) => (members.get(path) ?? []).map((value) => ({ path, value })));
  const entries = [...members.keys()].filter((path) => /^\w+\[\]\.id$/.test(path));
  const listing = entries.reduce((object, path) => put(object, path, "one"), bare);
  const bases = [bare, listing, full].flatMap((base) => [
    base,
    ...kinds.map(({ path, value }) => put(base, path, value)),
  ]);
  return members.has("captured") ? bases.flatMap((base) => [base, put(base, "captured", false)]) : bases;
}

/** A copy with a value at a path, or without; what the path goes through is made where it is not there. */
export function put(
  object: StripeObject,
  path: string,
  value: Sample | undefined,
  keeps = false,
): StripeObject {
  if (path === "object") return object;
  return putInto(object, path.split("."), value, keeps) as StripeObject;
}

function putInto(
  into: Json | undefined,
  names: readonly string[],
  value: Sample | undefined,
  keeps: boolean,
): JsonObject {
  const object = isObject(into) ? into : {};
  const [step = "", ...rest] = names;
  const name = step.replace("[]", "");
  const inside = step.endsWith("[]") && Array.isArray(object[name]) ? object[name][0] : object[name];
  const next =
    rest.length > 0 ? putInto(inside, rest, value, keeps) : keeps && isObject(inside) ? inside : value;
  const { [name]: _, ...others } = object;
  if (next === undefined) return others;
  return { ...others, [name]: step.endsWith("[]") ? [next] : next };
}
