import { describe, expect, it } from "vitest";
import type { SubscriptionItem, SubscriptionState } from "../nouns/subscription.ts";
import { changeFrom, namesOf, type Otherwise } from "./fixtures/change.ts";
import { subscriptionFacts } from "./subscription.ts";

type State = Partial<SubscriptionState>;

const ITEM: SubscriptionItem = {
  id: "si_1",
  price: "price_1",
  product: "prod_1",
  quantity: 1,
  periodStart: 100,
  periodEnd: 200,
};
const BASIC: SubscriptionState = {
  status: "active",
  customer: "cus_1",
  currency: "eur",
  items: [ITEM],
  startedAt: 100,
  trialStart: null,
  trialEnd: null,
  cancelAt: null,
  cancelAtPeriodEnd: false,
  endsAt: null,
  canceledAt: null,
  endedAt: null,
  collectionMethod: "charge_automatically",
  pause: null,
  schedule: null,
  latestInvoice: null,
  metadata: {},
};
const change = changeFrom(BASIC);
const items = [{ id: "si_1", price: "price_1", quantity: 1 }];
const period = { periodStart: 100, periodEnd: 200 };

const factsOf = (was: Otherwise<SubscriptionState>, is: State) => subscriptionFacts(change(was, is));
const names = (was: Otherwise<SubscriptionState>, is: State) => namesOf(factsOf(was, is));
const itemOf = (changes: Partial<SubscriptionItem>): SubscriptionItem => ({ ...ITEM, ...changes });

describe("a subscription first told of", () => {
  it("was created, and is activated where a period is paid for, whatever its status says", () => {
    const created = { name: "subscription.created", detail: { items, startedAt: 100 } };
    expect(factsOf(null, {})).toEqual([created]);
    expect(factsOf(null, { activated: true })).toEqual([
      created,
      { name: "subscription.activated", detail: { items, ...period } },
    ]);
    expect(names({ activated: true }, { activated: true, status: "past_due" })).toEqual([
      "subscription.past_due",
    ]);
  });

  it("is reminded of the end of its trial once for each end", () => {
    const reminded = { name: "subscription.trial_will_end", detail: { trialEnd: 300 } };
    expect(factsOf({ status: "trialing" }, { status: "trialing", remindedOf: 300 })).toEqual([reminded]);
    expect(factsOf({ remindedOf: 300 }, { remindedOf: 300 })).toEqual([]);
  });

  it.each([
    ["incomplete", []],
    ["trialing", ["subscription.trial_started"]],
    ["past_due", ["subscription.past_due"]],
    ["unpaid", ["subscription.unpaid"]],
    ["paused", ["subscription.paused"]],
    ["canceled", ["subscription.canceled"]],
    ["incomplete_expired", ["subscription.expired"]],
    ["hibernating", []],
  ])("as %s tells nothing of what may have been before", (status, more) => {
    expect(names(null, { status })).toEqual(["subscription.created", ...more]);
  });

  it("tells of the end and the pause that it already has", () => {
    const pause = { behavior: "void", resumesAt: 300 };
    expect(factsOf(null, { endsAt: 400, pause }).slice(1)).toEqual([
      { name: "subscription.collection_paused", detail: pause },
      { name: "subscription.cancel_scheduled", detail: { endsAt: 400, cancellation: null } },
    ]);
  });
});

describe("a subscription's status", () => {
  it.each([
    ["incomplete", "active", []],
    ["trialing", "active", []],
    ["hibernating", "active", []],
    ["active", "trialing", ["subscription.trial_started"]],
    ["active", "past_due", ["subscription.past_due"]],
    ["past_due", "unpaid", ["subscription.unpaid"]],
    ["past_due", "active", ["subscription.recovered"]],
    ["unpaid", "active", ["subscription.recovered"]],
    ["past_due", "trialing", ["subscription.trial_started", "subscription.recovered"]],
    ["trialing", "paused", ["subscription.paused"]],
    ["paused", "active", ["subscription.resumed"]],
    ["active", "canceled", ["subscription.canceled"]],
    ["incomplete", "incomplete_expired", ["subscription.expired"]],
    ["active", "hibernating", []],
    ["past_due", "past_due", []],
  ])("from %s to %s tells %j", (from, to, told) => {
    expect(names({ status: from }, { status: to })).toEqual(told);
  });

  it("tells when it ended, when the trial ends and which period is due", () => {
    expect(factsOf({}, { status: "canceled", endedAt: 150 })).toEqual([
      { name: "subscription.canceled", detail: { endedAt: 150, cancellation: null } },
    ]);
    expect(factsOf({}, { status: "trialing", trialStart: 1, trialEnd: 9 })[0]?.detail).toEqual({
      trialStart: 1,
      trialEnd: 9,
    });
    expect(factsOf({}, { status: "past_due" })[0]?.detail).toEqual(period);
  });
});

