// docs/event-map.md: what becomes of each snapshot event that Stripe can send.
import { identityOf } from "../../packages/core/src/keys.ts";
import { NEWS_TYPES } from "../../packages/core/src/news.ts";
import { nounOf } from "../../packages/core/src/registry.ts";
import type { Row } from "../../packages/core/src/row.ts";
import { sentenceOf } from "./effects.ts";
import { code, counted, GENERATED, sections, table } from "./markdown.ts";
import { type Effect, effectOf, rowIds } from "./probe.ts";
import type { StripeEventType, StripeObjectType } from "./stripe-events.ts";

/** One line of the map: an event type with one of the object types that it may carry. */
type Entry = { type: string; object: StripeObjectType; noun: string; effect: Effect };

export function eventMap(events: StripeEventType[]): string {
  const entries = events.flatMap(({ type, objects }) => objects.map((object) => entryOf(type, object)));
  const kept = entries.filter(({ effect }) => effect.row !== undefined);
  const byNoun = Map.groupBy(kept, ({ noun }) => noun);
  const nouns = [...byNoun.keys()].sort(genericLast);
  return sections(
    GENERATED,
    "# What becomes of each event",
    introduction(events, byNoun),
    WORDS,
    ...nouns.flatMap((noun) => [heading(noun, byNoun.get(noun) ?? []), rowsOf(byNoun.get(noun) ?? [])]),
    ledgerOnly(entries.filter(({ effect }) => effect.row === undefined)),
  );
}

function entryOf(type: string, object: StripeObjectType): Entry {
  return { type, object, noun: nounOf(object.object).name, effect: effectOf(type, object) };
}

function genericLast(one: string, other: string): number {
  if (one === "generic" || other === "generic") return one === "generic" ? 1 : -1;
  return one < other ? -1 : 1;
}

function introduction(events: StripeEventType[], byNoun: Map<string, Entry[]>): string {
  const generic = typesIn(byNoun.get("generic") ?? []);
  const own = typesIn([...byNoun.values()].flat()) - generic;
  return `stripe-node has types for ${events.length} snapshot event types. ${own} of them reach a noun of their own, \
${generic} are kept as generic rows, and ${events.length - own - generic} leave a ledger row only. Event types and \
objects that are not listed here are kept as generic rows too: none is refused for being unknown (D10). Thin events \
are named alike behind \`v1.\` (\`v1.customer.subscription.updated\`) and have the same effect once their object is \
fetched; one that was told by its snapshot before is a duplicate. Applied without fetching: ${NEWS_TYPES.map(code).join(", ")}, \
which changes customer-account \`{id}\` and the profiles of its customers.`;
}

const WORDS = `Every event leaves a ledger row besides. Under *Effect*:

- **state**: the row takes the state that the event left, unless it holds a newer one (D4).
- **birth**: a state like others that is older than all else in its second.
- **birth, perhaps again**: the id may have been deleted before.
- **gone for good**: a tombstone; the row stays as it was last known, and nothing changes it any more.
- **gone, perhaps not for good**: the row says that it is deleted, until the id is born again.
- **an end, no deletion**: the object can still be fetched, and its status says that it ended.

*Changes too* names the rows and counters that change in the same transaction, where the object names them.`;

function heading(noun: string, entries: Entry[]): string {
  return `## ${noun} (${counted(typesIn(entries), "event type")})\n\n${sentenceOf(noun)}`;
}

function rowsOf(entries: Entry[]): string {
  return table(
    ["Event type", "Stripe object", "Row", "Effect", "Changes too"],
    [...Map.groupBy(entries, ({ type }) => type).values()].map(lineOf),
  );
}

/** An event that may carry objects of several types has the same effect for each. */
function lineOf(entries: Entry[]): string[] {
  const [type = "", ...others] = new Set(entries.map((entry) => entry.type));
  const cells = entries.map(({ object, effect }) => [
    rowIds(type, object).map(code).join(", else "),
    wordOf(type, effect),
    [...effect.joined, ...effect.moves.map(({ key }) => ({ identity: identityOf(key) }))]
      .map(nameOf)
      .join(", "),
  ]);
  const [cell = []] = cells;
  if (others.length > 0 || new Set(cells.map((one) => one.join("|"))).size > 1) {
    throw new Error(`${type} has not one effect: scripts/docs/event-map.ts has no words for that.`);
  }
  return [code(type), entries.map(({ object }) => code(object.object)).join(", "), ...cell];
}

function nameOf({ identity: { noun, id } }: Pick<Row, "identity">): string {
  return `${noun} ${code(id)}`;
}

function wordOf(type: string, { row }: Effect): string {
  const [part] = Object.values(row?.parts ?? {});
  if (part?.deleted) return part.finality === "tombstone" ? "gone for good" : "gone, perhaps not for good";
  if (type.endsWith(".deleted")) return "an end, no deletion";
  if (!type.endsWith(".created")) return "state";
  return part !== undefined && part.rank < 0 ? "birth" : "birth, perhaps again";
}

function ledgerOnly(entries: Entry[]): string {
  const rows = entries.map(({ type, object }) => [code(type), code(object.object)]);
  return `## No row (${counted(typesIn(entries), "event type")})

These carry an object without an id, so there is no row to keep it in: the event is in the timeline of the customer it
names, else in its own ledger row. What it tells is gone with it, unless the bus's archive is asked.

${table(["Event type", "Stripe object"], rows)}`;
}

function typesIn(entries: Entry[]): number {
  return new Set(entries.map(({ type }) => type)).size;
}
