// The plain members of a Stripe object that has no noun, nested ones too, within bounds and without secrets (D28).
import { referenceId, type StripeObject } from "./event.ts";
import { canonical, isObject, type Json, type JsonObject } from "./json.ts";
import { isWhole } from "./list.ts";
import { isSecretMember, isSecretText } from "./secret-members.ts";

/** Names on the way to a value: `phases[].items[].price_data.recurring.interval` has five. */
const DEEPEST = 5;

/** Of a list the first ones. */
const MOST_ENTRIES = 25;

/** Bytes of JSON that all nested members of an object may come to: more would make a row cost more for all its events. */
const MOST_BYTES = 2_048;

export type PlainMembers = {
  members: JsonObject;
  /** Own members of which not all was kept, in ascending order: too deep, too long, too large, or cut by Stripe. */
  cut: string[];
};

/** What is kept of a value: nothing of what is null, empty or secret. */
type Kept = { value?: Json; isCut: boolean };
type Member = Kept & { name: string };

const NOTHING: Kept = { isCut: false };
const TOO_DEEP: Kept = { isCut: true };

/**
 * A function of the object alone, in whatever order its members were written: texts, numbers and flags, references by
 * id, and objects and lists of these. Of nested members those that are smallest are kept, as many as fit.
 */
export function plainMembers(object: StripeObject): PlainMembers {
  const all = membersOf(object, object.object, 1);
  const fitting = smallest(all);
  const cut = all.filter((member) => member.isCut || (member.value !== undefined && !fitting.has(member)));
  return { members: joined([...fitting]), cut: cut.map(({ name }) => name).sort() };
}

function membersOf(object: JsonObject, path: string, depth: number): Member[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const here = `${path}.${name}`;
    return isSecretMember(here, name) ? [] : [{ name, ...kept(value, here, depth) }];
  });
}

function smallest(members: Member[]): ReadonlySet<Member> {
  const bytes = new Map(members.map((member) => [member, bytesOf(member)]));
  const bySize = members.toSorted(
    (one, other) => (bytes.get(one) ?? 0) - (bytes.get(other) ?? 0) || (one.name < other.name ? -1 : 1),
  );
  let left = MOST_BYTES;
  return new Set(
    bySize.filter((member) => {
      left -= bytes.get(member) ?? 0;
      return left >= 0;
    }),
  );
}

/** Of a nested member alone: the others are kept whatever they come to. */
function bytesOf({ name, value }: Member): number {
  return typeof value === "object" ? Buffer.byteLength(canonical({ [name]: value })) : 0;
}

function joined(members: readonly Member[]): JsonObject {
  return Object.fromEntries(
    members.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

function kept(value: Json, path: string, depth: number): Kept {
  if (value === null) return NOTHING;
  if (Array.isArray(value)) return keptList(value, path, depth);
  if (isObject(value)) return keptObject(value, path, depth);
  return typeof value === "string" && isSecretText(value) ? NOTHING : { value, isCut: false };
}

function keptList(list: Json[], path: string, depth: number): Kept {
  const entries = list.slice(0, MOST_ENTRIES).map((entry) => kept(entry, path, depth));
  const value = entries.flatMap((entry) => (entry.value === undefined ? [] : [entry.value]));
  const isCut = list.length > MOST_ENTRIES || entries.some((entry) => entry.isCut);
  return value.length === 0 ? { isCut } : { value, isCut };
}

/** What has an id is another object: it is kept by that, and nothing below it. */
function keptObject(object: JsonObject, path: string, depth: number): Kept {
  const id = referenceId(object);
  if (id !== null) return kept(id, path, depth);
  if (object.object === "list") return keptEntries(object, path, depth);
  if (depth === DEEPEST) return Object.keys(object).length === 0 ? NOTHING : TOO_DEEP;
  const members = membersOf(object, path, depth + 1);
  const value = joined(members);
  const isCut = members.some((member) => member.isCut);
  return Object.keys(value).length === 0 ? { isCut } : { value, isCut };
}

function keptEntries(list: JsonObject, path: string, depth: number): Kept {
  if (!Array.isArray(list.data)) return NOTHING;
  const { value, isCut } = keptList(list.data, path, depth);
  const isAllOfIt = isWhole(list) && !isCut;
  return value === undefined ? { isCut: !isAllOfIt } : { value, isCut: !isAllOfIt };
}
