// What SQS remembers for five minutes: the sends it has accepted and the receive attempts it has answered.
import { append, type Linked, linked, unlink } from "./linked.ts";

const FIVE_MINUTES = 5 * 60_000;

type Memo<V> = {
  key: string;
  value: V;
  until: number;
  previous: Memo<V> | undefined;
  next: Memo<V> | undefined;
};

export type Memory<V> = { byKey: Map<string, Memo<V>>; byAge: Linked<Memo<V>> };

/** One that remembers nothing yet. */
export function memory<V>(): Memory<V> {
  return { byKey: new Map(), byAge: linked() };
}

/** What was remembered less than five minutes ago; `now` in milliseconds, never less than before. */
export function recall<V>(memory: Memory<V>, key: string, now: number): V | undefined {
  while (memory.byAge.first && memory.byAge.first.until <= now) forget(memory, memory.byAge.first);
  return memory.byKey.get(key)?.value;
}

/** Replaces what the key had; the five minutes begin again. */
export function remember<V>(memory: Memory<V>, key: string, value: V, now: number): void {
  const known = memory.byKey.get(key);
  if (known) forget(memory, known);
  const memo: Memo<V> = { key, value, until: now + FIVE_MINUTES, previous: undefined, next: undefined };
  memory.byKey.set(key, memo);
  append(memory.byAge, memo);
}

function forget<V>(memory: Memory<V>, memo: Memo<V>): void {
  memory.byKey.delete(memo.key);
  unlink(memory.byAge, memo);
}
