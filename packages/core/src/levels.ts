// Levels, not increments (D15): what moves a counter is the difference between a row's old and new state.
import { keyText, rowKey } from "./keys.ts";
import type { Level } from "./noun.ts";
import { nounNamed } from "./registry.ts";
import type { CounterDelta, Row } from "./row.ts";

/** The moves from what a row held before to what it holds now. */
export function movesBetween(before: Row | undefined, after: Row): CounterDelta[] {
  const { tenant } = after.identity;
  return summed([...moves(tenant, levelsOf(before), -1), ...moves(tenant, levelsOf(after), 1)]);
}

/** One move a counter, without those that come to nothing. */
export function summed(all: CounterDelta[]): CounterDelta[] {
  const sums = new Map<string, CounterDelta>();
  for (const { key, amounts } of all) {
    const sum = sums.get(keyText(key)) ?? { key, amounts: {} };
    for (const [name, amount] of Object.entries(amounts))
      sum.amounts[name] = (sum.amounts[name] ?? 0) + amount;
    sums.set(keyText(key), sum);
  }
  return [...sums.values()].map(withoutZeros).filter(({ amounts }) => Object.keys(amounts).length > 0);
}

function levelsOf(row: Row | undefined): Level[] {
  if (row === undefined || row.deleted) return [];
  return nounNamed(row.identity.noun).levels?.(row.state, row.identity.id) ?? [];
}

function moves(tenant: string, levels: Level[], sign: 1 | -1): CounterDelta[] {
  return levels.map(({ noun, id, owner, amounts }) => ({
    key: rowKey(owner === undefined ? "own" : "customer", { tenant, noun, id, customer: owner ?? null }),
    amounts: Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, sign * amount])),
  }));
}

function withoutZeros({ key, amounts }: CounterDelta): CounterDelta {
  return { key, amounts: Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0)) };
}
