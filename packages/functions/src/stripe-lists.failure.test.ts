import { Unavailable } from "@stripe-lanes/core/errors";
import { describe, expect, it } from "vitest";
import { type Before, cutInvoice, givenPages, missing } from "./fixtures/stripe-pages.ts";

describe("a page that cannot be had", () => {
  const listOf = (data: unknown, has_more = true) => ({ date: 1, body: { object: "list", data, has_more } });

  it.each([
    ["it is throttled", { status: 429, body: { error: {} } }, 3],
    ["Stripe is down", { status: 500, body: { error: {} } }, 2],
    ["the object went meanwhile", missing("id"), 2],
    ["the entry it goes on from went meanwhile", missing("starting_after"), 3],
    ["it is no list", { date: 1, body: { object: "invoice", data: [] } }, 3],
    ["it has no entries but other things", listOf({ id: "il_1" }, false), 2],
    ["it goes on after an entry without an id", listOf([{ amount: 1 }]), 2],
    ["it goes on after nothing", listOf([]), 2],
  ])("leaves its object unavailable, never deleted nor cut: %s", async (_, reply, failing) => {
    const before: Before = (request) => (request === failing ? reply : undefined);
    const { fetch, asked } = await givenPages(cutInvoice(250), { before });
    await expect(fetch("invoice", "in_1")).rejects.toThrow(Unavailable);
    expect(asked).toHaveLength(failing);
  });

  it("for want of budget is not asked for: each page is a request out of it", async () => {
    const { fetch, asked } = await givenPages(cutInvoice(400), { rate: 2 });
    for (let spent = 0; spent < 10; spent += 5) await fetch("invoice", "in_1");
    await expect(fetch("invoice", "in_1")).rejects.toThrow("The budget of requests to Stripe is spent.");
    expect(asked).toHaveLength(12);
  });

  it("in three seconds is not begun: a lane waits for nobody longer", async () => {
    let clock = 0;
    const before: Before = () => {
      clock += 1_001;
    };
    const { fetch, asked } = await givenPages(cutInvoice(400), { before, now: () => clock });
    await expect(fetch("invoice", "in_1")).rejects.toThrow(
      new Unavailable("Stripe takes too long to give a whole list."),
    );
    expect(asked).toHaveLength(3);
  });
});
