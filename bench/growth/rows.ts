// The rows that one customer's beginning leaves, and the same rows of as many other customers as wanted.
import { handleBatch } from "@stripe-lanes/core/batch";
import { marshalled } from "@stripe-lanes/core/dynamo-encoding";
import { isLedgerKey } from "@stripe-lanes/core/keys";
import { messageOf } from "@stripe-lanes/testing/events";
import { type Item, itemBytes } from "@stripe-lanes/testing/local/dynamodb/attributes";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { copies } from "./copies.ts";
import { BEGINNING, lives } from "./customer.ts";

/** One of a customer's rows, of the nth customer. */
export type CopiedRow = {
  /** The attributes that the table and its indexes are keyed by. */
  keys(n: number): Item;
  item(n: number): Item;
  /** Of the item; the same for each customer. */
  bytes: number;
};

const KEYS = new Set(["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"]);

/** What the worker's own code writes for the first hour of a customer: five rows. */
export async function customerRows(): Promise<CopiedRow[]> {
  const [beginning = []] = lives([0], BEGINNING);
  const ports = testPorts();
  const results = await handleBatch(
    beginning.map((body) => messageOf(body)),
    ports,
    TEST_OPTIONS,
  );
  const refused = results.find((result) => result.kind !== "settled" || result.outcome === "parked");
  if (refused) throw new Error("A customer's beginning was not applied, so there are no rows to copy.");
  const rows = ports.memory.items().filter((item) => !isLedgerKey(item));
  return rows.map((row) => copiedRow(marshalled(row) as Item));
}

function copiedRow(item: Item): CopiedRow {
  const keyed = Object.entries(item).filter(([name]) => KEYS.has(name));
  return {
    keys: parsedCopies(Object.fromEntries(keyed)),
    item: parsedCopies(item),
    bytes: itemBytes(item),
  };
}

function parsedCopies(item: Item): (n: number) => Item {
  const copy = copies(JSON.stringify(item));
  return (n) => JSON.parse(copy(n)) as Item;
}
