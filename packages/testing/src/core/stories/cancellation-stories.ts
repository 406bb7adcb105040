// Subscriptions that end: when their period does, or at once.
import { summary } from "./customer-objects.ts";
import { INVOICE, openSince, transitions } from "./invoice-objects.ts";
import { at, DAY, HOUR, MONTH, START, type Story, told } from "./story.ts";
import { endedAt, SUBSCRIPTION } from "./subscription-objects.ts";

const LEAVING = {
  ...SUBSCRIPTION,
  cancel_at: START + MONTH,
  canceled_at: START + 5 * DAY,
  cancellation_details: { comment: null, feedback: "too_expensive", reason: "cancellation_requested" },
};
const LEAVING_AGAIN = { ...LEAVING, canceled_at: START + 6 * DAY };
const LAST_NOTE = { ...LEAVING_AGAIN, metadata: { survey: "sent" } };

/** Flexible billing sets `cancel_at` alone. The customer changes their mind twice within one second. */
export const endsWithPeriod: Story = {
  name: "a subscription is set to end, goes on, is set to end again, and ends with its period",
  events: told("ends_with_period", [
    at(0, "customer.subscription.created", SUBSCRIPTION),
    at(5 * DAY, "customer.subscription.updated", LEAVING, SUBSCRIPTION),
    at(6 * DAY, "customer.subscription.updated", SUBSCRIPTION, LEAVING),
    at(6 * DAY, "customer.subscription.updated", LEAVING_AGAIN, SUBSCRIPTION),
    at(MONTH, "customer.subscription.updated", LAST_NOTE, LEAVING_AGAIN),
    at(MONTH, "customer.subscription.deleted", {
      ...LAST_NOTE,
      ...endedAt(MONTH),
      canceled_at: START + 6 * DAY,
    }),
  ]),
  rows: [
    {
      noun: "profile",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      state: {
        subscriptions: [
          {
            id: "sub_1",
            status: "canceled",
            since: START,
            until: START + MONTH,
            endsAt: START + MONTH,
            unpaidSince: null,
            endedAt: START + MONTH,
          },
        ],
        deleted: false,
      },
    },
    {
      noun: "subscription",
      id: "sub_1",
      customer: "cus_1",
      status: "canceled",
      state: {
        cancelAt: START + MONTH,
        canceledAt: START + 6 * DAY,
        endedAt: START + MONTH,
        metadata: { survey: "sent" },
      },
    },
  ],
};

/** The same, up to the last day: it is active, and will end. */
export const setToEnd: Story = {
  name: "a subscription that is set to end with its period is active until then",
  events: endsWithPeriod.events.slice(0, 4),
  rows: [
    {
      noun: "profile",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      state: {
        subscriptions: [{ id: "sub_1", status: "active", endsAt: START + MONTH, endedAt: null }],
      },
    },
    {
      noun: "subscription",
      id: "sub_1",
      customer: "cus_1",
      status: "active",
      state: { cancelAt: START + MONTH, endsAt: START + MONTH, canceledAt: START + 6 * DAY, endedAt: null },
    },
  ],
};

const PAST_DUE = { ...SUBSCRIPTION, status: "past_due" };
const ENDED = MONTH + 2 * DAY;
const OPEN = { ...INVOICE, ...openSince(MONTH + HOUR) };
const VOID = {
  ...OPEN,
  status: "void",
  status_transitions: transitions({ finalized_at: START + MONTH + HOUR, voided_at: START + ENDED }),
};

export const endsAtOnce: Story = {
  name: "a subscription that is past due is ended at once: its invoice is void, and nothing is granted",
  events: told("ends_at_once", [
    at(0, "customer.subscription.created", SUBSCRIPTION),
    at(MONTH + HOUR, "invoice.finalized", OPEN),
    at(MONTH + HOUR, "customer.subscription.updated", PAST_DUE, SUBSCRIPTION),
    at(ENDED, "customer.subscription.deleted", { ...PAST_DUE, ...endedAt(ENDED) }),
    at(ENDED, "invoice.voided", VOID),
    at(ENDED, "entitlements.active_entitlement_summary.updated", summary([]), summary(["export"])),
  ]),
  rows: [
    { noun: "entitlement", id: "cus_1", customer: "cus_1", status: null, state: { features: [] } },
    {
      noun: "invoice",
      id: "in_1",
      customer: "cus_1",
      status: "void",
      state: { paid: 0, remaining: 1000, paidAt: null },
    },
    {
      noun: "profile",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      state: {
        subscriptions: [{ id: "sub_1", status: "canceled", unpaidSince: null, endedAt: START + ENDED }],
        features: [],
        featuresCut: false,
      },
    },
    {
      noun: "subscription",
      id: "sub_1",
      customer: "cus_1",
      status: "canceled",
      state: { endedAt: START + ENDED },
    },
  ],
};
