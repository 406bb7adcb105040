import { describe, expect, it } from "vitest";
import { concert } from "./fixtures/concert.ts";
import { ticketsLeft } from "./shop.ts";

describe("a tickets shop", () => {
  it("sends the tickets once they are paid, and only once", async () => {
    const { stripe, settle, buy, log, heard, stock } = concert();
    await settle();
    stripe.checkout.complete(await buy(2));
    await settle();
    expect(
      heard.filter((name) => name === "order.paid"),
      "the stream brings it twice",
    ).toHaveLength(2);
    expect(log).toEqual(["sent 2"]);
    expect(await stock()).toMatchObject({ sold: 2, reserved: 0, capacity: 3, oversold: 0 });
  });

  it("reserves tickets whose payment takes days, and sends them when it has come", async () => {
    const { stripe, settle, buy, log, stock } = concert();
    await settle();
    const session = await buy(2);
    stripe.checkout.complete(session, "later");
    await settle();
    expect(log).toEqual([]);
    expect(await stock()).toMatchObject({ sold: 0, reserved: 2 });
    stripe.checkout.settle(session, "succeeds");
    await settle();
    expect(log).toEqual(["sent 2"]);
  });

  it("opens no checkout for more than is left", async () => {
    const { stripe, settle, buy, reads, price } = concert();
    await settle();
    stripe.checkout.complete(await buy(2), "later");
    await settle();
    expect(await ticketsLeft(reads, price)).toBe(1);
    expect(await buy(2)).toBe("sold-out");
    expect(await buy(1)).not.toBe("sold-out");
  });

  it("sells without end where the price has no capacity", async () => {
    const { stripe, settle, buy, price } = concert();
    stripe.prices.update(price, { metadata: { capacity: null } });
    await settle();
    expect(await buy(1_000)).not.toBe("sold-out");
  });

  it("warns when two buyers of the last tickets have both paid", async () => {
    const { stripe, settle, buy, log, stock } = concert();
    await settle();
    const [one, other, third] = [await buy(2), await buy(2), await buy(1)];
    stripe.checkout.complete(one);
    stripe.checkout.complete(other);
    await settle();
    expect(await stock()).toMatchObject({ sold: 4, oversold: 1 });
    expect(new Set(log)).toEqual(new Set(["sent 2", "1 too many"]));
    const told = [...log];
    stripe.checkout.complete(third, "later");
    await settle();
    expect(log).toEqual(told);
  });

  it("takes tickets back and sells them again once all their money went back", async () => {
    const { stripe, settle, buy, intentOf, log, heard, reads, price } = concert();
    await settle();
    const session = await buy(3);
    stripe.checkout.complete(session);
    await settle();
    stripe.refunds.create({ of: intentOf(session), amount: 4_500 });
    await settle();
    expect(log).toEqual(["sent 3"]);
    expect(await ticketsLeft(reads, price)).toBe(0);
    stripe.refunds.create({ of: intentOf(session) });
    await settle();
    expect(log).toEqual(["sent 3", "taken back"]);
    expect(heard.filter((name) => name === "payment.succeeded")).toHaveLength(2);
    expect(await ticketsLeft(reads, price)).toBe(3);
  });

  it("gives tickets back when the refund failed", async () => {
    const { stripe, settle, buy, intentOf, log, reads, price } = concert();
    await settle();
    const session = await buy(3);
    stripe.checkout.complete(session);
    const refund = stripe.refunds.create({ of: intentOf(session) });
    await settle();
    stripe.refunds.fail(refund);
    await settle();
    expect(log).toEqual(["sent 3", "taken back", "given back"]);
    expect(await ticketsLeft(reads, price)).toBe(0);
  });

  it("leaves tickets taken back where another refund took the place of the one that failed", async () => {
    const { stripe, settle, buy, intentOf, log, heard } = concert();
    await settle();
    const session = await buy(1);
    stripe.checkout.complete(session);
    const refund = stripe.refunds.create({ of: intentOf(session) });
    await settle();
    stripe.refunds.fail(refund);
    stripe.refunds.create({ of: intentOf(session) });
    await settle((all) => all.toReversed());
    expect(heard).toContain("payment.refund_failed");
    expect(log).toEqual(["sent 1", "taken back"]);
  });

  it("takes the tickets back of an order whose refund came first, until that fails", async () => {
    const { stripe, settle, buy, intentOf, log, stock } = concert();
    await settle();
    const session = await buy(1);
    stripe.checkout.complete(session);
    const refund = stripe.refunds.create({ of: intentOf(session) });
    await settle((all) => all.toReversed());
    expect(log).toEqual(["sent 1", "taken back"]);
    expect(await stock()).toMatchObject({ sold: 0, reserved: 0 });
    stripe.refunds.fail(refund);
    await settle();
    expect(log).toEqual(["sent 1", "taken back", "given back"]);
  });

  it("sends nothing for what else the account sells", async () => {
    const { stripe, settle, price, log } = concert();
    await settle();
    stripe.checkout.complete(stripe.checkout.create({ lines: [{ price, quantity: 1 }] }));
    await settle();
    expect(log).toEqual([]);
  });
});
