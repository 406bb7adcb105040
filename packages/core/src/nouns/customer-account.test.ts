// In Accounts v2 a customer is an account: once that is closed they have nothing any more, in every order of the events.
import { describe, expect, it } from "vitest";
import { parseEvent, type StripeEvent } from "../event.ts";
import { customer, given, handle, invoice, NOW, reads, subscription, told } from "../fixtures/history.ts";
import { permutations } from "../fixtures/permutations.ts";
import { memoryStore } from "../memory.ts";
import { shownIn } from "../view.ts";
import { accountJoin, customerAccount } from "./customer-account.ts";

const ACCOUNT = "acct_cust";
const NAMED = { customer_account: ACCOUNT };

function closed(id = ACCOUNT): StripeEvent {
  const event = { object: "v2.core.event", id: "evt_closed", type: "v2.core.account.closed" };
  const created = new Date((NOW - 10) * 1000).toISOString();
  const related_object = { id, type: "v2.core.account", url: `/v2/core/accounts/${id}` };
  return parseEvent(JSON.stringify({ ...event, created, livemode: false, related_object }));
}

const subscribed = (of: string | null, created = NOW - 100) =>
  told("customer.subscription.created", { ...subscription("sub_1", of), ...NAMED }, { created });
const known = told("customer.created", customer("cus_1", NAMED), { created: NOW - 200 });
const entitled = told("entitlements.active_entitlement_summary.updated", {
  object: "entitlements.active_entitlement_summary",
  customer: "cus_1",
  entitlements: { data: [{ lookup_key: "reports" }], has_more: false },
});

async function accessOf(events: StripeEvent[], id: string) {
  const { granted, reason, certain } = await reads(await given(...events)).hasAccess(id);
  return { granted, reason, certain };
}

const GONE = { granted: false, reason: "customer-deleted", certain: true };

describe("an account that is closed", () => {
  it.each(["cus_1", ACCOUNT])("ends what %s has, in every order and with copies", async (id) => {
    for (const events of permutations([known, subscribed("cus_1"), entitled, closed()])) {
      expect(await accessOf(events, id), events.map((event) => event.id).join()).toEqual(GONE);
      expect(await accessOf([...events, ...events], id)).toEqual(GONE);
    }
  });

  it("ends what a customer has who is not subscribed", async () => {
    for (const events of permutations([known, entitled, closed()]))
      expect(await accessOf(events, "cus_1")).toEqual(GONE);
  });

  it("ends what somebody has who is an account alone", async () => {
    for (const events of permutations([subscribed(null), closed()]))
      expect(await accessOf(events, ACCOUNT)).toEqual(GONE);
  });

  it("is applied without asking Stripe, and leaves the same rows in every order", async () => {
    const orders = permutations([known, subscribed("cus_1"), closed()]);
    const rows = await Promise.all(orders.map(async (events) => viewsOf(events)));
    for (const views of rows) expect(views).toEqual(rows[0]);
    expect(rows[0]).toContainEqual([
      "customer-account",
      ACCOUNT,
      "closed",
      { status: "closed", customers: ["cus_1"] },
    ]);
  });

  it("has a row though nobody names it", async () => {
    expect(await viewsOf([closed("acct_other")])).toEqual([
      ["customer-account", "acct_other", "closed", { status: "closed", customers: [] }],
      ["profile", "acct_other", null, expect.objectContaining({ deleted: true })],
    ]);
  });

  it("is nobody's where no event names it, and ends nothing of others", async () => {
    const other = await accessOf([known, subscribed("cus_1"), closed("acct_other")], "cus_1");
    expect(other.granted).toBe(true);
  });
});

async function viewsOf(events: StripeEvent[]) {
  const store = memoryStore();
  await handle(store, events);
  return shownIn(store.items())
    .map(({ noun, id, status, state }) => [noun, id, status, state])
    .sort();
}

describe("an account that is open", () => {
  it("finds what its customer has", async () => {
    const events = [known, subscribed("cus_1")];
    expect(await accessOf(events, ACCOUNT)).toMatchObject({ granted: true, reason: "active" });
    expect(await accessOf([subscribed(null)], ACCOUNT)).toMatchObject({ granted: true });
  });

  it("is the customer of what names no other, such as an invoice", async () => {
    const store = await given(
      subscribed(null),
      told("invoice.paid", { ...invoice("in_1", null, "paid"), ...NAMED }),
    );
    const { found } = await reads(store).customerState(ACCOUNT);
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(["sub_1", "in_1"]));
  });

  it("leaves its row with the last that names it", async () => {
    const moved = told("customer.subscription.updated", subscription("sub_1", "cus_1"));
    const views = await viewsOf([subscribed("cus_1"), moved]);
    expect(views.map(([noun]) => noun)).toEqual(["profile", "subscription"]);
  });
});

it("nobody contributes to an account that is not named", () => {
  expect([accountJoin(undefined, "cus_1"), accountJoin("acct_1", null)]).toEqual([[], []]);
  expect(customerAccount.project({ object: "customer_account", id: "acct_1" }, "").status).toBeNull();
});
