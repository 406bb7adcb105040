// Customers who go, what they may use, and a card that changes hands.
import { CARD, CUSTOMER, summary } from "./customer-objects.ts";
import { at, DAY, MONTH, START, type Story, type StoryRow, told } from "./story.ts";
import { endedAt, SUBSCRIPTION } from "./subscription-objects.ts";

const RENAMED = { ...CUSTOMER, email: "ada@example.org" };
const NOTED = { ...SUBSCRIPTION, metadata: { note: "leaving" } };

/** Both late updates are of the second after the end: `created` tells no order ("Event ordering", docs.stripe.com/webhooks). */
export const customerDeleted: Story = {
  name: "a customer is deleted, and no late update brings them back",
  events: told("customer_deleted", [
    at(0, "customer.created", CUSTOMER),
    at(DAY, "customer.updated", RENAMED, CUSTOMER),
    at(DAY + 1, "customer.subscription.updated", NOTED, SUBSCRIPTION),
    at(DAY, "customer.subscription.deleted", { ...NOTED, ...endedAt(DAY) }),
    at(DAY, "customer.deleted", RENAMED),
    at(DAY + 1, "customer.updated", { ...RENAMED, balance: -500 }, RENAMED),
  ]),
  rows: [
    {
      noun: "customer",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      deleted: true,
      state: { email: "ada@example.org", balance: 0 },
    },
    {
      noun: "profile",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      state: {
        subscriptions: [{ id: "sub_1", status: "canceled", endedAt: START + DAY }],
        features: null,
        deleted: true,
      },
    },
    {
      noun: "subscription",
      id: "sub_1",
      customer: "cus_1",
      status: "canceled",
      state: { endedAt: START + DAY, metadata: { note: "leaving" } },
    },
  ],
};

const FEATURES = [
  "api",
  "audit",
  "backup",
  "branding",
  "export",
  "reports",
  "roles",
  "search",
  "sso",
  "theme",
];
const NINE = summary(FEATURES.slice(0, 9));
const TEN = summary(FEATURES);
const CUT = summary(FEATURES, { hasMore: true });

const grants = told("eleven", [
  at(0, "customer.created", CUSTOMER),
  at(0, "customer.updated", { ...CUSTOMER, currency: "eur" }, CUSTOMER),
  at(0, "customer.subscription.created", SUBSCRIPTION),
  at(0, "entitlements.active_entitlement_summary.updated", NINE, summary([])),
  at(DAY, "entitlements.active_entitlement_summary.updated", TEN, NINE),
  at(DAY, "entitlements.active_entitlement_summary.updated", CUT, TEN),
]);

function rowsOfGrants(features: string[], isCut: boolean): StoryRow[] {
  const entry = { id: "sub_1", status: "active", since: START, until: START + MONTH, endedAt: null };
  const of = { customer: "cus_1", status: null };
  const state = { subscriptions: [entry], features, featuresCut: isCut, deleted: false };
  return [
    { noun: "customer", id: "cus_1", ...of, state: { name: "Ada", currency: "eur" } },
    {
      noun: "entitlement",
      id: "cus_1",
      ...of,
      incomplete: isCut ? ["entitlements"] : [],
      state: { customer: "cus_1", features },
    },
    { noun: "profile", id: "cus_1", ...of, state },
    { noun: "subscription", id: "sub_1", customer: "cus_1", status: "active", state: { endedAt: null } },
  ];
}

/** "Entitlements", docs.stripe.com/billing/entitlements: an event has the first ten. */
export const elevenCut: Story = {
  name: "the eleventh entitlement cuts the list at ten, and the rows say so",
  events: grants,
  rows: rowsOfGrants(FEATURES, true),
};

export const elevenAsked: Story = {
  name: "the eleventh entitlement cuts the list at ten, and Stripe is asked for the rest",
  events: grants,
  rows: rowsOfGrants([...FEATURES, "webhooks"], false),
  stripe: [summary([...FEATURES, "webhooks"])],
};

const ADAS = { ...CARD, customer: "cus_1" };
const RENEWED = { ...ADAS, card: { ...(CARD.card as object), exp_year: 2031 } };
const NOBODYS = { ...RENEWED, customer: null };

/** "Detach a PaymentMethod", docs.stripe.com/api: a detached card is not attached again, and were it, this were right. */
export const cardMoved: Story = {
  name: "a card is detached from one customer and attached to another, in one second",
  events: told("card_moved", [
    at(0, "payment_method.attached", ADAS),
    at(DAY, "payment_method.automatically_updated", RENEWED, ADAS),
    at(2 * DAY, "payment_method.detached", NOBODYS, RENEWED),
    at(2 * DAY, "payment_method.attached", { ...RENEWED, customer: "cus_2" }),
  ]),
  rows: [
    {
      noun: "payment-method",
      id: "pm_1",
      customer: "cus_2",
      status: null,
      state: { brand: "visa", last4: "4242", expYear: 2031, customer: "cus_2" },
    },
  ],
};
