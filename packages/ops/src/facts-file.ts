// Every fact of a run once, as `--facts` writes it: JSON lines by row, and of each row in the order of its revisions.
import { writeFileSync } from "node:fs";
import { unmarshalled } from "@stripe-lanes/core/dynamo-encoding";
import { facts, stockFacts } from "@stripe-lanes/core/facts";
import { type PublishedFact, published } from "@stripe-lanes/core/facts/published";
import { countersOf, type Item, rowsOf } from "@stripe-lanes/core/item";
import { type Key, keyText, partition } from "@stripe-lanes/core/keys";
import type { StreamRecord } from "@stripe-lanes/testing/local/dynamodb/stream";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";

type Change = { before: Item[]; after: Item[]; at: number };

/** Tells the facts of a change; it counts the moves of each counter, which has no revision. */
type Teller = (record: StreamRecord) => PublishedFact[];

/** Reads the stream of the run's table from now on; what it gives is told the facts so far. */
export function followFacts({ aws, deployed }: Pick<Pipeline, "aws" | "deployed">): () => PublishedFact[] {
  const rows = new Map<string, PublishedFact[]>();
  const tell = factTeller();
  aws.dynamodb.follow(deployed.table, (record) => {
    const told = tell(record);
    if (told.length === 0) return;
    const row = keyText(unmarshalled(record.dynamodb.Keys as Image) as Key);
    const known = rows.get(row) ?? [];
    known.push(...told);
    rows.set(row, known);
  });
  return () => [...rows].sort(byRow).flatMap(([, told]) => told);
}

/** What is no row and no counter tells nothing: a ledger entry, or an item that has expired. */
function factTeller(): Teller {
  const moves = new Map<string, number>();
  const labels: Labels = new Map();
  const movesOf = (key: Key) => {
    const count = (moves.get(keyText(key)) ?? 0) + 1;
    moves.set(keyText(key), count);
    return count;
  };
  return ({ dynamodb }) => {
    const { OldImage, NewImage, ApproximateCreationDateTime: at } = dynamodb;
    const change = { before: itemsIn(OldImage), after: itemsIn(NewImage), at };
    noteLabels(change, labels);
    return [...rowFacts(change, labels), ...counterFacts(change, movesOf)];
  };
}

export function writeFacts(file: string, told: readonly PublishedFact[]): void {
  writeFileSync(file, told.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
}

/** By tenant and customer, as their profiles have them by now. */
type Labels = Map<string, string | undefined>;

function noteLabels({ after }: Change, labels: Labels): void {
  for (const { identity, state } of rowsOf(after).filter((row) => row.identity.noun === "profile")) {
    labels.set(partition(identity.tenant, identity.id), state.label as string | undefined);
  }
}

function rowFacts({ before, after, at }: Change, labels: Labels): PublishedFact[] {
  const [was] = rowsOf(before);
  return rowsOf(after).flatMap((row) => {
    const { tenant, customer } = row.identity;
    const label = customer === null ? undefined : labels.get(partition(tenant, customer));
    return published(facts(was, row, { at, label }), { key: row.key, sequence: row.revision, at });
  });
}

function counterFacts({ before, after, at }: Change, movesOf: (key: Key) => number): PublishedFact[] {
  const [was] = countersOf(before);
  return countersOf(after).flatMap((counter) => {
    const { key } = counter;
    return published(stockFacts(was, counter), { key, sequence: movesOf(key), at });
  });
}

function itemsIn(image: StreamRecord["dynamodb"]["NewImage"]): Item[] {
  return image === undefined ? [] : [unmarshalled(image as Image) as Item];
}

type Image = Parameters<typeof unmarshalled>[0];

/** A row's facts by its key: the stream has them in the order of its revisions. */
type RowFacts = [row: string, told: PublishedFact[]];

/** As the dump has them. */
function byRow([oneRow, [one]]: RowFacts, [otherRow, [other]]: RowFacts): number {
  for (const member of ["tenant", "entity", "entityId"] as const) {
    const [first = "", second = ""] = [one?.[member], other?.[member]];
    if (first !== second) return first < second ? -1 : 1;
  }
  return oneRow < otherRow ? -1 : 1;
}
