// News that only one event type tells, of customers and accounts: it is in a row, and a fact where somebody has to act.
import { describe, expect, it } from "vitest";
import { FIRST_SECOND, thinEvent } from "../events.ts";
import { given, outcomes } from "../given.ts";
import { access, factsOf, inEveryOrder, reads } from "./readings.ts";
import { CUSTOMER } from "./stories/customer-objects.ts";
import { at, DAY, START, told } from "./stories/story.ts";
import { SUBSCRIPTION } from "./stories/subscription-objects.ts";

const born = at(0, "customer.subscription.created", SUBSCRIPTION);

describe("what the next invoice is charged to", () => {
  const charged = (method: string | null) => ({
    ...CUSTOMER,
    invoice_settings: { custom_fields: null, default_payment_method: method, footer: null },
  });

  it("is the customer's default by now, and the subscription's own", async () => {
    await inEveryOrder(
      told("charged", [
        at(0, "customer.created", CUSTOMER),
        at(1, "customer.updated", charged("pm_old"), CUSTOMER),
        at(1, "customer.updated", charged("pm_new"), charged("pm_old")),
        born,
      ]),
      reads("customer", "cus_1", { tie: false, state: { defaultPaymentMethod: "pm_new" } }),
      reads("subscription", "sub_1", { state: { defaultPaymentMethod: "pm_1" } }),
    );
  });
});

describe("a tax id", () => {
  const id = (status: string) => ({
    ...{ id: "txi_1", object: "tax_id", country: "DE", customer: "cus_1", type: "eu_vat", value: "DE1" },
    verification: { status, verified_address: null, verified_name: null },
  });

  it("is pending, then not verified, and gone once it is deleted", async () => {
    const checked = [
      at(0, "customer.tax_id.created", id("pending")),
      at(60, "customer.tax_id.updated", id("unverified"), id("pending")),
    ];
    const unverified = { customer: "cus_1", status: "unverified", state: { verification: "unverified" } };
    await inEveryOrder(told("checked", checked), reads("tax-id", "txi_1", unverified));
    const gone = at(DAY, "customer.tax_id.deleted", id("unverified"));
    await inEveryOrder(told("gone", [...checked, gone]), reads("tax-id", "txi_1", { deleted: true }));
  });
});

describe("a Connect account", () => {
  const account = (enabled: boolean, due: string[]) => ({
    ...{ id: "acct_1", object: "account", type: "express", details_submitted: true },
    ...{ charges_enabled: enabled, payouts_enabled: enabled },
    capabilities: { card_payments: enabled ? "active" : "inactive" },
    requirements: {
      current_deadline: due.length > 0 ? START + DAY : null,
      currently_due: due,
      disabled_reason: enabled ? null : "requirements.past_due",
      past_due: enabled ? [] : due,
      pending_verification: [],
    },
  });
  const events = told("restricted", [
    at(0, "account.updated", account(true, [])),
    at(60, "account.updated", account(true, ["document"]), account(true, [])),
    at(DAY, "account.updated", account(false, ["document"]), account(true, ["document"])),
  ]);

  it("says what is due by when, and what it may do", async () => {
    const requirements = { currentlyDue: ["document"], pastDue: ["document"], deadline: START + DAY };
    const capabilities = { card_payments: "inactive" };
    await inEveryOrder(
      events,
      reads("account", "acct_1", { state: { chargesEnabled: false, requirements, capabilities } }),
    );
  });

  it("tells that something is due before it is restricted", async () => {
    expect(await factsOf(events)).toEqual([
      "account.enabled",
      "account.requirements_due",
      "account.requirements_due",
      "account.restricted",
    ]);
  });
});

describe("billing credits", () => {
  const money = (value: number) => ({ type: "monetary", monetary: { currency: "usd", value } });
  const grant = { id: "credgr_1", object: "billing.credit_grant", amount: money(5000), customer: "cus_1" };
  const use = {
    ...{ id: "cbtxn_1", object: "billing.credit_balance_transaction", credit: null, type: "debit" },
    ...{ credit_grant: "credgr_1", debit: { amount: money(1200), type: "credits_applied" } },
  };
  const alert = { id: "alrt_1", object: "billing.alert", alert_type: "usage_threshold", title: "80%" };
  const triggered = (second: number, customer: string) => ({
    ...{ object: "billing.alert_triggered", alert, created: START + second, customer, value: 83 },
  });
  const events = told("credits", [
    at(0, "billing.credit_grant.created", grant),
    at(1, "billing.credit_balance_transaction.created", use),
    at(2, "billing.alert.triggered", triggered(2, "cus_1")),
    at(3, "billing.alert.triggered", triggered(3, "cus_2")),
  ]);

  it("are what was granted and used, and who reached an alert", async () => {
    await inEveryOrder(
      events,
      reads("credit-grant", "credgr_1", { customer: "cus_1", state: { amount: 5000, currency: "usd" } }),
      reads("credit-balance-transaction", "cbtxn_1", { state: { amount: 1200, creditGrant: "credgr_1" } }),
      reads("alert", "alrt_1:cus_1", { customer: "cus_1", state: { value: 83, triggeredAt: START + 2 } }),
      reads("alert", "alrt_1:cus_2", { customer: "cus_2", state: { triggeredAt: START + 3 } }),
    );
    expect(await factsOf(events)).toEqual(["alert.triggered", "alert.triggered"]);
  });
});

describe("a cash balance", () => {
  it("is what came by bank transfer and paid nothing yet", async () => {
    const balance = (gbp: number) => ({ object: "cash_balance", available: { gbp }, customer: "cus_1" });
    await inEveryOrder(
      told("transfer", [
        at(0, "cash_balance.funds_available", balance(4000)),
        at(DAY, "cash_balance.funds_available", balance(6000)),
      ]),
      reads("cash-balance", "cus_1", { customer: "cus_1", state: { available: { gbp: 6000 } } }),
    );
  });
});

describe("an account that is a customer", () => {
  const related = { id: "acct_1", type: "v2.core.account" };
  const closed = thinEvent({ type: "v2.core.account.closed", related, created: FIRST_SECOND + DAY });
  const [subscribed = closed] = told("account", [
    at(0, "customer.subscription.created", { ...SUBSCRIPTION, customer_account: "acct_1" }),
  ]);
  const gone = { granted: false, reason: "customer-deleted", certain: true };

  it("has no access by either id once it is closed, though nobody may ask Stripe", async () => {
    await inEveryOrder(
      [subscribed, closed],
      access("cus_1", gone),
      access("acct_1", gone),
      reads("customer-account", "acct_1", { status: "closed", state: { customers: ["cus_1"] } }),
    );
    await given().when(closed).then(outcomes("applied"));
  });

  it("has its access revoked", async () => {
    expect(await factsOf([subscribed, closed])).toContain("access.revoked");
  });
});
