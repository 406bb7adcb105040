// The kinds of rows as events bring them about: under which keys, with which statuses, and what changes with them.
import {
  identityOf,
  type RowIdentity,
  relationKey,
  rowKey,
  statusKey,
} from "../../packages/core/src/keys.ts";
import { isTerminal, type Lifecycle } from "../../packages/core/src/lifecycle.ts";
import type { Noun } from "../../packages/core/src/noun.ts";
import { nounOf } from "../../packages/core/src/registry.ts";
import { code, counted, table } from "./markdown.ts";
import { effectOf, rowIds } from "./probe.ts";
import type { StripeEventType, StripeObjectType } from "./stripe-events.ts";

/** A row that an event writes or, of a counter, adds to. */
export type Sighting = {
  identity: RowIdentity;
  hasStatus: boolean;
  /** What told of it; missing where it changed with another row. */
  by?: { type: string; object: StripeObjectType };
  /** The nouns of what changed with it. */
  changes: string[];
};

/** What all events together bring about. */
export function sightings(events: readonly StripeEventType[]): Sighting[] {
  return events.flatMap(({ type, objects }) => objects.flatMap((object) => sightingsOf(type, object)));
}

function sightingsOf(type: string, object: StripeObjectType): Sighting[] {
  const { row, joined, moves } = effectOf(type, object);
  if (row === undefined) return [];
  const counters = moves.map(({ key }) => ({ identity: identityOf(key), hasStatus: false, changes: [] }));
  const others = joined.map(({ identity, status }) => ({
    identity,
    hasStatus: status !== null,
    changes: [],
  }));
  const changes = [...others, ...counters].map(({ identity }) => identity.noun);
  const own = { identity: row.identity, hasStatus: row.status !== null, by: { type, object }, changes };
  return [own, ...others, ...counters];
}

/** More are not listed one by one. */
const MOST_OBJECTS = 8;

/** Which objects tell of such rows, with how many event types each. */
export function objectsLine(seen: readonly Sighting[]): string {
  const objects = [...Map.groupBy(toldBy(seen), ({ object }) => object.object)];
  if (objects.length === 0) return "";
  if (objects.length > MOST_OBJECTS)
    return `Told by ${objects.length} types of objects that Stripe has today.`;
  const each = objects.map(([object, by]) => {
    const types = new Set(by.map(({ type }) => type));
    return `${code(object)} (${counted(types.size, "event type")})`;
  });
  return `Told by ${each.join(", ")}.`;
}

/** Where a row's id is not just the object's. */
export function idsLine(seen: readonly Sighting[]): string {
  const ids = new Map(toldBy(seen).map(({ type, object }) => [object.object, rowIds(type, object)]));
  const other = [...ids].filter(([, [first]]) => first !== "{id}");
  const each = other.map(
    ([object, those]) => `${code(object)} is kept under ${those.map(code).join(", else ")}.`,
  );
  return each.join(" ");
}

function toldBy(seen: readonly Sighting[]) {
  return seen.flatMap(({ by }) => by ?? []);
}

/** What may change in one transaction with such a row. */
export function changesLine(seen: readonly Sighting[]): string {
  const nouns = [...new Set(seen.flatMap(({ changes }) => changes))].sort();
  return nouns.length === 0 ? "" : `Changes with it, in its transaction: ${nouns.map(code).join(", ")}.`;
}

/** @throws Error for a noun that no event brings about. */
export function keysTable(name: string, noun: Noun | undefined, seen: readonly Sighting[]): string {
  const naming = seen.filter(({ identity }) => identity.customer !== null);
  const one = naming.find(({ identity }) => identity.customer !== identity.id) ?? naming[0] ?? seen[0];
  if (one === undefined)
    throw new Error(`No event brings about a row of the noun ${name}: is it in the registry?`);
  const home = noun?.home ?? (one.identity.customer === null ? "own" : "customer");
  const hasStatus = seen.some((sighting) => sighting.hasStatus);
  const pattern = patternOf(one.identity);
  const lines = (noun ? variants(pattern) : [pattern]).map((identity) => {
    const { pk, sk } = rowKey(home, identity);
    const { gsi1pk = "", gsi1sk = "" } = (noun && relationKey(home, identity)) ?? {};
    const { gsi2pk = "", gsi2sk = "" } = hasStatus ? statusKey(identity, "{status}") : {};
    return [
      identity.customer === null ? "no" : "yes",
      `${pk} ${sk}`,
      `${gsi1pk} ${gsi1sk}`,
      `${gsi2pk} ${gsi2sk}`,
    ];
  });
  const isVaried = lines.length > 1;
  const cells = lines.map(([names = "", ...keys]) => [isVaried ? names : "", ...keys.map(keyCell)]);
  return table(["Names a customer", "Key", "`gsi1`", "`gsi2`"], cells);
}

function keyCell(keys: string): string {
  const each = keys.split(" ").filter((key) => key !== "");
  return each.map(code).join(", ");
}

function patternOf({ id, customer, object, ...rest }: RowIdentity): RowIdentity {
  const kind = object === undefined ? rest : { ...rest, object: "{type}" };
  if (id === customer) return { ...kind, id: "{customer}", customer: "{customer}" };
  return { ...kind, id: id.startsWith("{") ? "{id}" : id, customer };
}

function variants(identity: RowIdentity): RowIdentity[] {
  const isFixed = identity.customer === null || identity.customer === identity.id;
  return isFixed ? [identity] : [identity, { ...identity, customer: null }];
}

/** How the statuses of such rows move, of each object type that has any. */
export function statusLines(seen: readonly Sighting[]): string {
  const objects = new Set(toldBy(seen).map(({ object }) => object.object));
  const each = [...objects].map((object) => ({
    object,
    text: lifecycleText(nounOf(object).lifecycleOf({ object })),
  }));
  return each
    .filter(({ text }) => text !== "")
    .map(({ object, text }) => `- ${code(object)}: ${text}`)
    .join("\n");
}

function lifecycleText(lifecycle: Lifecycle): string {
  if (lifecycle.reusable) return "an id may be born again after it is deleted.";
  const byRank = Map.groupBy(Object.keys(lifecycle.ranks), (status) => lifecycle.ranks[status] ?? 0);
  const ranks = [...byRank].sort(([one], [other]) => one - other);
  return ranks
    .map(([, statuses]) => statuses.map((status) => statusText(lifecycle, status)).join(", "))
    .join(" → ");
}

function statusText(lifecycle: Lifecycle, status: string): string {
  return isTerminal(lifecycle, status) ? `**${code(status)}**` : code(status);
}
