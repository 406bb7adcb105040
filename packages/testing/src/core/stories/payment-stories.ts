// Payments that took two tries, were disputed, or gained their customer after the fact.
import { SESSION } from "./checkout-objects.ts";
import { CUSTOMER } from "./customer-objects.ts";
import { CHARGE, DECLINE, DECLINED, DISPUTE, INTENT } from "./money-objects.ts";
import { at, DAY, START, type Story, told } from "./story.ts";

const DECLINED_CHARGE = { ...CHARGE, ...DECLINED };
const REVIEWED_CHARGE = { ...DECLINED_CHARGE, metadata: { reviewed: "yes" } };
const SECOND_CHARGE = { ...CHARGE, id: "ch_2", created: START + 60 };
const REFUNDED_CHARGE = { ...SECOND_CHARGE, amount_refunded: 1000 };
const DECLINED_INTENT = { ...INTENT, last_payment_error: DECLINE, latest_charge: "ch_1" };
const PAID_INTENT = { ...INTENT, amount_received: 3000, status: "succeeded" };

/** Stripe goes on telling of the first try after the second one succeeded, and went back in part. */
export const declinedFirst: Story = {
  name: "a charge that failed is told of again after the second one succeeded and was refunded in part",
  events: told("declined_first", [
    at(0, "charge.failed", DECLINED_CHARGE),
    at(0, "payment_intent.payment_failed", DECLINED_INTENT),
    at(60, "charge.succeeded", SECOND_CHARGE),
    at(60, "payment_intent.succeeded", { ...PAID_INTENT, latest_charge: "ch_2" }),
    at(90, "charge.refunded", REFUNDED_CHARGE, SECOND_CHARGE),
    at(120, "charge.updated", REVIEWED_CHARGE, DECLINED_CHARGE),
  ]),
  rows: [
    {
      noun: "payment",
      id: "pi_1",
      customer: "cus_1",
      status: "succeeded",
      state: {
        amount: 3000,
        paid: 3000,
        refunded: 1000,
        disputed: 0,
        latestCharge: "ch_2",
        failure: null,
        charges: [
          { id: "ch_1", status: "failed", amount: 3000, captured: 0, refunded: 0 },
          { id: "ch_2", status: "succeeded", amount: 3000, captured: 3000, refunded: 1000 },
        ],
        refunds: [],
      },
    },
  ],
};

const DUE_BY = START + 10 * DAY;
const EVIDENCE = { due_by: DUE_BY, has_evidence: false, past_due: false, submission_count: 0 };
const OPEN_DISPUTE = { ...DISPUTE, created: START + DAY, evidence_details: EVIDENCE };
const WITHDRAWN_DISPUTE = {
  ...OPEN_DISPUTE,
  balance_transactions: [{ id: "txn_du_1", object: "balance_transaction" }],
};
const REVIEWED_DISPUTE = {
  ...WITHDRAWN_DISPUTE,
  evidence_details: { ...EVIDENCE, has_evidence: true, submission_count: 1 },
  status: "under_review",
};

export const disputeLost: Story = {
  name: "a payment is disputed, and the dispute lost",
  events: told("dispute_lost", [
    at(0, "charge.succeeded", CHARGE),
    at(0, "payment_intent.succeeded", { ...PAID_INTENT, latest_charge: "ch_1" }),
    at(DAY, "charge.dispute.created", OPEN_DISPUTE),
    at(DAY, "charge.dispute.funds_withdrawn", WITHDRAWN_DISPUTE),
    at(5 * DAY, "charge.dispute.updated", REVIEWED_DISPUTE, WITHDRAWN_DISPUTE),
    at(60 * DAY, "charge.dispute.closed", { ...REVIEWED_DISPUTE, status: "lost" }),
  ]),
  rows: [
    {
      noun: "dispute",
      id: "du_1",
      customer: null,
      status: "lost",
      state: { payment: "pi_1", charge: "ch_1", amount: 3000, reason: "fraudulent", evidenceDueBy: DUE_BY },
    },
    {
      noun: "payment",
      id: "pi_1",
      customer: "cus_1",
      status: "succeeded",
      state: {
        paid: 3000,
        refunded: 0,
        disputed: 3000,
        disputes: [{ id: "du_1", status: "lost", amount: 3000, charge: "ch_1" }],
      },
    },
  ],
};

const GUEST_CHARGE = { ...CHARGE, customer: null };
const GUEST_INTENT = { ...INTENT, customer: null };

/** "Update a charge", docs.stripe.com/api/charges/update: a charge without a customer can be given one. */
export const guestGainsCustomer: Story = {
  name: "a guest pays for a Checkout session, and the charge is given to a customer made afterwards",
  events: told("guest", [
    at(0, "payment_intent.created", GUEST_INTENT),
    at(0, "charge.succeeded", GUEST_CHARGE),
    at(0, "payment_intent.succeeded", { ...PAID_INTENT, customer: null, latest_charge: "ch_1" }),
    at(0, "checkout.session.completed", { ...SESSION, customer: null, payment_status: "paid" }),
    at(DAY, "customer.created", { ...CUSTOMER, created: START + DAY }),
    at(DAY, "charge.updated", CHARGE, GUEST_CHARGE),
  ]),
  rows: [
    {
      noun: "customer",
      id: "cus_1",
      customer: "cus_1",
      status: null,
      state: { email: "ada@example.com", name: "Ada" },
    },
    {
      noun: "order",
      id: "cs_1",
      customer: null,
      status: "paid",
      state: { paymentIntent: "pi_1", lines: [{ price: "price_ticket", quantity: 3 }] },
    },
    {
      noun: "payment",
      id: "pi_1",
      customer: "cus_1",
      status: "succeeded",
      state: { customer: "cus_1", paid: 3000, orders: [{ id: "cs_1", status: "paid" }] },
    },
    { noun: "stock", id: "price_ticket", customer: null, status: null, state: { sold: 3, reserved: 0 } },
  ],
};
