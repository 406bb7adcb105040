import { describe, expect, it } from "vitest";
import { DAY } from "../calendar.ts";
import { exampleShop } from "../example.ts";

function ordered(capture: "automatic" | "manual", paying: "now" | "later" = "now") {
  const shop = exampleShop();
  const { stripe, customer, ticket } = shop;
  const id = stripe.checkout.create({ customer, lines: [{ price: ticket, quantity: 2 }], capture });
  stripe.checkout.complete(id, paying);
  stripe.advance(DAY);
  const payment = String(stripe.retrieve("checkout.session", id)?.payment_intent);
  const row = () => stripe.truth().find((one) => one.noun === "order" && one.id === id);
  return { ...shop, id, payment, row };
}

describe("an order", () => {
  it("of which the money is held is paid once it is captured", () => {
    const { stripe, payment, row } = ordered("manual");
    expect(row()).toMatchObject({ status: "unpaid", state: { status: "unpaid" } });
    stripe.paymentIntents.capture(payment, 500);
    expect(row()).toMatchObject({ status: "paid", state: { status: "paid", refunded: undefined } });
  });

  it("of which the money was let go has failed", () => {
    const { stripe, payment, row } = ordered("manual");
    stripe.paymentIntents.cancel(payment);
    expect(row()?.status).toBe("failed");
  });

  it("that failed is paid when the money comes after all", () => {
    const { stripe, id, row } = ordered("automatic", "later");
    stripe.checkout.settle(id, "fails");
    expect(row()?.status).toBe("failed");
    stripe.advance(60);
    stripe.checkout.payFailed(id);
    expect(row()?.status).toBe("paid");
  });

  it("is refunded once all that was paid went back, and no longer when that failed", () => {
    const { stripe, payment, row } = ordered("automatic");
    stripe.refunds.create({ of: payment, amount: 4000 });
    expect(row()?.state.refunded).toBeUndefined();
    const rest = stripe.refunds.create({ of: payment });
    expect(row()).toMatchObject({ status: "paid", state: { refunded: 9000 } });
    stripe.refunds.fail(rest);
    expect(row()?.state.refunded).toBeUndefined();
  });

  it("is none in setup mode, which its setup intent's row tells of", () => {
    const { stripe, customer } = ordered("automatic");
    const id = stripe.checkout.createSetup({ customer, metadata: { seat: "A1" } });
    stripe.checkout.completeSetup(id);
    const rows = stripe.truth().filter((row) => JSON.stringify(row).includes(id));
    expect(rows).toMatchObject([
      {
        ...{ noun: "setup", customer, status: "succeeded" },
        state: { session: { id, status: "complete", customer, metadata: { seat: "A1" } } },
      },
    ]);
  });
});
