import { describe, expect, it } from "vitest";
import type { StripeObject } from "../event.ts";
import { type GenericState, generic } from "./generic.ts";

function project(object: StripeObject): GenericState {
  return generic.project(object, "mandate.updated");
}

describe("an object that has no noun", () => {
  it("keeps its own texts, numbers and flags", () => {
    const plain = {
      object: "mandate",
      id: "mandate_1",
      status: "active",
      amount: 0,
      rate: 1.5,
      livemode: false,
    };
    expect(project(plain)).toEqual({ ...plain, customer: null, metadata: {} });
  });

  it("keeps references by their id, bare or expanded", () => {
    const bare = project({ object: "mandate", payment_method: "pm_1", customer: "cus_1" });
    const expanded = {
      object: "mandate",
      payment_method: { id: "pm_1", card: {} },
      customer: { id: "cus_1" },
    };
    expect(project(expanded)).toEqual(bare);
    expect(bare).toMatchObject({ payment_method: "pm_1", customer: "cus_1" });
  });

  it("keeps what is nested, and lists, but nothing that is null or empty", () => {
    const nested = {
      tags: ["a", 1, true, null],
      details: { card: 1, more: { of: [{ it: "b" }] }, none: null, empty: {} },
      lines: { object: "list", data: [], has_more: false },
      gone: null,
    };
    expect(project({ object: "mandate", ...nested })).toEqual({
      object: "mandate",
      customer: null,
      metadata: {},
      tags: ["a", 1, true],
      details: { card: 1, more: { of: [{ it: "b" }] } },
    });
  });

  it("goes nowhere below a reference, and keeps lists of objects as their ids", () => {
    const payer = { details: { payer: { id: "acct_1", object: "account", email: "a@example.com" } } };
    const items = { object: "list", data: [{ id: "si_1", object: "item", amount: 5 }], has_more: false };
    expect(project({ object: "mandate", ...payer, items })).toMatchObject({
      details: { payer: "acct_1" },
      items: ["si_1"],
    });
  });

  it("drops what lets someone pay or sign in as the customer, at any depth", () => {
    const session = { object: "billing_portal.session", url: "https://billing.stripe.com/p/session/x" };
    const secrets = { client_secret: "pi_1_secret_2", secret: "whsec_1", ephemeral_key_secret: "ek_1" };
    const nested = { flow: { after: { redirect: { return_url: "https://x" } } }, next_action: { type: "x" } };
    const metadata = { login_url: "https://x" };
    expect(project({ ...session, ...secrets, ...nested, metadata })).toEqual({
      object: "billing_portal.session",
      customer: null,
      metadata: {},
    });
    expect(project({ object: "mandate", secretary: "Ada" })).toMatchObject({ secretary: "Ada" });
  });

  it("says of which members not all is kept", () => {
    const long = { object: "mandate", list: Array.from({ length: 30 }, (_, index) => index), few: [1] };
    expect(project(long)).toMatchObject({ cut: ["list"], few: [1] });
    expect(project({ object: "mandate", few: [1] })).not.toHaveProperty("cut");
  });

  it("keeps the texts of its metadata", () => {
    expect(project({ object: "mandate", metadata: { a: "1", b: null } }).metadata).toEqual({ a: "1" });
    expect(project({ object: "mandate", metadata: "none" }).metadata).toEqual({});
  });

  it("has the status and the customer that it names, if any", () => {
    const named = project({ object: "mandate", status: "active", customer: "cus_1" });
    expect([generic.statusOf(named), generic.customerOf(named, "mandate_1")]).toEqual(["active", "cus_1"]);
    const unnamed = project({ object: "mandate", status: 5, customer: "" });
    expect([generic.statusOf(unnamed), generic.customerOf(unnamed, "mandate_1")]).toEqual([null, null]);
  });

  it("has the status that its event tells where the object has none: a platform shut out of an account", () => {
    const application = { object: "application", id: "ca_1", name: "Example" };
    const statusAfter = (verb: string) =>
      generic.statusOf(generic.project(application, `account.application.${verb}`));
    expect([statusAfter("authorized"), statusAfter("deauthorized"), statusAfter("updated")]).toEqual([
      "authorized",
      "deauthorized",
      null,
    ]);
  });

  it("lives on its own, keyed by its type, with the lifecycle of its type", () => {
    expect([generic.home, generic.keyedByType]).toEqual(["own", true]);
    expect(generic.lifecycleOf({ object: "payout" }).terminal).toEqual(["failed", "canceled"]);
    expect(generic.lifecycleOf({ object: "plan" }).reusable).toBe(true);
  });
});
