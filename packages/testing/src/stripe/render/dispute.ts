// A dispute with its evidence and what it took from the balance.
import type { Dispute } from "../money.ts";
import type { View } from "./list.ts";

/** Evidence that no simulated dispute has. */
const MISSING = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
};

export function renderDispute(dispute: Dispute, { options }: View) {
  const { id, amount, created, currency, reason, status } = dispute;
  return {
    id,
    object: "dispute",
    amount,
    balance_transactions: transactions(dispute, options.settlement?.rate ?? null),
    charge: dispute.charge,
    created,
    currency,
    enhanced_eligibility_types: [],
    evidence: { ...MISSING, uncategorized_text: dispute.evidence },
    evidence_details: evidenceDetails(dispute),
    is_charge_refundable: status.startsWith("warning_"),
    livemode: options.livemode,
    metadata: { ...dispute.metadata },
    payment_intent: dispute.paymentIntent,
    payment_method_details: {
      card: { brand: "visa", case_type: "chargeback", network_reason_code: "10.4" },
      type: "card",
    },
    reason,
    status,
  };
}

function evidenceDetails({ evidence, evidenceDueBy }: Dispute) {
  return {
    due_by: evidenceDueBy,
    enhanced_eligibility: {},
    has_evidence: evidence !== null,
    past_due: false,
    submission_count: evidence === null ? 0 : 1,
  };
}

function transactions({ id: source, charge, transactions }: Dispute, rate: number | null) {
  return transactions.map(({ id, created, amount, currency }) => ({
    id,
    object: "balance_transaction",
    amount,
    available_on: created,
    created,
    currency,
    description: `${amount < 0 ? "Chargeback withdrawal" : "Chargeback reversal"} for ${charge}`,
    exchange_rate: rate,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: amount < 0 ? "dispute" : "dispute_reversal",
    source,
    status: "available",
    type: "adjustment",
  }));
}
