import { describe, expect, it } from "vitest";
import { eventsOf, exampleShop } from "./example.ts";
import { traffic } from "./traffic.ts";

const OPENED = "billing_portal.session.created";

describe("the customer portal", () => {
  it("tells of a session with the link that signs the customer in", () => {
    const { stripe, customer } = exampleShop();
    const [{ type, data } = { type: "", data: { object: {} } }] = eventsOf(stripe, () =>
      stripe.portal.open(customer),
    );
    expect(type).toBe(OPENED);
    expect(data.object).toMatchObject({
      customer,
      url: expect.stringContaining("https://billing.stripe.com/"),
    });
  });

  it("has a row that holds no link", () => {
    const { stripe, customer } = exampleShop();
    const id = stripe.portal.open(customer);
    const row = stripe.truth().find((one) => one.id === id);
    expect(row).toMatchObject({ noun: "generic", customer, state: { object: "billing_portal.session" } });
    expect(row?.state).toHaveProperty("url", undefined);
  });

  it("is where subscribers end what they have, if the account has it", () => {
    const portal = traffic({ seed: 3, events: 1000, portal: true }).events;
    expect(portal.filter(({ type }) => type === OPENED).length).toBeGreaterThan(1);
    const none = traffic({ seed: 3, events: 1000 }).events;
    expect(none.filter(({ type }) => type === OPENED)).toEqual([]);
  });
});
