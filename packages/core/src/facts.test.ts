import { describe, expect, it } from "vitest";
import type { StripeObject } from "./event.ts";
import { standing } from "./facts/fixtures/standing.ts";
import { type Fact, facts } from "./facts.ts";
import type { Noun } from "./noun.ts";
import { customer } from "./nouns/customer.ts";
import { dispute } from "./nouns/dispute.ts";
import { entitlement } from "./nouns/entitlement.ts";
import { generic } from "./nouns/generic.ts";
import { invoice } from "./nouns/invoice.ts";
import { order } from "./nouns/order.ts";
import { payment } from "./nouns/payment.ts";
import { paymentMethod } from "./nouns/payment-method.ts";
import { profile } from "./nouns/profile.ts";
import { setup } from "./nouns/setup.ts";
import { subscription } from "./nouns/subscription.ts";

const OPTIONS = { at: 1000 };

const namesOf = (told: Fact[]) => told.map(({ name }) => name);

describe("the facts of a row", () => {
  const PAID_INTENT = {
    object: "payment_intent",
    status: "succeeded",
    amount_received: 900,
    currency: "eur",
  };
  const ENTRY = { status: "active", since: 1, until: 9, endsAt: null, unpaidSince: null, endedAt: null };
  const JOINED = [{ noun: "subscription", id: "sub_1", state: ENTRY }];
  const entitled = { object: "list", has_more: false, data: [{ lookup_key: "sso" }] };

  it.each<[string, Noun, StripeObject | null, string[]]>([
    ["customer", customer, { object: "customer" }, ["customer.created"]],
    ["dispute", dispute, { object: "dispute", status: "lost" }, ["dispute.opened", "dispute.lost"]],
    [
      "entitlement",
      entitlement,
      { object: "entitlements.active_entitlement_summary", entitlements: entitled },
      ["entitlement.granted"],
    ],
    ["invoice", invoice, { object: "invoice", status: "paid" }, ["invoice.finalized", "invoice.paid"]],
    ["order", order, { object: "checkout.session", status: "expired" }, ["order.expired"]],
    ["payment", payment, PAID_INTENT, ["payment.succeeded"]],
    ["payment-method", paymentMethod, { object: "payment_method" }, ["payment_method.attached"]],
    ["profile", profile, null, ["access.granted"]],
    ["setup", setup, { object: "setup_intent", status: "succeeded" }, ["setup.succeeded"]],
    ["subscription", subscription, { object: "subscription", status: "active" }, ["subscription.created"]],
    ["generic", generic, { object: "payout", status: "paid" }, []],
  ])("of a %s first told of are its noun's", (name, noun, object, told) => {
    const row = standing(noun, object, noun === profile ? JOINED : []);
    expect([noun.name, namesOf(facts(undefined, row, OPTIONS))]).toEqual([name, told]);
  });

  it("have the label of the customer: the row's own, else the one that the caller knows", () => {
    const row = standing(setup, { object: "setup_intent", status: "succeeded" });
    expect(facts(undefined, row, { ...OPTIONS, label: "team-1" })[0]?.label).toBe("team-1");
    const own = { ...row, state: { ...row.state, label: "team-2" } };
    expect(facts(undefined, own, { ...OPTIONS, label: "team-1" })[0]?.label).toBe("team-2");
    expect(facts(undefined, row, OPTIONS)[0]).not.toHaveProperty("label");
  });

  it("say whose row tells them", () => {
    const row = standing(setup, { object: "setup_intent", status: "succeeded", payment_method: "pm_1" });
    expect(facts(undefined, row, OPTIONS)).toEqual([
      {
        name: "setup.succeeded",
        tenant: "t",
        noun: "setup",
        id: "id_1",
        customer: "cus_1",
        detail: { paymentMethod: "pm_1", usage: null },
      },
    ]);
  });

  it("tell that the row is deleted", () => {
    const alive = standing(customer, { object: "customer" });
    const gone = standing(customer, { object: "customer" }, [], true);
    expect(namesOf(facts(alive, gone, OPTIONS))).toEqual(["customer.deleted"]);
    expect(facts(gone, gone, OPTIONS)).toEqual([]);
  });

  it("of access follow the second and the policy", () => {
    const pastDue = { ...ENTRY, status: "past_due", unpaidSince: 0 };
    const before = standing(profile, null, JOINED);
    const after = standing(profile, null, [{ noun: "subscription", id: "sub_1", state: pastDue }]);
    const withoutGrace = { at: 1000, policy: { past_due: { graceDays: 0 } } };
    expect(facts(before, after, OPTIONS)).toEqual([]);
    expect(namesOf(facts(before, after, { at: 8 * 86_400 }))).toEqual(["access.revoked"]);
    expect(namesOf(facts(before, after, withoutGrace))).toEqual(["access.revoked"]);
  });

  it("of a noun that has none are none, whatever it is called", () => {
    const row = standing(generic, { object: "payout" });
    const named = (noun: string) =>
      facts(undefined, { ...row, identity: { ...row.identity, noun } }, OPTIONS);
    expect(["refund", "toString", "__proto__"].flatMap(named)).toEqual([]);
  });
});
