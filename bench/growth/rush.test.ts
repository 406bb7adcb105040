import { localClock } from "@stripe-lanes/testing/local/clock";
import { openTable } from "@stripe-lanes/testing/open-table";
import { describe, expect, it, onTestFinished } from "vitest";
import { customersIn, typeOf } from "./fixtures/told.ts";
import { refuseWrong } from "./hot-row.ts";
import { PURCHASE, purchases } from "./purchases.ts";
import { rush, soldIn } from "./rush.ts";

describe("purchases", () => {
  it("are sessions that sell one, two or three tickets, each to a customer of its own", () => {
    const { bodies, tickets } = purchases(7, 100);
    expect(tickets).toBe(1 + 2 + 3 + 1 + 2 + 3 + 1);
    expect(bodies).toHaveLength(7 * PURCHASE);
    expect(bodies.filter((body) => typeOf(body) === "checkout.session.completed")).toHaveLength(7);
    expect(customersIn(bodies).size).toBe(7);
  });
});

describe("a rush", () => {
  it("counts every ticket once, however many workers meet at the stock row", async () => {
    const { store, database } = await givenTable(4);
    const { tickets, events } = await rush(store, { workers: 10, batches: 2, first: 0 });
    expect(events).toBe(200);
    expect(await soldIn(store)).toBe(tickets);
    expect(database.metrics().conflicts).toBeGreaterThan(0);
  });

  it("redelivers what conflicts made fail for good, and counts it", async () => {
    let conflicts = 12;
    const { store } = await givenTable(0, () => conflicts-- > 0);
    const { tickets, redelivered } = await rush(store, { workers: 1, batches: 1, first: 0 });
    expect(redelivered).toBe(10);
    expect(await soldIn(store)).toBe(tickets);
  });

  it("asks for two requests a batch where nobody is in the way", async () => {
    const { store, database } = await givenTable(0);
    database.resetMetrics();
    await rush(store, { workers: 1, batches: 3, first: 0 });
    expect(database.metrics().requests).toEqual({ BatchGetItem: 3, TransactWriteItems: 3 });
  });

  it("is an error when the stock is wrong", () => {
    expect(() => refuseWrong(5, 5)).not.toThrow();
    expect(() => refuseWrong(4, 5)).toThrow("The stock row counts 4 tickets as sold, and 5 were.");
  });
});

async function givenTable(latency: number, conflicts?: () => boolean) {
  const table = await openTable({ clock: localClock(), latency, conflicts });
  onTestFinished(table.close);
  return table;
}
