import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json.ts";
import { order } from "./nouns/order.ts";
import { type OrderDetails, orderDetailsOf } from "./order-details.ts";

const details = (members: JsonObject): OrderDetails =>
  orderDetailsOf({ object: "checkout.session", id: "cs_1", ...members });

describe("an order's details", () => {
  it("say who bought, by which link and what makes up the total", () => {
    const session = {
      client_reference_id: "user_77",
      customer_details: { email: "ada@example.com", name: "Ada", phone: "+4912345", tax_ids: [] },
      payment_link: { id: "plink_1" },
      recovered_from: "cs_0",
      created: 10,
      expires_at: 20,
      total_details: { amount_discount: 300, amount_shipping: 500, amount_tax: 120 },
    };
    expect(details(session)).toEqual({
      clientReferenceId: "user_77",
      customerDetails: { email: "ada@example.com", name: "Ada", phone: "+4912345" },
      paymentLink: "plink_1",
      recoveredFrom: "cs_0",
      created: 10,
      expiresAt: 20,
      discount: 300,
      shipping: 500,
      tax: 120,
    });
  });

  it.each([
    ["nothing", {}],
    ["null", { client_reference_id: null, total_details: null, customer_details: null, custom_fields: null }],
    ["zero", { total_details: { amount_discount: 0, amount_shipping: null, amount_tax: 0 } }],
    ["an empty list", { custom_fields: [], customer_details: { email: null, name: null, phone: null } }],
    ["something else", { client_reference_id: 5, created: "now", total_details: { amount_tax: 0.5 } }],
  ])("are absent where Stripe sends %s, and so cost nothing", (_, members) => {
    expect(details(members)).toEqual({});
  });

  it("have the email address that the session was opened with until the buyer enters another", () => {
    const opened = { customer_email: "ada@example.com", customer_details: null };
    const customerDetails = { email: "ada@example.com", name: null, phone: null };
    expect(details(opened)).toEqual({ customerDetails });
    const entered = { ...opened, customer_details: { email: "lovelace@example.com" } };
    expect(details(entered).customerDetails?.email).toBe("lovelace@example.com");
  });

  it("have the value of each of the session's own fields, whatever its type", () => {
    const fields = [
      { key: "size", type: "text", text: { value: "L" }, dropdown: null },
      { key: "age", type: "numeric", numeric: { value: "36" } },
      { key: "seat", type: "dropdown", dropdown: { value: "aisle", options: [] } },
      { key: "note", type: "text", text: { value: null } },
    ];
    expect(details({ custom_fields: fields }).customFields).toEqual([
      { key: "size", type: "text", value: "L" },
      { key: "age", type: "numeric", value: "36" },
      { key: "seat", type: "dropdown", value: "aisle" },
      { key: "note", type: "text", value: null },
    ]);
  });

  it("are part of the order's state, the client secret and the page's address never", () => {
    const session = {
      object: "checkout.session",
      payment_link: "plink_1",
      url: "https://checkout.stripe.com/c",
    };
    const state = order.project({ ...session, client_secret: "cs_secret" }, "checkout.session.completed");
    expect(state).toMatchObject({ paymentLink: "plink_1" });
    expect(JSON.stringify(state)).not.toMatch(/https|secret/);
  });
});
