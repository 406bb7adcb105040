// Values under dynalite's sortable keys, kept in partitions so that an insert costs what its partition is long.

export type Range = {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  reverse?: boolean;
  /** At most this many values; -1 is no limit. */
  limit?: number;
};

export type Ordered<V> = {
  readonly size: number;
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** The keys within a range, in its order; a partition is read when its turn comes. */
  keys(range: Range): Iterable<string>;
};

export function ordered<V>(): Ordered<V> {
  const values = new Map<string, V>();
  const partitions = new Map<string, string[]>();
  let names: string[] | undefined;

  const insert = (key: string) => {
    const name = partitionOf(key);
    const partition = partitions.get(name);
    if (partition) return partition.splice(position(partition, key), 0, key);
    partitions.set(name, [key]);
    names = undefined;
  };
  const remove = (key: string) => {
    const name = partitionOf(key);
    const partition = partitions.get(name) ?? [];
    partition.splice(position(partition, key), 1);
    if (partition.length > 0) return;
    partitions.delete(name);
    names = undefined;
  };
  const sortedNames = () => {
    names ??= [...partitions.keys()].sort();
    return names;
  };

  return {
    get size() {
      return values.size;
    },
    get: (key) => values.get(key),
    set(key, value) {
      if (!values.has(key)) insert(key);
      values.set(key, value);
    },
    delete(key) {
      if (values.delete(key)) remove(key);
    },
    keys(range) {
      const only = onePartition(range);
      return keysWithin(only === undefined ? sortedNames() : [only], partitions, range);
    },
  };
}

// A key is `<hash of the partition key>/<partition key>/<the rest>`.
function partitionOf(key: string): string {
  return key.slice(0, key.indexOf("/", key.indexOf("/") + 1) + 1);
}

/** A query stays within one partition, which both its bounds name. */
function onePartition({ gt, gte, lt, lte }: Range): string | undefined {
  const lowest = partitionOf(gt ?? gte ?? "");
  const highest = lt ?? lte ?? "";
  return lowest !== "" && highest.startsWith(lowest) ? lowest : undefined;
}

function* keysWithin(names: string[], partitions: Map<string, string[]>, range: Range) {
  let left = range.limit === undefined || range.limit < 0 ? Number.POSITIVE_INFINITY : range.limit;
  const first = position(names, partitionOf(range.gt ?? range.gte ?? ""));
  for (const name of range.reverse ? names.slice(first).reverse() : from(names, first)) {
    const keys = slice(partitions.get(name) ?? [], range);
    for (const key of range.reverse ? keys.reverse() : keys) {
      if (left-- <= 0) return;
      yield key;
    }
  }
}

function* from(names: string[], first: number) {
  for (let index = first; index < names.length; index++) yield names[index] as string;
}

function slice(keys: string[], { gt, gte, lt, lte }: Range): string[] {
  const from = gt !== undefined ? position(keys, gt, true) : position(keys, gte ?? "");
  const to =
    lt !== undefined ? position(keys, lt) : lte !== undefined ? position(keys, lte, true) : keys.length;
  return keys.slice(from, to);
}

/** Where `key` is or would be among sorted keys; behind it when `after`. */
function position(keys: string[], key: string, after = false): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = keys[middle] as string;
    if (found < key || (after && found === key)) low = middle + 1;
    else high = middle;
  }
  return low;
}
