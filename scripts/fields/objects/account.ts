// A Connect account, and the numbers that customers are registered under for taxes.
import type { Fields } from "../fields.ts";
import * as because from "../reasons.ts";

export const account: Fields = {
  kept: {
    type: "type",
    email: "email",
    country: "country",
    defaultCurrency: "default_currency",
    chargesEnabled: "charges_enabled",
    payoutsEnabled: "payouts_enabled",
    detailsSubmitted: "details_submitted",
    "requirements.currentlyDue": "requirements.currently_due[]",
    "requirements.pastDue": "requirements.past_due[]",
    "requirements.pendingVerification": "requirements.pending_verification[]",
    "requirements.deadline": "requirements.current_deadline",
    "requirements.disabledReason": "requirements.disabled_reason",
    capabilities: "capabilities.*",
    created: "created",
    metadata: "metadata",
  },
  left: {
    "What the account's own people told Stripe: personal data, or of their business.": `business_profile.* business_type
      company.* individual tos_acceptance.*`,
    [because.SETTINGS]: "controller.* groups.* settings.*",
    [because.OTHER]: "external_accounts[]",
    "What will be asked for one day, or instead of what is due.": `future_requirements.* requirements.alternatives.*
      requirements.eventually_due[]`,
    "Words on what is due, which `requirements` names.": "requirements.errors.*",
  },
};

export const taxId: Fields = {
  kept: {
    customer: "customer customer_account owner.customer",
    type: "type",
    value: "value",
    country: "country",
    verification: "verification.status",
    created: "created",
  },
  left: {
    [because.PERSON]: "verification.verified_address verification.verified_name",
    "The same account as `customer_account`.": "owner.customer_account",
    "Whose it is where it is no customer's: the tenant's own.": "owner.account owner.application owner.type",
  },
};
