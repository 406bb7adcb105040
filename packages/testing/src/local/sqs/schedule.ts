// A heap of what comes due: the earliest is at hand at once, and any entry can be taken out again.

export type Entry<T> = { at: number; order: number; index: number; value: T };
export type Schedule<T> = { entries: Entry<T>[]; added: number };

/** An empty schedule; times may be in any one unit. */
export function schedule<T>(): Schedule<T> {
  return { entries: [], added: 0 };
}

/** The entry, by which it can be taken out; of entries for one time the first added is the earliest. */
export function add<T>(schedule: Schedule<T>, at: number, value: T): Entry<T> {
  const entry = { at, order: schedule.added++, index: schedule.entries.length, value };
  schedule.entries.push(entry);
  rise(schedule, entry);
  return entry;
}

/** The entry must be in this schedule, and not have been taken out before. */
export function remove<T>(schedule: Schedule<T>, entry: Entry<T>): void {
  const last = schedule.entries.pop();
  if (!last || last === entry) return;
  put(schedule, last, entry.index);
  rise(schedule, last);
  sink(schedule, last);
}

/** Looks without taking it out; undefined where nothing is to come. */
export function earliest<T>(schedule: Schedule<T>): Entry<T> | undefined {
  return schedule.entries[0];
}

/** What is due by `now`, earliest first; whoever asks takes each value out before going on. */
export function* due<T>(schedule: Schedule<T>, now: number): Generator<T> {
  for (let entry = earliest(schedule); entry && entry.at <= now; entry = earliest(schedule))
    yield entry.value;
}

function rise<T>(schedule: Schedule<T>, entry: Entry<T>): void {
  for (;;) {
    const parent = schedule.entries[(entry.index - 1) >> 1];
    if (!parent || entry.index === 0 || !isBefore(entry, parent)) return;
    swap(schedule, entry, parent);
  }
}

function sink<T>(schedule: Schedule<T>, entry: Entry<T>): void {
  for (;;) {
    const child = earlierChild(schedule, entry);
    if (!child || !isBefore(child, entry)) return;
    swap(schedule, entry, child);
  }
}

function earlierChild<T>({ entries }: Schedule<T>, { index }: Entry<T>): Entry<T> | undefined {
  const left = entries[2 * index + 1];
  const right = entries[2 * index + 2];
  return left && right && isBefore(right, left) ? right : left;
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap<T>(schedule: Schedule<T>, a: Entry<T>, b: Entry<T>): void {
  const index = a.index;
  put(schedule, a, b.index);
  put(schedule, b, index);
}

function put<T>({ entries }: Schedule<T>, entry: Entry<T>, index: number): void {
  entries[index] = entry;
  entry.index = index;
}
