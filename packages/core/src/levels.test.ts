import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderLine, OrderStatus } from "./held.ts";
import { keyText } from "./keys.ts";
import { movesBetween, summed } from "./levels.ts";
import type { OrderState } from "./nouns/order.ts";
import type { Part } from "./part.ts";
import { nounOf } from "./registry.ts";
import { type CounterDelta, type Row, rowOf } from "./row.ts";

type Held = { status: OrderStatus; lines: OrderLine[]; deleted?: boolean };

const STATE: Omit<OrderState, "status" | "lines"> = {
  mode: "payment",
  customer: null,
  currency: "eur",
  subtotal: null,
  total: null,
  paymentIntent: null,
  subscription: null,
  invoice: null,
  metadata: {},
};

function orderRow({ status, lines, deleted = false }: Held, tenant = "t"): Row {
  const state = { ...STATE, status, lines };
  const told = { via: "event", finality: "open", second: 1, rank: 0, tie: false, remembered: [] } as const;
  const part: Part = { ...told, remembered: [], state, deleted };
  const identity = { tenant, noun: "order", id: "cs_1", customer: null };
  return rowOf(nounOf("checkout.session"), identity, { cs_1: part }, 1);
}

const two = [{ price: "price_1", quantity: 2 }];

function stock(price: string, amounts: Record<string, number>, tenant = "t"): CounterDelta {
  return { key: { pk: `${tenant}#${price}`, sk: "stock" }, amounts };
}

describe("the moves between two states of an order", () => {
  it.each<[string, Held | undefined, Held, CounterDelta[]]>([
    ["reserve when it opens", undefined, { status: "open", lines: two }, [stock("price_1", { reserved: 2 })]],
    [
      "sell what was reserved when it is paid",
      { status: "unpaid", lines: two },
      { status: "paid", lines: two },
      [stock("price_1", { reserved: -2, sold: 2 })],
    ],
    [
      "sell at once when it comes paid",
      undefined,
      { status: "paid", lines: two },
      [stock("price_1", { sold: 2 })],
    ],
    [
      "release when it expires",
      { status: "open", lines: two },
      { status: "expired", lines: two },
      [stock("price_1", { reserved: -2 })],
    ],
    [
      "release when it fails",
      { status: "unpaid", lines: two },
      { status: "failed", lines: two },
      [stock("price_1", { reserved: -2 })],
    ],
    ["are none when it stays as it is", { status: "paid", lines: two }, { status: "paid", lines: two }, []],
    ["are none from open to unpaid", { status: "open", lines: two }, { status: "unpaid", lines: two }, []],
    ["are none when it expires at once", undefined, { status: "expired", lines: two }, []],
    [
      "take back all when it is deleted",
      { status: "paid", lines: two },
      { status: "paid", lines: two, deleted: true },
      [stock("price_1", { sold: -2 })],
    ],
    [
      "are none of a line of none",
      undefined,
      { status: "paid", lines: [{ price: "price_1", quantity: 0 }] },
      [],
    ],
  ])("%s", (_, before, after, moves) => {
    expect(movesBetween(before && orderRow(before), orderRow(after))).toEqual(moves);
  });

  it("are one a price, however many lines name it", () => {
    const lines = [...two, { price: "price_2", quantity: 1 }, ...two];
    expect(movesBetween(undefined, orderRow({ status: "paid", lines }))).toEqual([
      stock("price_1", { sold: 4 }),
      stock("price_2", { sold: 1 }),
    ]);
  });

  it("stay with the tenant", () => {
    const paid = orderRow({ status: "paid", lines: two }, "acct_1");
    expect(movesBetween(undefined, paid)).toEqual([stock("price_1", { sold: 2 }, "acct_1")]);
  });
});

describe("a noun without levels", () => {
  it("moves nothing", () => {
    const { parts } = orderRow({ status: "paid", lines: two });
    const identity = { tenant: "t", noun: "customer", id: "cs_1", customer: "cs_1" };
    expect(movesBetween(undefined, rowOf(nounOf("customer"), identity, parts, 1))).toEqual([]);
  });
});

describe("any path of an order's states", () => {
  const lines = fc.array(
    fc.record({ price: fc.constantFrom("price_1", "price_2", "a#b", "a%23b"), quantity: fc.nat(5) }),
    { maxLength: 4 },
  );
  const held = fc.record({
    status: fc.constantFrom<OrderStatus>("open", "unpaid", "failed", "paid", "expired"),
    lines,
    deleted: fc.boolean(),
  });
  const paths = fc
    .array(held, { minLength: 1, maxLength: 8 })
    .map((path) => path.map((state) => orderRow(state)));

  function walked(path: Row[]): CounterDelta[] {
    return path.flatMap((row, index) => movesBetween(path[index - 1], row));
  }

  it("moves what its last state holds, and nothing more", () => {
    fc.assert(
      fc.property(paths, (path) => {
        const held = movesBetween(undefined, path.at(-1) as Row);
        const byKey = (moves: CounterDelta[]) =>
          new Map(moves.map((move) => [keyText(move.key), move.amounts]));
        expect(byKey(summed(walked(path)))).toEqual(byKey(held));
      }),
      { numRuns: 300 },
    );
  });

  it("moves each counter once a step, and never by nothing", () => {
    fc.assert(
      fc.property(paths, (path) => {
        for (const [index, row] of path.entries()) {
          const moves = movesBetween(path[index - 1], row);
          expect(new Set(moves.map(({ key }) => keyText(key))).size).toBe(moves.length);
          expect(moves.flatMap(({ amounts }) => Object.values(amounts))).not.toContain(0);
          expect(moves.every(({ amounts }) => Object.keys(amounts).length > 0)).toBe(true);
        }
      }),
    );
  });

  it("leaves nothing behind when it goes and comes back", () => {
    fc.assert(
      fc.property(held, held, (one, other) => {
        const there = movesBetween(orderRow(one), orderRow(other));
        expect(summed([...there, ...movesBetween(orderRow(other), orderRow(one))])).toEqual([]);
      }),
    );
  });
});
