// What rows weigh as they are written: over a simulated history, in the bytes that DynamoDB bills by.
import { marshalled } from "../../packages/core/src/dynamo-encoding.ts";
import { rowItem } from "../../packages/core/src/item.ts";
import { nounNamed } from "../../packages/core/src/registry.ts";
import type { Row } from "../../packages/core/src/row.ts";
import { deliver, historyOf, nothingTold } from "../../packages/testing/src/core/simulated.ts";
import { itemBytes } from "../../packages/testing/src/local/dynamodb/attributes.ts";
import { seeded } from "../../packages/testing/src/random.ts";
import { code, table } from "./markdown.ts";

/**
 * Bytes of the row as an event left it. Half of the ordinary ones have no more than the median, 95 of 100 no more than
 * `most`; the largest is of all.
 */
export type RowSizes = { entity: string; written: number; median: number; most: number; largest: number };

/** Of one second at one rank a row keeps each event's state till it is known which was the last (D4): more are rare. */
const MOST_OF_A_SECOND = 2;

const SEEDS = [1, 2, 3];
const ACTIONS = 200;

/** Of each entity, in alphabetical order; the same each time. */
export async function rowSizes(): Promise<RowSizes[]> {
  const rows: Row[] = [];
  for (const seed of SEEDS) await tell(seed, rows);
  const byEntity = Map.groupBy(rows, ({ identity }) => identity.noun);
  const sizes = [...byEntity].map(([entity, those]) => sizesOf(entity, those));
  return sizes.sort((one, other) => (one.entity < other.entity ? -1 : 1));
}

/** In the order in which it happened. */
async function tell(seed: number, rows: Row[]): Promise<void> {
  const { store, facts } = nothingTold();
  const commit: typeof store.commit = async (changes, now) => {
    await store.commit(changes, now);
    rows.push(...changes.rows);
  };
  const { events } = historyOf({ seed, actions: ACTIONS });
  await deliver(events, seeded(seed), { store: { ...store, commit }, facts });
}

function bytesOf(row: Row): number {
  return itemBytes(marshalled(rowItem(row)) as Parameters<typeof itemBytes>[0]);
}

function sizesOf(entity: string, rows: Row[]): RowSizes {
  const ordered = rows
    .filter(isOrdinary)
    .map(bytesOf)
    .sort((one, other) => one - other);
  const at = (share: number) => ordered[Math.ceil(share * ordered.length) - 1] ?? 0;
  return {
    entity,
    written: rows.length,
    median: at(0.5),
    most: at(0.95),
    largest: Math.max(...rows.map(bytesOf)),
  };
}

/** A payment with an order and refunds, or with several of one, keeps each of them. */
function isOrdinary({ identity, parts, joined }: Row): boolean {
  const isKnown = Object.values(parts).every(({ remembered }) => remembered.length <= MOST_OF_A_SECOND);
  return isKnown && (nounNamed(identity.noun).hasParts !== true || joined.length <= 1);
}

export function sizesTable(sizes: readonly RowSizes[]): string {
  return table(
    ["Entity", "Rows written", "Median", "95 %", "Largest"],
    sizes.map(({ entity, ...numbers }) => [code(entity), ...Object.values(numbers).map(String)]),
  );
}
