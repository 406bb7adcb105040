// What requests consume. Rounding is per item; an index that changes adds units of its own.
import type { IndexKind } from "./table.ts";

export type CapacityMode = "INDEXES" | "TOTAL" | "NONE" | undefined;

/** How often an item is read for one answer: once for two eventually consistent reads, twice in a transaction. */
export const consistency = { eventual: 0.5, strong: 1, transactional: 2 };

/** The prepare and the commit of a transaction each write the item; its indexes are written once. */
export const transactionalWrites = 2;

/** Units to write so many bytes once; an item that does not exist costs one too. */
export const writeUnits = (bytes = 0) => Math.max(1, Math.ceil(bytes / 1024));

/** Units to read so many bytes. */
export const readUnits = (bytes: number | undefined, times: number) =>
  times * Math.max(1, Math.ceil((bytes ?? 0) / 4096));

type Lines = { table: number } & { [kind in IndexKind]: Map<string, number> };

/** Units by table, and within it by index. */
export type Bill = Map<string, Lines>;

/** Adds capacity units, which may be halves, to the table's own line. */
export function chargeTable(bill: Bill, table: string, units: number): void {
  linesOf(bill, table).table += units;
}

type Charged = { name: string; kind: IndexKind };

/** Adds capacity units to an index's line: an index is billed apart from its table. */
export function chargeIndex(bill: Bill, table: string, { name, kind }: Charged, units: number): void {
  const lines = linesOf(bill, table)[kind];
  lines.set(name, (lines.get(name) ?? 0) + units);
}

function linesOf(bill: Bill, table: string): Lines {
  let lines = bill.get(table);
  if (!lines) {
    lines = { table: 0, GlobalSecondaryIndexes: new Map(), LocalSecondaryIndexes: new Map() };
    bill.set(table, lines);
  }
  return lines;
}

/** Capacity units of all tables and indexes. */
export function totalUnits(bill: Bill): number {
  return [...bill.values()].reduce((total, lines) => total + unitsOf(lines), 0);
}

function unitsOf(lines: Lines): number {
  const indexes = [...lines.GlobalSecondaryIndexes.values(), ...lines.LocalSecondaryIndexes.values()];
  return indexes.reduce((total, units) => total + units, lines.table);
}

/** Transactions alone say whether their units were reads or writes. */
export type Split = "ReadCapacityUnits" | "WriteCapacityUnits";

/**
 * The ConsumedCapacity members of an answer, one a table; undefined unless the request asked for TOTAL or INDEXES.
 */
export function consumedCapacities(bill: Bill, mode: CapacityMode, split?: Split): object[] | undefined {
  if (mode !== "TOTAL" && mode !== "INDEXES") return undefined;
  return [...bill].map(([TableName, lines]) => ({
    TableName,
    ...capacity(unitsOf(lines), split),
    ...(mode === "INDEXES" ? detail(lines, split) : {}),
  }));
}

/** The same for an operation on one table. */
export const consumedCapacity = (bill: Bill, mode: CapacityMode) => consumedCapacities(bill, mode)?.[0];

const capacity = (units: number, split?: Split) => ({
  CapacityUnits: units,
  ...(split ? { [split]: units } : {}),
});

function detail(lines: Lines, split?: Split): object {
  const indexes = (kind: IndexKind) => {
    const units = [...lines[kind]].map(([name, units]) => [name, capacity(units)]);
    return units.length > 0 ? { [kind]: Object.fromEntries(units) } : {};
  };
  return {
    Table: capacity(lines.table, split),
    ...indexes("GlobalSecondaryIndexes"),
    ...indexes("LocalSecondaryIndexes"),
  };
}
