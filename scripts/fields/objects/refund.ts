import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const refund: Fields = {
  kept: {
    status: "status",
    charge: "charge",
    amount: "amount",
    currency: "currency",
    reason: "reason",
    failureReason: "failure_reason",
    created: "created",
    metadata: "metadata",
  },
  derived: {
    "`payment`: the intent, else the charge": "payment_intent",
    "who has it in their reads": "customer customer_account",
  },
  left: {
    [because.LEDGER]: "balance_transaction failure_balance_transaction",
    [because.PLATFORM]: "source_transfer_reversal transfer_reversal",
    [because.BANK]: "destination_details.*",
    [because.SECRET]: "next_action.*",
    [because.PERSON]: "instructions_email",
    [because.PAPER]: "description receipt_number",
    [because.METHOD]: "payment_method",
    "`status` says that it waits.": "pending_reason",
    "What the customer gets in their own currency: `amount` is what was charged.": "presentment_details.*",
  },
};
