import { describe, expect, it } from "vitest";
import type { AccountState } from "../nouns/account.ts";
import { accountFacts } from "./account.ts";
import { changeFrom, namesOf, type Otherwise } from "./fixtures/change.ts";

const NOTHING_DUE = {
  currentlyDue: [],
  pastDue: [],
  pendingVerification: [],
  deadline: null,
  disabledReason: null,
};
const ENABLED: AccountState = {
  type: "express",
  email: "s@example.com",
  country: "GB",
  defaultCurrency: "gbp",
  chargesEnabled: true,
  payoutsEnabled: true,
  detailsSubmitted: true,
  requirements: NOTHING_DUE,
  capabilities: {},
  created: 10,
  metadata: {},
};

const change = changeFrom(ENABLED);
const factsOf = (was: Otherwise<AccountState>, is: Partial<AccountState>) => accountFacts(change(was, is));
const names = (was: Otherwise<AccountState>, is: Partial<AccountState>) => namesOf(factsOf(was, is));

const requiring = (currentlyDue: string[], more: Partial<AccountState["requirements"]> = {}) => ({
  requirements: { ...NOTHING_DUE, currentlyDue, ...more },
});

describe("what Stripe wants of an account", () => {
  it("is told when it becomes due, and when something else or another deadline does", () => {
    const detail = { currentlyDue: ["document"], pastDue: [], deadline: 900 };
    const first = requiring(["document"], { deadline: 900 });
    expect(factsOf({}, first)).toEqual([{ name: "account.requirements_due", detail }]);
    expect(names(first, requiring(["document"], { deadline: 800 }))).toEqual(["account.requirements_due"]);
    expect(names(first, requiring(["address"], { deadline: 900 }))).toEqual(["account.requirements_due"]);
  });

  it("is not told while it stays, or once nothing is due", () => {
    const due = requiring(["document"]);
    expect([...factsOf(due, { ...due, email: null }), ...factsOf(due, {})]).toEqual([]);
  });
});

describe("an account", () => {
  const stopped = {
    chargesEnabled: false,
    payoutsEnabled: false,
    ...requiring(["document"], { pastDue: ["document"], disabledReason: "requirements.past_due" }),
  };

  it("is restricted once, with what it may still do and why", () => {
    const detail = { chargesEnabled: false, payoutsEnabled: false, disabledReason: "requirements.past_due" };
    expect(factsOf({}, stopped)[1]).toEqual({ name: "account.restricted", detail });
    expect(names(null, stopped)).toEqual(["account.requirements_due", "account.restricted"]);
    expect(factsOf(stopped, { ...stopped, email: null })).toEqual([]);
  });

  it("is enabled when it may charge and be paid out, the first time and again", () => {
    const detail = { chargesEnabled: true, payoutsEnabled: true, disabledReason: null };
    expect(factsOf(stopped, {})).toEqual([{ name: "account.enabled", detail }]);
    expect(names(null, {})).toEqual(["account.enabled"]);
    expect(names({}, { email: null })).toEqual([]);
  });

  it("is neither while it is new and has not asked to do anything", () => {
    expect(names(null, { chargesEnabled: false, payoutsEnabled: false })).toEqual([]);
  });

  it("never has its email address in a fact", () => {
    expect(JSON.stringify([...factsOf(null, stopped), ...factsOf(null, {})])).not.toContain("@");
  });
});
