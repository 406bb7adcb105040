// Every final row of the local table, as `--dump` writes it: JSON lines in the order of their names.
import { writeFileSync } from "node:fs";
import { type Attributes, unmarshalled } from "@stripe-lanes/core/dynamo-encoding";
import { entriesOf, type Item } from "@stripe-lanes/core/item";
import { shownIn, type View } from "@stripe-lanes/core/view";
import { scanned } from "@stripe-lanes/testing/local/dynamodb/scanned";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";

export type Table = {
  /** Sorted by tenant, noun and id, and by the object type where one noun keeps several. */
  rows: View[];
  /** How many events the ledger holds. */
  events: number;
};

export async function readTable({ aws, deployed }: Pipeline): Promise<Table> {
  const items = (await scanned<Attributes>(aws.dynamodb, deployed.table)).map(
    (one) => unmarshalled(one) as Item,
  );
  return { rows: shownIn(items).sort(byName), events: entriesOf(items).length };
}

/** Each row's kind is written as `entity`; `noun` stays beside it for who reads that. */
export function writeDump(file: string, rows: View[]): void {
  const lines = rows.map((view) => `${JSON.stringify({ entity: view.noun, ...view })}\n`);
  writeFileSync(file, lines.join(""));
}

function byName(a: View, b: View): number {
  for (const field of ["tenant", "noun", "id"] as const) {
    if (a[field] !== b[field]) return a[field] < b[field] ? -1 : 1;
  }
  return typeOf(a) < typeOf(b) ? -1 : 1;
}

function typeOf(row: View): string {
  return row.noun === "generic" ? row.state.object : "";
}