describe("a renewal", () => {
  const next = itemOf({ periodStart: 200, periodEnd: 300 });

  it("is the next period of one that stays active", () => {
    const detail = { items, periodStart: 200, periodEnd: 300 };
    expect(factsOf({}, { items: [next] })).toEqual([{ name: "subscription.renewed", detail }]);
  });

  it("may skip a period that nobody told of", () => {
    expect(names({}, { items: [itemOf({ periodStart: 500, periodEnd: 600 })] })).toEqual([
      "subscription.renewed",
    ]);
  });

  it("is none within the period, before it or where periods are unknown", () => {
    const others = [{ periodStart: 150 }, { periodStart: 0 }, { periodStart: null }, { periodStart: 200 }];
    expect(others.flatMap((changes) => names({}, { items: [itemOf(changes)] }))).toEqual([]);
    expect(names({ items: [itemOf({ periodEnd: null })] }, { items: [next] })).toEqual([]);
    const longer = [{ periodEnd: 900 }, { periodStart: 199, periodEnd: 900 }];
    expect(longer.flatMap((changes) => names({}, { items: [itemOf(changes)] }))).toEqual([]);
    expect(names({}, { items: [itemOf({ periodStart: 200, periodEnd: null })] })).toEqual([]);
  });

  it("is none where the subscription did not stay active: recovery stands in for it", () => {
    expect(names({ status: "past_due" }, { items: [next] })).toEqual(["subscription.recovered"]);
    expect(names({}, { status: "past_due", items: [next] })).toEqual(["subscription.past_due"]);
    expect(names({ status: "trialing" }, { items: [next] })).toEqual([]);
  });

  it("names the items whose period is new, where they have periods of their own", () => {
    const yearly = itemOf({ id: "si_2", price: "price_2", periodEnd: 9999 });
    expect(factsOf({ items: [yearly, ITEM] }, { items: [yearly, next] })[0]?.detail).toEqual({
      items,
      periodStart: 200,
      periodEnd: 300,
    });
  });
});

describe("a change", () => {
  it("is another quantity, another price or another item, beside what it was", () => {
    const detail = { items: [{ ...items[0], quantity: 3 }], previous: items };
    const more = itemOf({ quantity: 3 });
    expect(factsOf({}, { items: [more] })).toEqual([{ name: "subscription.changed", detail }]);
    const others = [[itemOf({ price: "price_2" })], [ITEM, itemOf({ id: "si_2" })], []];
    expect(others.flatMap((now) => names({}, { items: now }))).toEqual(Array(3).fill("subscription.changed"));
  });

  it("is not another order of the same items", () => {
    const other = itemOf({ id: "si_2" });
    expect(factsOf({ items: [ITEM, other] }, { items: [other, ITEM] })).toEqual([]);
  });

  it("is not known where a list was cut", () => {
    const cut = { incomplete: ["items"], items: [] };
    expect([...factsOf({}, cut), ...factsOf(cut, {})]).toEqual([]);
  });
});

describe("an end", () => {
  it("is scheduled, moved and withdrawn", () => {
    const steps = [null, 400, 500, null].map((endsAt): State => ({ endsAt }));
    const told = steps.slice(1).flatMap((is, index) => factsOf(steps[index] as State, is));
    expect(told).toEqual([
      { name: "subscription.cancel_scheduled", detail: { endsAt: 400, cancellation: null } },
      { name: "subscription.cancel_scheduled", detail: { endsAt: 500, cancellation: null } },
      { name: "subscription.cancel_withdrawn", detail: { endsAt: 500 } },
    ]);
  });

  it("says why, where Stripe does", () => {
    const cancellation = { reason: "payment_failed", feedback: null, comment: "late" };
    const told = [
      ...factsOf({}, { cancellation, endsAt: 400 }),
      ...factsOf({}, { cancellation, status: "canceled" }),
    ];
    expect(told.map(({ detail }) => detail)).toMatchObject([{ cancellation }, { cancellation }]);
  });

  it("is no plan any more once it has come", () => {
    expect(names({ endsAt: 400 }, { status: "canceled", endsAt: null })).toEqual(["subscription.canceled"]);
    expect(names({}, { status: "canceled", endsAt: 400 })).toEqual(["subscription.canceled"]);
  });
});

describe("a collection", () => {
  it("is paused and resumed while the status stays", () => {
    const pause = { behavior: "keep_as_draft", resumesAt: null };
    expect(factsOf({}, { pause })).toEqual([{ name: "subscription.collection_paused", detail: pause }]);
    expect(factsOf({ pause }, {})).toEqual([{ name: "subscription.collection_resumed", detail: period }]);
    expect(factsOf({ pause }, { pause: { ...pause, resumesAt: 9 } })).toEqual([]);
  });
});
