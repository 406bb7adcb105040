import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Evidence, evidenceOf, isNone, isSame, merge, NO_EVIDENCE } from "./evidence.ts";

const name = fc.constantFrom("good", "overdue", "fell ch_1");
const numbers = fc.dictionary(name, fc.nat(9), { maxKeys: 3 });
const listed = fc.record({
  id: fc.constantFrom("txn_1", "txn_2", "__proto__"),
  amount: fc.integer({ min: -3, max: 3 }),
});

/** What one event says, which lists nothing twice. */
const anyEvidence: fc.Arbitrary<Evidence> = fc
  .record({
    greatest: numbers,
    least: numbers,
    since: numbers,
    latest: fc.dictionary(name, fc.tuple(fc.nat(3), fc.nat(9)), { maxKeys: 2 }),
    every: fc.uniqueArray(listed, { maxLength: 3, selector: ({ id }) => id }),
  })
  .map((given) => merge(NO_EVIDENCE, evidenceOf(given)));

const inOrder = (all: readonly Evidence[]) => all.reduce(merge, NO_EVIDENCE);

describe("evidence", () => {
  it("is the same for the same events, in whatever order and however often they come (D4)", () => {
    const any = fc.array(anyEvidence, { maxLength: 6 }).chain((all) =>
      fc
        .array(fc.constantFrom(...(all.length > 0 ? all : [NO_EVIDENCE])), { maxLength: 4 })
        .chain((copies) => {
          const deliveries = [...all, ...copies];
          return fc.shuffledSubarray(deliveries, { minLength: deliveries.length });
        })
        .map((deliveries) => ({ all, deliveries })),
    );
    fc.assert(
      fc.property(any, ({ all, deliveries }) => {
        expect(JSON.stringify(inOrder(deliveries))).toBe(JSON.stringify(inOrder(all)));
      }),
    );
  });

  it("is merged in whatever groups", () => {
    fc.assert(
      fc.property(anyEvidence, anyEvidence, anyEvidence, (a, b, c) => {
        expect(isSame(merge(a, merge(b, c)), merge(merge(a, b), c))).toBe(true);
        expect(merge(a, a)).toEqual(a);
      }),
    );
  });

  it("has the greatest, the least, what came since, and everything listed", () => {
    const one = evidenceOf({ greatest: { overdue: 5 }, least: { from: 4 }, since: { overdue: 7 } });
    const other = evidenceOf({ greatest: { overdue: 3 }, least: { from: 2 }, since: { overdue: 9 } });
    const before = evidenceOf({ since: { overdue: 4 }, every: [{ id: "txn_1", amount: 1 }] });
    expect([one, other, before].reduce(merge)).toEqual({
      greatest: { overdue: 5 },
      least: { from: 2 },
      since: { overdue: [7, 9] },
      every: [{ id: "txn_1", amount: 1 }],
    });
  });

  it("is none where nothing is said", () => {
    expect(isNone(evidenceOf({ greatest: { good: null }, every: [] }))).toBe(true);
  });
});
