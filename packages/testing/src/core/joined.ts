// What rows should have contributed to each other by now, worked out from all of them, whatever the events were.
import assert from "node:assert/strict";
import { countersOf, rowsOf } from "@stripe-lanes/core/item";
import { type Key, keyText, type RowIdentity, rowKey } from "@stripe-lanes/core/keys";
import type { MemoryStore } from "@stripe-lanes/core/memory";
import type { Joined } from "@stripe-lanes/core/noun";
import { nounNamed } from "@stripe-lanes/core/registry";
import type { Row } from "@stripe-lanes/core/row";

/**
 * Every contribution is what its source says now, and every counter is the sum of all levels: nothing else is there.
 * @throws AssertionError where it is not so.
 */
export function expectAllJoined(store: MemoryStore): void {
  const rows = rowsOf(store.items());
  assert.deepEqual(joinedIn(rows), joinsOf(rows), "A contribution is not what its source says.");
  assert.deepEqual(countedIn(store), levelsOf(rows), "A counter is not the sum of its levels.");
}

type Contributions = Map<string, Joined[]>;

function joinedIn(rows: Row[]): Contributions {
  const joined = rows.filter((row) => row.joined.length > 0);
  return new Map(joined.map((row) => [keyText(row.key), row.joined]));
}

function joinsOf(rows: Row[]): Contributions {
  const due = rows.flatMap(({ identity: { tenant, noun, id }, parts, state, evidence, deleted }) => {
    const own = parts[id]?.state;
    const joins = nounNamed(noun).joins?.({ id, state, own, evidence, deleted }) ?? [];
    return joins.map((join) => ({
      key: keyOf({ ...join, tenant }),
      joined: { noun, id, state: join.state },
    }));
  });
  const byTarget = Map.groupBy(due, ({ key }) => keyText(key));
  return new Map([...byTarget].map(([key, all]) => [key, all.map(({ joined }) => joined).sort(byNounAndId)]));
}

function keyOf(identity: RowIdentity): Key {
  return rowKey(nounNamed(identity.noun).home, identity);
}

function byNounAndId(one: Joined, other: Joined): number {
  if (one.noun !== other.noun) return one.noun < other.noun ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** By counter and by the name of the amount; one at zero is as good as none. */
type Amounts = Map<string, number>;

function countedIn(store: MemoryStore): Amounts {
  return summed(
    countersOf(store.items()).map(({ identity: { noun, id }, amounts }) => ({ noun, id, amounts })),
  );
}

function levelsOf(rows: Row[]): Amounts {
  const standing = rows.filter(({ deleted }) => !deleted);
  return summed(
    standing.flatMap(({ identity, state }) => nounNamed(identity.noun).levels?.(state, identity.id) ?? []),
  );
}

function summed(levels: { noun: string; id: string; amounts: Record<string, number> }[]): Amounts {
  const sums: Amounts = new Map();
  for (const { noun, id, amounts } of levels) {
    for (const [name, amount] of Object.entries(amounts)) {
      const counter = JSON.stringify([noun, id, name]);
      sums.set(counter, (sums.get(counter) ?? 0) + amount);
    }
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0));
}
