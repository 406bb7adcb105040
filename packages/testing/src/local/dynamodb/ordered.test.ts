import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ordered, type Range } from "./ordered.ts";

const key = fc
  .tuple(
    fc.constantFrom("0a", "7f", "ff"),
    fc.constantFrom("61", "6162", "62"),
    fc.constantFrom("", "30", "31", "3130"),
  )
  .map(([hash, partition, rest]) => `${hash}/${partition}/${rest}${rest && "/"}`);

const range: fc.Arbitrary<Range> = fc
  .record(
    {
      lower: fc.tuple(fc.constantFrom("gt", "gte"), key),
      upper: fc.tuple(fc.constantFrom("lt", "lte"), key, fc.constantFrom("", "~")),
      reverse: fc.boolean(),
      limit: fc.integer({ min: -1, max: 6 }),
    },
    { requiredKeys: [] },
  )
  .map(({ lower, upper, ...rest }) => ({
    ...rest,
    ...(lower ? { [lower[0]]: lower[1] } : {}),
    ...(upper ? { [upper[0]]: upper[1] + upper[2] } : {}),
  }));

function expected(
  keys: Iterable<string>,
  { gt = "", gte = "", lt = "~", lte = "~", reverse, limit = -1 }: Range,
) {
  const within = [...keys]
    .sort()
    .filter((one) => (gt === "" || one > gt) && one >= gte && one < lt && one <= lte);
  const inOrder = reverse ? within.reverse() : within;
  return limit < 0 ? inOrder : inOrder.slice(0, limit);
}

describe("ordered values", () => {
  it("are found within any range as in a sorted list", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 40 }), range, (writes, wanted) => {
        const values = ordered<string>();
        const model = new Map<string, string>();
        for (const [name, kept] of writes) {
          if (kept) model.set(name, name);
          else model.delete(name);
          if (kept) values.set(name, name);
          else values.delete(name);
        }
        expect(values.size).toBe(model.size);
        expect([...values.keys(wanted)]).toEqual(expected(model.keys(), wanted));
      }),
    );
  });
});
