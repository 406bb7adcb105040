import type { View } from "@stripe-lanes/core/view";
import { describe, expect, it } from "vitest";
import { booksOf, compare } from "./compare.ts";
import type { TruthRow } from "./truth.ts";

const row = (id: string, state: Record<string, unknown>): TruthRow => {
  return { noun: "payment", id, customer: "cus_1", status: "succeeded", deleted: false, state };
};
const view = (id: string, state: object) => ({ ...row(id, {}), state }) as unknown as View;
const money = (paid: number, refunded = 0) => ({ currency: "eur", paid, refunded, disputed: 0 });
const ledger = { eur: { paid: 1000, refunded: 400, disputed: 0 } };
const views = [view("pi_1", { ...money(1000, 400), failure: null }), view("pi_2", money(0))];
const truth = [row("pi_1", { paid: 1000, refunded: 400 }), row("pi_2", { paid: 0 })];

describe("what is in the table, beside the truth", () => {
  it("is right where every row holds what is true, whatever else it holds, and the money adds up", () => {
    expect(compare(views, { truth, ledger })).toEqual({ rows: 2, nouns: { payment: 2 }, wrong: 0, told: [] });
  });

  it.each<[string, View[], string]>([
    ["a row is missing", views.slice(0, 1), "payment pi_2 is missing"],
    [
      "there is a row too many",
      [...views, view("pi_3", {})],
      "payment pi_3 is in the table and not in the truth",
    ],
    [
      "a member is another",
      [views[0] as View, view("pi_2", { ...money(0), paid: null })],
      "payment pi_2 has paid null, and 0 is true",
    ],
  ])("is wrong where %s", (_, found, told) => {
    expect(compare(found, { truth, ledger }).told).toContain(told);
  });

  it("is wrong where the money does not add up, though each row that the truth names is right", () => {
    const silent = [row("pi_1", {}), row("pi_2", {})];
    const short = [view("pi_1", money(999, 400)), view("pi_2", money(0))];
    const { wrong, told } = compare(short, { truth: silent, ledger });
    expect([wrong, told]).toEqual([1, ["The payments have 999 eur paid, and 1000 is true"]]);
  });
});

describe("the books of the payments", () => {
  it("are their sums by currency, and know nothing of what moved no money", () => {
    const dollars = view("pi_3", { currency: "usd", paid: 5, refunded: 0, disputed: 5 });
    expect(booksOf([...views, dollars])).toEqual({ ...ledger, usd: { paid: 5, refunded: 0, disputed: 5 } });
    expect(booksOf([view("pi_2", money(0))])).toEqual({});
  });
});
