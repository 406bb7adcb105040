import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const dispute: Fields = {
  kept: {
    status: "status",
    charge: "charge",
    amount: "amount",
    currency: "currency",
    reason: "reason",
    evidenceDueBy: "evidence_details.due_by",
    created: "created",
    metadata: "metadata",
  },
  derived: {
    "`payment`: the intent, else the charge": "payment_intent",
    "`taken`: what it took, less what it gave back": "balance_transactions[]",
  },
  left: {
    [because.BANK]:
      "network_reason_code payment_method_details.* enhanced_eligibility_types[] intended_submission_method",
    "What the business answers is written in Stripe's Dashboard, personal data included.": "evidence.*",
    "How far the answer is; `evidenceDueBy` says until when one is asked for.": `evidence_details.enhanced_eligibility.*
      evidence_details.has_evidence evidence_details.past_due evidence_details.submission_count
      evidence_details.submission_method`,
    "Whether it may still be refunded instead: Stripe decides when that is asked.": "is_charge_refundable",
  },
};
