// Subscriptions whose next month begins: after a trial, and after a payment that failed first.
import { paidInvoice, payment, profile, subscription } from "./billing-rows.ts";
import {
  CHARGE_OF_INVOICE,
  INTENT_OF_INVOICE,
  INVOICE,
  invoicePayment,
  openSince,
  PAID_INTENT,
  paidSince,
} from "./invoice-objects.ts";
import { DECLINE, DECLINED } from "./money-objects.ts";
import { at, DAY, HOUR, MONTH, START, type Story, told } from "./story.ts";
import { itemOf, monthFrom, SUBSCRIPTION } from "./subscription-objects.ts";

const TRIAL = { trial_start: START, trial_end: START + 2 * DAY };
const TRIALING = {
  ...SUBSCRIPTION,
  ...TRIAL,
  items: itemOf("price_basic", 1000, { current_period_end: START + 2 * DAY }),
  latest_invoice: "in_0",
  status: "trialing",
};
const AFTER_TRIAL = { ...SUBSCRIPTION, ...TRIAL, items: itemOf("price_basic", 1000, monthFrom(2 * DAY)) };
const TRIAL_DRAFT = { ...INVOICE, created: START + 2 * DAY };
const TRIAL_OPEN = { ...TRIAL_DRAFT, ...openSince(2 * DAY + HOUR) };
const TRIAL_PAID = { ...TRIAL_OPEN, ...paidSince(2 * DAY + HOUR, 2 * DAY + HOUR) };

/** A trial of less than three days: that it will end is told in the second in which it begins. */
export const trialEnds: Story = {
  name: "a trial ends, and the first month is paid an hour later",
  events: told("trial_ends", [
    at(0, "customer.subscription.created", TRIALING),
    at(0, "customer.subscription.trial_will_end", TRIALING),
    at(2 * DAY, "customer.subscription.updated", AFTER_TRIAL, TRIALING),
    at(2 * DAY, "invoice.created", TRIAL_DRAFT),
    at(2 * DAY + HOUR, "invoice.finalized", TRIAL_OPEN),
    at(2 * DAY + HOUR, "charge.succeeded", CHARGE_OF_INVOICE),
    at(2 * DAY + HOUR, "payment_intent.succeeded", PAID_INTENT),
    at(2 * DAY + HOUR, "invoice_payment.paid", invoicePayment(2 * DAY + HOUR)),
    at(2 * DAY + HOUR, "invoice.paid", TRIAL_PAID),
  ]),
  rows: [
    paidInvoice({ billingReason: "subscription_cycle", paid: 1000, attempts: 0 }),
    payment({ invoice: "in_1", paid: 1000 }),
    profile({ status: "active", since: START, until: START + 2 * DAY + MONTH }),
    subscription({ trialStart: START, trialEnd: START + 2 * DAY, latestInvoice: "in_1" }),
  ],
};

const RENEWED = { ...SUBSCRIPTION, items: itemOf("price_basic", 1000, monthFrom(MONTH)) };
const UNPAID = { ...RENEWED, status: "past_due" };
const TRIED = MONTH + HOUR;
const RECOVERED = TRIED + 3 * DAY;
const RENEWAL_DRAFT = { ...INVOICE, created: START + MONTH };
const RENEWAL_OPEN = { ...RENEWAL_DRAFT, ...openSince(TRIED) };
const RENEWAL_TRIED = {
  ...RENEWAL_OPEN,
  attempt_count: 1,
  attempted: true,
  next_payment_attempt: START + RECOVERED,
};
const RENEWAL_PAID = {
  ...RENEWAL_TRIED,
  ...paidSince(RECOVERED, TRIED),
  attempt_count: 2,
  next_payment_attempt: null,
};

export const recovered: Story = {
  name: "a renewal fails, the subscription is past due, and recovers with another card",
  events: told("recovered", [
    at(MONTH, "customer.subscription.updated", RENEWED, { ...SUBSCRIPTION, latest_invoice: "in_0" }),
    at(MONTH, "invoice.created", RENEWAL_DRAFT),
    at(TRIED, "invoice.finalized", RENEWAL_OPEN),
    at(TRIED, "charge.failed", { ...CHARGE_OF_INVOICE, ...DECLINED }),
    at(TRIED, "payment_intent.payment_failed", {
      ...INTENT_OF_INVOICE,
      last_payment_error: DECLINE,
      latest_charge: "ch_1",
    }),
    at(TRIED, "invoice.payment_failed", RENEWAL_TRIED),
    at(TRIED, "customer.subscription.updated", UNPAID, RENEWED),
    at(RECOVERED, "charge.succeeded", { ...CHARGE_OF_INVOICE, id: "ch_2", created: START + RECOVERED }),
    at(RECOVERED, "payment_intent.succeeded", { ...PAID_INTENT, latest_charge: "ch_2" }),
    at(RECOVERED, "invoice_payment.paid", invoicePayment(RECOVERED)),
    at(RECOVERED, "invoice.paid", RENEWAL_PAID),
    at(RECOVERED, "customer.subscription.updated", RENEWED, UNPAID),
  ]),
  rows: [
    paidInvoice({ attempts: 2, nextAttempt: null, paidAt: START + RECOVERED }),
    payment({ paid: 1000, latestCharge: "ch_2", failure: null, invoice: "in_1" }),
    profile({ status: "active", until: START + 2 * MONTH, unpaidSince: null }),
    subscription({ items: [{ periodEnd: START + 2 * MONTH }] }),
  ],
};
