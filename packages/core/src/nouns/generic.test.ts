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

  it("drops lists, objects without an id, and null", () => {
    const nested = { lines: { object: "list", data: [] }, tags: ["a"], details: { card: 1 }, gone: null };
    expect(project({ object: "mandate", ...nested })).toEqual({
      object: "mandate",
      customer: null,
      metadata: {},
    });
  });

  it("drops what lets someone pay or sign in as the customer", () => {
    const secrets = { client_secret: "pi_1_secret_2", secret: "whsec_1", ephemeral_key_secret: "ek_1" };
    expect(Object.keys(project({ object: "payment_intent", ...secrets }))).toEqual([
      "object",
      "customer",
      "metadata",
    ]);
    expect(project({ object: "mandate", secretary: "Ada" })).toMatchObject({ secretary: "Ada" });
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
