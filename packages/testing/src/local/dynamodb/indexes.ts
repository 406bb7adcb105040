// Secondary indexes: which entries a write puts and deletes, and what that costs.
import { type AttributeValue, type Item, sameItem, sameValue } from "./attributes.ts";
import { writeUnits } from "./capacity.ts";
import { indexKeyOf, keyOf } from "./dynalite.ts";
import { type Index, type Stored, stored, type Table, type TableDescription } from "./table.ts";

export type IndexChange = {
  index: Index;
  remove?: string;
  put?: { key: string; entry: Stored };
  units: number;
};

/**
 * What a write changes in the indexes; an index whose entry stays as it is does not appear, and costs nothing.
 * One entry updated in place is one write of the larger of the two, a moved one is a delete and a put
 * ("Write considerations" of AWS's guide to global secondary indexes).
 */
export function indexChanges(table: Table, before: Item | undefined, after: Item | undefined): IndexChange[] {
  if (before === after) return [];
  return table.indexes.flatMap((index) => {
    const old = before && isIndexed(index, before) ? before : undefined;
    const now = after && isIndexed(index, after) ? after : undefined;
    if (!old && !now) return [];
    if (old && now && sameKey(index, old, now)) return updateInPlace(table, index, old, now);
    return [move(table, index, old, now)];
  });
}

/** Changes the index in place; the caller has charged `units` before. */
export function applyIndexChange({ index, remove, put }: IndexChange): void {
  if (remove !== undefined) index.entries.delete(remove);
  if (put) index.entries.set(put.key, put.entry);
}

/** What puts an item into an index that is new; nothing for one that is not in it. */
export function indexEntry(table: Table, index: Index, item: Item): IndexChange | undefined {
  return isIndexed(index, item) ? move(table, index, undefined, item) : undefined;
}

/**
 * An item without all of an index's key attributes is not in it: the index is sparse. Nor is one that holds a value of
 * another type or an empty one there, as it may from before the index was created.
 */
const isIndexed = (index: Index, item: Item) =>
  index.keyNames.every((name) => isKeyOf(index, name, item[name]));

const isKeyOf = ({ keyTypes }: Index, name: string, value: AttributeValue | undefined) =>
  value !== undefined && Boolean((value as Record<string, unknown>)[keyTypes.get(name) ?? ""]);

/** A table's description without the indexes for which an item has a value that is no key: dynalite expects none. */
export function describedFor({ description, indexes }: Table, item: Item | undefined): TableDescription {
  if (!item) return description;
  const misfits = indexes.filter((index) =>
    index.keyNames.some((name) => item[name] !== undefined && !isKeyOf(index, name, item[name])),
  );
  if (misfits.length === 0) return description;
  const left = description.GlobalSecondaryIndexes?.filter(
    ({ IndexName }) => !misfits.some(({ name }) => name === IndexName),
  );
  return { ...description, GlobalSecondaryIndexes: left ?? [] };
}

const sameKey = (index: Index, one: Item, other: Item) =>
  index.keyNames.every((name) => sameValue(one[name], other[name]));

function updateInPlace(table: Table, index: Index, before: Item, after: Item): IndexChange[] {
  if (index.projected?.every((name) => sameValue(before[name], after[name]))) return [];
  if (!index.projected && sameItem(before, after)) return [];
  const entry = entryOf(index, after);
  const units = Math.max(writeUnits(entryOf(index, before).bytes), writeUnits(entry.bytes));
  return [{ index, put: { key: entryKey(after, table.description, index), entry }, units }];
}

function move(table: Table, index: Index, before: Item | undefined, after: Item | undefined): IndexChange {
  const change: IndexChange = { index, units: 0 };
  if (before) {
    change.remove = entryKey(before, table.description, index);
    change.units += writeUnits(entryOf(index, before).bytes);
  }
  if (after) {
    const entry = entryOf(index, after);
    change.put = { key: entryKey(after, table.description, index), entry };
    change.units += writeUnits(entry.bytes);
  }
  return change;
}

function entryOf({ projected }: Index, item: Item): Stored {
  if (!projected) return stored(item);
  const entry: Item = {};
  for (const name of projected) {
    const value = item[name];
    if (value !== undefined) entry[name] = value;
  }
  return stored(entry);
}

/** Ends in the item's own key: many items may share an index key, and dynalite tells them apart by 24 bits. */
export function entryKey(
  item: Item,
  description: TableDescription,
  { keySchema }: Pick<Index, "keySchema">,
): string {
  return `${indexKeyOf(item, description, keySchema)}/${keyOf(item, description)}`;
}
