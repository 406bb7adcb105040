// Every final row of the local table, as `--dump` writes it: JSON lines in the order of their names.
import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { countersOf, type Item, rowsOf } from "@stripe-lanes/core/item";
import { type RowView, type StockView, viewOf, viewOfCounter } from "@stripe-lanes/core/view";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { Mistake } from "./mistake.ts";

type Scanned = { Items: Parameters<typeof unmarshall>[0][]; LastEvaluatedKey?: object };

/** A line of the dump. */
export type DumpedRow = RowView | StockView;

/** Sorted by tenant, noun and id, and by the object type where one noun keeps several. */
export async function readViews({ aws, deployed }: Pipeline): Promise<DumpedRow[]> {
  const items = await scan(aws.dynamodb.dispatch, deployed.table);
  return [...rowsOf(items).map(viewOf), ...countersOf(items).map(viewOfCounter)].sort(byName);
}

/** @throws Mistake when the file could not be written in the end. */
export function checkDump(file: string): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new Mistake(`--dump takes a file, and ${file} is a folder.`);
  if (!existsSync(dirname(file)))
    throw new Mistake(`There is no folder ${dirname(file)} to write --dump into.`);
}

export function writeDump(file: string, views: DumpedRow[]): void {
  writeFileSync(file, views.map((view) => `${JSON.stringify(view)}\n`).join(""));
}

async function scan(dispatch: Pipeline["aws"]["dynamodb"]["dispatch"], TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  let start = {};
  for (;;) {
    const page = (await dispatch("Scan", { TableName, ...start })) as Scanned;
    items.push(...page.Items.map((item) => unmarshall(item) as Item));
    if (page.LastEvaluatedKey === undefined) return items;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}

function byName(a: DumpedRow, b: DumpedRow): number {
  for (const field of ["tenant", "noun", "id"] as const) {
    if (a[field] !== b[field]) return a[field] < b[field] ? -1 : 1;
  }
  return typeOf(a) < typeOf(b) ? -1 : 1;
}

function typeOf(row: DumpedRow): string {
  return row.noun === "generic" ? row.state.object : "";
}
