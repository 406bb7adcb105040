// Subscriptions in a hurry: all of the first second, and an upgrade that is paid at once.
import { item, paidInvoice, payment, profile, subscription } from "./billing-rows.ts";
import {
  CHARGE_OF_INVOICE,
  INTENT_OF_INVOICE,
  INVOICE,
  invoiceItem,
  invoicePayment,
  lineOf,
  openSince,
  PAID_INTENT,
  paidSince,
} from "./invoice-objects.ts";
import { at, DAY, MONTH, START, type Story, told } from "./story.ts";
import { itemOf, listOf, SUBSCRIPTION } from "./subscription-objects.ts";

const INCOMPLETE = { ...SUBSCRIPTION, status: "incomplete" };
const NOTED = { ...SUBSCRIPTION, metadata: { plan: "basic" } };
const RENAMED = { ...SUBSCRIPTION, metadata: { plan: "starter" } };
const FIRST_OPEN = { ...INVOICE, billing_reason: "subscription_create", ...openSince(0) };
const FIRST_PAID = { ...FIRST_OPEN, ...paidSince(0, 0) };

export const subscribedInASecond: Story = {
  name: "a customer subscribes, pays and is updated within one second",
  events: told("subscribed", [
    at(0, "customer.subscription.created", INCOMPLETE),
    at(0, "invoice.created", { ...INVOICE, billing_reason: "subscription_create" }),
    at(0, "invoice.finalized", FIRST_OPEN),
    at(0, "payment_intent.created", INTENT_OF_INVOICE),
    at(0, "charge.succeeded", CHARGE_OF_INVOICE),
    at(0, "payment_intent.succeeded", PAID_INTENT),
    at(0, "invoice_payment.paid", invoicePayment(0)),
    at(0, "invoice.updated", FIRST_PAID, FIRST_OPEN),
    at(0, "invoice.paid", FIRST_PAID),
    at(0, "invoice.payment_succeeded", FIRST_PAID),
    at(0, "customer.subscription.updated", SUBSCRIPTION, INCOMPLETE),
    at(0, "customer.subscription.updated", NOTED, SUBSCRIPTION),
    at(0, "customer.subscription.updated", RENAMED, NOTED),
  ]),
  rows: [
    paidInvoice({ billingReason: "subscription_create", subscription: "sub_1", paid: 1000, remaining: 0 }),
    payment({ invoice: "in_1", paid: 1000, latestCharge: "ch_1" }),
    profile({ status: "active", since: START, until: START + MONTH, endsAt: null, unpaidSince: null }),
    subscription({ items: [{ price: "price_basic", quantity: 1 }], metadata: { plan: "starter" } }),
  ],
};

const BASIC = { ...SUBSCRIPTION, latest_invoice: "in_0" };
const PRO = { ...BASIC, items: itemOf("price_pro", 3000) };
const INVOICED_PRO = { ...PRO, latest_invoice: "in_1" };
const UPGRADE_LINES = [
  lineOf("il_credit", "price_basic", -500, { from: 15 * DAY, proration: true }),
  lineOf("il_debit", "price_pro", 1500, { from: 15 * DAY, proration: true }),
];
const UPGRADE_DRAFT = {
  ...INVOICE,
  billing_reason: "subscription_update",
  created: START + 15 * DAY,
  lines: listOf("/v1/invoices/in_1/lines", UPGRADE_LINES),
};
const UPGRADE_OPEN = { ...UPGRADE_DRAFT, ...openSince(15 * DAY) };
const UPGRADE_PAID = { ...UPGRADE_OPEN, ...paidSince(15 * DAY + 1, 15 * DAY) };

export const upgraded: Story = {
  name: "a subscription is upgraded half way through its month, and the difference is paid at once",
  events: told("upgraded", [
    at(0, "customer.subscription.created", BASIC),
    at(15 * DAY, "customer.subscription.updated", PRO, BASIC),
    at(15 * DAY, "customer.subscription.updated", INVOICED_PRO, PRO),
    at(15 * DAY, "invoiceitem.created", invoiceItem("ii_credit", "price_basic", -500)),
    at(15 * DAY, "invoiceitem.created", invoiceItem("ii_debit", "price_pro", 1500)),
    at(15 * DAY, "invoice.created", UPGRADE_DRAFT),
    at(15 * DAY, "invoice.finalized", UPGRADE_OPEN),
    at(15 * DAY, "payment_intent.created", INTENT_OF_INVOICE),
    at(15 * DAY + 1, "charge.succeeded", CHARGE_OF_INVOICE),
    at(15 * DAY + 1, "payment_intent.succeeded", PAID_INTENT),
    at(15 * DAY + 1, "invoice_payment.paid", invoicePayment(15 * DAY + 1)),
    at(15 * DAY + 1, "invoice.paid", UPGRADE_PAID),
    at(15 * DAY + 1, "invoice.payment_succeeded", UPGRADE_PAID),
  ]),
  rows: [
    paidInvoice({
      total: 1000,
      lines: [
        { price: "price_basic", amount: -500, proration: true },
        { price: "price_pro", amount: 1500, proration: true },
      ],
    }),
    item("ii_credit", { amount: -500, price: "price_basic", subscription: "sub_1" }),
    item("ii_debit", { amount: 1500, price: "price_pro", subscription: "sub_1" }),
    payment({ invoice: "in_1", paid: 1000 }),
    profile({ status: "active", until: START + MONTH }),
    subscription({ items: [{ price: "price_pro", quantity: 1 }], latestInvoice: "in_1" }),
  ],
};
