import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StripeObject } from "../event.ts";
import { CHARGE, dispute, INTENT, order, refund, stateOf } from "../fixtures/payment.ts";
import type { Joined } from "../noun.ts";
import { payment } from "./payment.ts";

describe("what was paid", () => {
  it("is what succeeded charges captured, failed tries aside", () => {
    const failed = { ...CHARGE, id: "ch_0", status: "failed", amount_captured: 0 };
    expect(stateOf([failed, CHARGE]).paid).toBe(3000);
    expect(stateOf([{ ...CHARGE, amount_captured: 1200 }]).paid).toBe(1200);
    expect(stateOf([{ ...CHARGE, amount_captured: 0, captured: false }]).paid).toBe(0);
    expect(stateOf([{ ...CHARGE, amount_captured: null, captured: true }]).paid).toBe(3000);
  });

  it("is what the intent received where no charge was told", () => {
    expect(stateOf([{ ...INTENT, amount_received: 3000 }]).paid).toBe(3000);
  });

  it("stays in Stripe's minor units, of currencies with no decimals or three", () => {
    for (const [currency, amount] of [
      ["jpy", 500],
      ["kwd", 12_345],
    ] as const) {
      const charge = { ...CHARGE, currency, amount, amount_captured: amount };
      expect(stateOf([charge])).toMatchObject({ currency, amount, paid: amount });
    }
  });
});

describe("what was refunded", () => {
  const told = (amount: number) => ({ ...CHARGE, amount_refunded: amount });

  it.each<[string, number, StripeObject[], Joined[]]>([
    ["the charge alone", 800, [told(800)], []],
    ["the refunds alone", 800, [CHARGE], [refund("re_1", 500), refund("re_2", 300)]],
    ["both, counted once", 800, [told(800)], [refund("re_1", 500), refund("re_2", 300)]],
    ["a charge that is ahead of the refunds", 800, [told(800)], [refund("re_1", 500)]],
    ["refunds that are ahead of the charge", 800, [told(500)], [refund("re_1", 500), refund("re_2", 300)]],
    [
      "refunds on their way",
      800,
      [],
      [refund("re_1", 500, "pending"), refund("re_2", 300, "requires_action")],
    ],
    ["all but one that failed", 500, [told(800)], [refund("re_1", 500), refund("re_2", 300, "failed")]],
    [
      "all but one that failed, as the charge says too",
      500,
      [told(500)],
      [refund("re_1", 500), refund("re_2", 300, "failed")],
    ],
    ["nothing once all failed", 0, [told(500)], [refund("re_1", 500, "failed")]],
    ["nothing that was canceled", 0, [told(500)], [refund("re_1", 500, "canceled")]],
    [
      "a refund after one that failed",
      600,
      [told(600)],
      [refund("re_1", 500, "failed"), refund("re_2", 600)],
    ],
  ])("is told by %s (pitfall 9)", (_, refunded, objects, joined) => {
    expect(stateOf(objects, joined).refunded).toBe(refunded);
  });

  it("is nothing of what was only held and then released, whole or in part", () => {
    const released = { ...told(3000), captured: false, amount_captured: 0 };
    expect(stateOf([released])).toMatchObject({ paid: 0, refunded: 0 });
    const inPart = { ...told(1800), amount_captured: 1200 };
    expect(stateOf([inPart])).toMatchObject({ paid: 1200, refunded: 0 });
    expect(stateOf([{ ...inPart, amount_refunded: 2300 }])).toMatchObject({ paid: 1200, refunded: 500 });
  });

  it("counts a refund that names no charge as the paid charge's", () => {
    const nobodys = {
      ...refund("re_1", 1000),
      state: { status: "succeeded", amount: 1000, currency: "eur", charge: null },
    };
    expect(stateOf([told(1000)], [nobodys]).refunded).toBe(1000);
    expect(stateOf([], [nobodys]).refunded).toBe(1000);
  });

  it("is never more than was captured of a charge, whatever was let go with a refund of its own", () => {
    const released = { ...told(3000), captured: false, amount_captured: 0 };
    expect(stateOf([released], [refund("re_1", 3000)])).toMatchObject({ paid: 0, refunded: 0 });
  });

  it("is nothing of a charge of which more was captured than authorized", () => {
    expect(stateOf([{ ...CHARGE, amount_captured: 3600, amount_refunded: 0 }]).refunded).toBe(0);
  });

  it("is counted charge by charge", () => {
    const charges = [told(800), { ...CHARGE, id: "ch_2", amount_refunded: 100 }];
    const refunds = [refund("re_1", 900, "succeeded", "ch_1"), refund("re_2", 50, "failed", "ch_2")];
    expect(stateOf(charges, refunds).refunded).toBe(900 + 50);
  });

  it("is what the refunds come to, whatever the charge has heard of them", () => {
    const amounts = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 500 }), failed: fc.boolean() }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(amounts, fc.boolean(), (all, heard) => {
        const refunds = all.map(({ amount, failed }, index) =>
          refund(`re_${index}`, amount, failed ? "failed" : "succeeded"),
        );
        const total = (list: typeof all) => list.reduce((sum, { amount }) => sum + amount, 0);
        const alive = total(all.filter(({ failed }) => !failed));
        const charge = told(heard ? alive : total(all));
        expect(stateOf([charge], refunds).refunded).toBe(alive);
      }),
    );
  });
});

