import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { nounOf } from "../registry.ts";
import { type AccountState, account } from "./account.ts";

const REQUIREMENTS = {
  current_deadline: 900,
  currently_due: ["tos_acceptance.date", "individual.verification.document"],
  eventually_due: ["individual.id_number"],
  past_due: ["individual.verification.document"],
  pending_verification: [],
  disabled_reason: "requirements.past_due",
  errors: [],
};

const project = (members: JsonObject): AccountState =>
  account.project({ object: "account", id: "acct_1", ...members }, "account.updated");

const NOTHING_DUE = {
  currentlyDue: [],
  pastDue: [],
  pendingVerification: [],
  deadline: null,
  disabledReason: null,
};

describe("a Connect account", () => {
  it("is what it may do, and what Stripe still wants to know", () => {
    const told = {
      ...{ type: "express", email: "s@example.com", country: "GB", default_currency: "gbp", created: 100 },
      ...{ charges_enabled: false, payouts_enabled: true, details_submitted: true, metadata: { shop: "7" } },
      capabilities: { card_payments: "inactive", transfers: "active" },
      requirements: REQUIREMENTS,
    };
    const more = { business_profile: { name: "S" }, external_accounts: { data: [] } };
    expect(project({ ...told, ...more })).toEqual({
      type: "express",
      email: "s@example.com",
      country: "GB",
      defaultCurrency: "gbp",
      chargesEnabled: false,
      payoutsEnabled: true,
      detailsSubmitted: true,
      requirements: {
        currentlyDue: ["individual.verification.document", "tos_acceptance.date"],
        pastDue: ["individual.verification.document"],
        pendingVerification: [],
        deadline: 900,
        disabledReason: "requirements.past_due",
      },
      capabilities: { card_payments: "inactive", transfers: "active" },
      created: 100,
      metadata: { shop: "7" },
    });
  });

  it("is the same state whatever the order in which requirements are named", () => {
    const reversed = { ...REQUIREMENTS, currently_due: [...REQUIREMENTS.currently_due].reverse() };
    expect(project({ requirements: reversed })).toEqual(project({ requirements: REQUIREMENTS }));
  });

  it.each([
    ["nothing", {}],
    ["null", { requirements: null, capabilities: null }],
    ["null lists", { requirements: { currently_due: null, past_due: null, pending_verification: null } }],
    ["something else", { requirements: [], capabilities: "all", charges_enabled: "yes" }],
  ])("lacks what Stripe did not send, where it sends %s", (_, members) => {
    expect(project(members)).toMatchObject({
      ...{ chargesEnabled: null, capabilities: {}, requirements: NOTHING_DUE },
    });
  });

  it("lives on its own, names no customer and has no status of Stripe's", () => {
    const state = project({});
    expect([account.home, account.customerOf(state, ""), account.statusOf(state)]).toEqual([
      "own",
      null,
      null,
    ]);
  });

  it("outlives the day on which it is no customer's source any more", () => {
    expect(account.outlivesDeletion).toBe(true);
  });

  it("leaves a platform that an account let in or shut out to the application's own row", () => {
    expect(["application", "capability"].map((type) => nounOf(type).name)).toEqual(["generic", "generic"]);
  });
});
