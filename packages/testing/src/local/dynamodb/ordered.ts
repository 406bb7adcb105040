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

/** An empty map whose keys come in order; setting a key that is there replaces its value. */
export function ordered<V>(): Ordered<V> {
  const values = new Map<string, V>();
  const partitions: Partitions = { sorted: new Map(), names: undefined };
  return {
    get size() {
      return values.size;
    },
    get: (key) => values.get(key),
    set(key, value) {
      if (!values.has(key)) insert(partitions, key);
      values.set(key, value);
    },
    delete(key) {
      if (values.delete(key)) remove(partitions, key);
    },
    keys: (range) => keysWithin(partitions, range),
  };
}

/** The sorted keys of each partition; the names are sorted when a scan wants them. */
type Partitions = { sorted: Map<string, string[]>; names: string[] | undefined };

function insert(partitions: Partitions, key: string): void {
  const name = partitionOf(key);
  const keys = partitions.sorted.get(name);
  if (keys) {
    keys.splice(position(keys, key), 0, key);
    return;
  }
  partitions.sorted.set(name, [key]);
  partitions.names = undefined;
}

function remove(partitions: Partitions, key: string): void {
  const name = partitionOf(key);
  const keys = partitions.sorted.get(name) ?? [];
  keys.splice(position(keys, key), 1);
  if (keys.length > 0) return;
  partitions.sorted.delete(name);
  partitions.names = undefined;
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

function* keysWithin(partitions: Partitions, range: Range) {
  let left = range.limit === undefined || range.limit < 0 ? Number.POSITIVE_INFINITY : range.limit;
  for (const name of namesWithin(partitions, range)) {
    const keys = slice(partitions.sorted.get(name) ?? [], range);
    for (const key of range.reverse ? keys.reverse() : keys) {
      if (left-- <= 0) return;
      yield key;
    }
  }
}

function* namesWithin(partitions: Partitions, range: Range): Generator<string> {
  const only = onePartition(range);
  if (only !== undefined) {
    yield only;
    return;
  }
  partitions.names ??= [...partitions.sorted.keys()].sort();
  const { names } = partitions;
  const first = position(names, partitionOf(range.gt ?? range.gte ?? ""));
  yield* range.reverse ? names.slice(first).reverse() : from(names, first);
}

function* from(names: string[], first: number): Generator<string> {
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