describe("what is disputed", () => {
  it.each([
    ["needs_response", 3000],
    ["under_review", 3000],
    ["lost", 3000],
    ["appeal_needs_response", 3000],
    ["appeal_under_review", 3000],
    ["won", 0],
    ["warning_needs_response", 0],
    ["warning_under_review", 0],
    ["warning_closed", 0],
  ])("of a dispute that is %s is %i", (status, disputed) => {
    expect(stateOf([CHARGE], [dispute("dp_1", 3000, status)]).disputed).toBe(disputed);
  });
});

describe("what a payment tells its order", () => {
  const told = (objects: StripeObject[], ...joined: Joined[]) => {
    const state = stateOf(objects, joined);
    const joins = payment.joins?.({ id: "pi_1", state, own: undefined, evidence: {}, deleted: false });
    return joins?.map((join) => join.state);
  };
  const HELD = { ...CHARGE, captured: false, amount_captured: 0 };

  it("is nothing that the order's own events tell", () => {
    expect(told([CHARGE], order("paid"))).toEqual([]);
    expect(told([CHARGE], order("paid"), refund("re_1", 2999))).toEqual([]);
    expect(told([], order("unpaid"))).toEqual([]);
    expect(told([HELD], order("unpaid"))).toEqual([]);
    expect(told([], order("failed"))).toEqual([]);
  });

  it("is that all of it went back, and no more once that fails", () => {
    expect(told([CHARGE], order("paid"), refund("re_1", 3000))).toEqual([
      { money: "refunded", refunded: 3000 },
    ]);
    expect(told([CHARGE], order("paid"), refund("re_1", 3000, "failed"))).toEqual([]);
  });

  it("is that money came which the session does not tell of, in any part", () => {
    expect(told([{ ...CHARGE, amount_captured: 1 }], order("unpaid"))).toEqual([{ money: "captured" }]);
    expect(told([{ ...INTENT, amount_received: 3000 }], order("failed"))).toEqual([{ money: "captured" }]);
    expect(told([CHARGE], order("open"))).toEqual([{ money: "captured" }]);
  });

  it("is that a hold was let go", () => {
    const released = { ...HELD, amount_refunded: 3000, refunded: true };
    expect(told([released], order("unpaid"))).toEqual([{ money: "canceled" }]);
    expect(told([{ ...INTENT, status: "canceled" }], order("unpaid"))).toEqual([{ money: "canceled" }]);
  });

  it("is nothing to one that expired", () => {
    expect(told([CHARGE], order("expired"))).toEqual([]);
  });
});
