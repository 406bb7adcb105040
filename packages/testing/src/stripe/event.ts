// A Stripe snapshot event, as a webhook endpoint or an event bus receives it.

export type StripeObject = { object: string; [member: string]: unknown };

export type PreviousAttributes = { [member: string]: unknown };

/** The API request that led to an event; both are null where Stripe acted on its own. */
export type Request = { id: string | null; idempotency_key: string | null };

export type StripeEvent = {
  id: string;
  object: "event";
  /** The Connect account it comes from. */
  account?: string;
  api_version: string;
  /** Seconds since the epoch. */
  created: number;
  data: { object: StripeObject; previous_attributes?: PreviousAttributes };
  livemode: boolean;
  /** Changes from one delivery to the next. */
  pending_webhooks: number;
  request: Request;
  type: string;
};
