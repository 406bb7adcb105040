import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type TaxIdState, taxId } from "./tax-id.ts";

const TOLD = { customer: "cus_1", type: "eu_vat", value: "DE123456789", country: "DE", created: 100 };

const project = (members: JsonObject): TaxIdState =>
  taxId.project({ object: "tax_id", id: "txi_1", ...members }, "customer.tax_id.updated");

describe("a tax id", () => {
  it.each([
    ["2020-08-27", {}],
    ["2023-10-16", { owner: { type: "customer", customer: "cus_1" } }],
    ["2026-10-28.endive", { customer_account: null, owner: { type: "customer", customer: "cus_1" } }],
  ])("is a customer's number, and whether it was confirmed, as %s tells it", (_, version) => {
    const verification = { status: "unverified", verified_address: null, verified_name: null };
    expect(project({ ...TOLD, ...version, verification })).toEqual({ ...TOLD, verification: "unverified" });
  });

  it("names the customer as its owner where nothing else does", () => {
    expect(project({ customer: null, owner: { type: "customer", customer: "cus_1" } }).customer).toBe(
      "cus_1",
    );
    expect(project({ customer: null, owner: { type: "self" } }).customer).toBeNull();
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = Object.fromEntries([...Object.keys(TOLD), "verification"].map((name) => [name, null]));
    expect(project({})).toEqual(nothing);
    expect(project({ value: 5, verification: "pending", created: 1.5 })).toEqual(nothing);
  });

  it("is listed by its verification, which has no order and no end", () => {
    const state = project({ ...TOLD, verification: { status: "pending" } });
    expect([taxId.statusOf(state), taxId.customerOf(state, "txi_1"), taxId.home]).toEqual([
      "pending",
      "cus_1",
      "own",
    ]);
    expect(taxId.lifecycleOf({ object: "tax_id" }).terminal).toEqual([]);
  });
});
