// Tells a few events in many orders, with copies, and looks at what became of it: rows, stock and facts (D4, D21).
import { handleBatch } from "@stripe-lanes/core/batch";
import { type Fact, facts, stockFacts } from "@stripe-lanes/core/facts";
import { countersOf, rowItem, rowsOf } from "@stripe-lanes/core/item";
import { canonical, type JsonObject } from "@stripe-lanes/core/json";
import { keyText } from "@stripe-lanes/core/keys";
import type { MemoryStore } from "@stripe-lanes/core/memory";
import { shownIn, type View } from "@stripe-lanes/core/view";
import { expect } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf, snapshotEvent } from "../events.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { seeded } from "../random.ts";

export type Meaning = {
  events: EventJson[];
  /** By noun and id, what the row's state holds among others; null where there must be no such row. */
  rows: Record<string, JsonObject | null>;
  /** What is told in every order: each name with its amounts, where it has any. Of others nothing is asked. */
  told: Record<string, number[]>;
  /** What is told in no order. */
  never?: Fact["name"][];
};

const ORDERS = 25;

/** Seconds since the epoch: long after all of it. */
const NOW = FIRST_SECOND + 400 * 86_400;

/** In true order first, then in others, of which each has a copy of an event. */
export async function expectMeaning({ events, rows, told, never = [] }: Meaning): Promise<void> {
  const random = seeded(11);
  let first: string | undefined;
  for (let order = 0; order < ORDERS; order++) {
    const copy = events[order % events.length] as EventJson;
    const deliveries = order === 0 ? events : random.shuffle([...events, copy]);
    const { store, facts: all } = await toldOf(deliveries);
    const content = contentOf(store);
    first ??= content;
    expect(content, "Every order ends in the same rows.").toBe(first);
    expectRows(shownIn(store.items()), rows);
    for (const [name, amounts] of Object.entries(told)) {
      const details = all.filter((fact) => fact.name === name).map(({ detail }) => detail as JsonObject);
      const found = details.map(({ amount }) => (typeof amount === "number" ? amount : 0));
      expect(
        found.sort((a, b) => a - b),
        `${name} in order ${order}`,
      ).toEqual(amounts);
    }
    expect(all.map(({ name }) => name).filter((name) => never.includes(name))).toEqual([]);
  }
}

function expectRows(views: View[], rows: Meaning["rows"]): void {
  for (const [name, state] of Object.entries(rows)) {
    const view = views.find(({ noun, id }) => `${noun} ${id}` === name);
    if (state === null) expect(view, name).toBeUndefined();
    else expect(view?.state, name).toMatchObject(state);
  }
}

async function toldOf(deliveries: EventJson[]): Promise<{ store: MemoryStore; facts: Fact[] }> {
  const ports = testPorts({ now: () => NOW * 1000 });
  const all: Fact[] = [];
  for (const event of deliveries) {
    const [rows, counters] = [rowsIn(ports.memory), countersIn(ports.memory)];
    const [result] = await handleBatch(messagesOf(event), ports, TEST_OPTIONS);
    expect(result).toMatchObject({ kind: "settled" });
    expect(["applied", "superseded", "duplicate"]).toContain((result as { outcome?: string }).outcome);
    for (const [key, row] of rowsIn(ports.memory)) all.push(...facts(rows.get(key), row, { at: NOW }));
    for (const [key, counter] of countersIn(ports.memory))
      all.push(...stockFacts(counters.get(key), counter));
  }
  return { store: ports.memory, facts: all };
}

function rowsIn(store: MemoryStore) {
  return new Map(rowsOf(store.items()).map((row) => [keyText(row.key), row]));
}

function countersIn(store: MemoryStore) {
  return new Map(countersOf(store.items()).map((counter) => [keyText(counter.key), counter]));
}

/** Evidence and parts too: all but how often a row was written. */
function contentOf(store: MemoryStore): string {
  const rows = rowsOf(store.items()).map((row) => {
    const { rev: _, ...item } = rowItem(row);
    return item;
  });
  return canonical(rows as unknown as JsonObject[]);
}

/** An event of an object, so many seconds after the first. */
export function at(second: number, type: string, object: JsonObject, previous?: JsonObject): EventJson {
  return snapshotEvent({
    id: `evt_${type}_${object.id}_${second}`,
    created: FIRST_SECOND + second,
    type,
    object: object as JsonObject & { object: string },
    ...(previous && { previous }),
  });
}
