import { describe, expect, it } from "vitest";
import type { StripeObject } from "../event.ts";
import type { JsonObject } from "../json.ts";
import { isTerminal, rankOf } from "../lifecycle.ts";
import { nounOfObject } from "../registry.ts";
import { type SetupState, setup } from "./setup.ts";

const OBJECT = { object: "setup_intent", id: "seti_1", customer: "cus_1", status: "succeeded" };

function project(changes: JsonObject): SetupState {
  return setupOf({ ...OBJECT, ...changes });
}

function setupOf(...objects: StripeObject[]): SetupState {
  const parts = objects.map((object) => {
    return { id: String(object.id), state: setup.project(object, ""), deleted: false, second: 10 };
  });
  return setup.derive?.({ parts, own: undefined, joined: [], evidence: {} }) as SetupState;
}

describe("a setup", () => {
  it("is whose payment method may be charged later, and how", () => {
    const told = { usage: "off_session", created: 1_700_000_000, metadata: { plan: "pro" } };
    const more = { payment_method: "pm_1", last_setup_error: null, client_secret: "seti_1_secret_2" };
    expect(project({ ...told, ...more })).toEqual({
      status: "succeeded",
      customer: "cus_1",
      paymentMethod: "pm_1",
      failure: null,
      ...told,
    });
  });

  it("tells why its last try failed", () => {
    const error = { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" };
    const failed = { status: "requires_payment_method", payment_method: null, last_setup_error: error };
    expect(project(failed)).toMatchObject({ failure: "insufficient_funds", paymentMethod: null });
  });

  it("reads what is expanded as what is not", () => {
    const expanded = { customer: { id: "cus_1", email: null }, payment_method: { id: "pm_1", type: "card" } };
    expect(project(expanded)).toEqual(project({ payment_method: "pm_1" }));
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = {
      status: null,
      customer: null,
      paymentMethod: null,
      usage: null,
      failure: null,
      created: null,
      metadata: {},
    };
    expect(setupOf({ object: "setup_intent" })).toEqual(nothing);
    const names = [
      "status",
      "customer",
      "payment_method",
      "usage",
      "last_setup_error",
      "created",
      "metadata",
    ];
    expect(project(Object.fromEntries(names.map((name) => [name, [1]])))).toEqual(nothing);
  });

  it("is of the Checkout session in setup mode that it came by, which is no order (D21)", () => {
    const session = {
      ...{
        object: "checkout.session",
        id: "cs_1",
        mode: "setup",
        setup_intent: "seti_1",
        status: "complete",
      },
      ...{
        customer: "cus_2",
        client_reference_id: "user_1",
        payment_status: "no_payment_required",
        metadata: {},
      },
    };
    const kept = {
      id: "cs_1",
      status: "complete",
      customer: "cus_2",
      clientReferenceId: "user_1",
      metadata: {},
    };
    expect(setup.rowIdOf?.(session)).toBe("seti_1");
    expect(setup.rowIdOf?.({ ...session, setup_intent: null })).toBeNull();
    expect(setupOf(session)).toMatchObject({ status: null, customer: "cus_2", session: kept });
    expect(setupOf(OBJECT, session)).toMatchObject({ status: "succeeded", customer: "cus_1", session: kept });
    expect(nounOfObject(session).name).toBe("setup");
    expect(nounOfObject({ ...session, mode: "payment" }).name).toBe("order");
  });

  it("lives on its own, with a customer or without", () => {
    expect(setup.home).toBe("own");
    expect(setup.customerOf(project({}), "seti_1")).toBe("cus_1");
    expect(setup.customerOf(project({ customer: null }), "seti_1")).toBeNull();
  });
});

describe('a setup\'s status ("How PaymentIntents and SetupIntents work")', () => {
  const lifecycle = setup.lifecycleOf(OBJECT);
  const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action", "processing"];

  it("alternates while it is open, since a failed try starts over", () => {
    expect(new Set(OPEN.map((status) => rankOf(lifecycle, status))).size).toBe(1);
    expect(rankOf(lifecycle, "processing")).toBeLessThan(rankOf(lifecycle, "succeeded"));
    expect(rankOf(lifecycle, "canceled")).toBe(rankOf(lifecycle, "succeeded"));
  });

  it("ends as succeeded or as canceled", () => {
    const ended = [...OPEN, "succeeded", "canceled"].filter((status) => isTerminal(lifecycle, status));
    expect(ended).toEqual(["succeeded", "canceled"]);
  });

  it("is what setups are listed by", () => {
    expect(setup.statusOf(project({}))).toBe("succeeded");
  });
});
