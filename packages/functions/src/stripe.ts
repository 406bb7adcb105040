// The Stripe port on Stripe's SDK, loaded when first needed, within a budget of requests (D12).
import { Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { FetchRequest } from "@stripe-lanes/core/judge";
import type { Stripe as StripePort } from "@stripe-lanes/core/ports";
import type { Fetched } from "@stripe-lanes/core/tell";
import type Stripe from "stripe";

export type StripeOptions = {
  key: string;
  /** Requests a second, of which two seconds' worth can be saved up. */
  rate: number;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** Milliseconds after which Stripe counts as unavailable: a lane waits for nobody longer. */
const TIMEOUT = 3_000;

/** Where an object of a type is fetched; a thin event brings its own path. */
const PATHS: Readonly<Record<string, string>> = {
  charge: "/v1/charges/",
  "checkout.session": "/v1/checkout/sessions/",
  coupon: "/v1/coupons/",
  customer: "/v1/customers/",
  invoice: "/v1/invoices/",
  payment_intent: "/v1/payment_intents/",
  payment_method: "/v1/payment_methods/",
  plan: "/v1/plans/",
  price: "/v1/prices/",
  product: "/v1/products/",
  refund: "/v1/refunds/",
  setup_intent: "/v1/setup_intents/",
  subscription: "/v1/subscriptions/",
};

export function stripePort(options: StripeOptions): StripePort {
  const spend = budget(options);
  let client: Promise<Stripe> | undefined;
  return {
    async fetch(request) {
      const path = pathOf(request);
      if (!spend()) throw new Unavailable("The budget of requests to Stripe is spent.");
      client ??= connect(options.key);
      return retrieve(await client, path, request, options.now);
    },
  };
}

function pathOf({ objectType, id, url }: FetchRequest): string {
  if (url !== null) return url;
  const path = PATHS[objectType];
  if (path === undefined) throw new Unavailable(`Nothing is known of how to fetch a ${objectType}.`);
  return `${path}${encodeURIComponent(id)}`;
}

async function connect(key: string): Promise<Stripe> {
  const { default: SDK } = await import("stripe");
  return new SDK(key, { maxNetworkRetries: 0, timeout: TIMEOUT, telemetry: false });
}

async function retrieve(
  client: Stripe,
  path: string,
  { account }: FetchRequest,
  now: () => number,
): Promise<Fetched> {
  const asked = now();
  try {
    const answer = await client.rawRequest(
      "GET",
      path,
      undefined,
      account === null ? {} : { stripeAccount: account },
    );
    const { lastResponse, ...object } = answer as StripeObject & { lastResponse: Response };
    return { object: object as StripeObject, ...versionOf(lastResponse.headers, (now() - asked) / 1000) };
  } catch (error) {
    const { statusCode, headers } = error as Stripe.errors.StripeError;
    if (statusCode !== 404) throw new Unavailable("Stripe does not answer as it should.", { cause: error });
    return { object: null, ...versionOf(headers ?? {}, (now() - asked) / 1000) };
  }
}

type Response = { headers: Record<string, string> };

/** The answer holds for some moment of the request: surely for the second before it began, on Stripe's clock. */
function versionOf(headers: Record<string, string>, elapsed: number): Pick<Fetched, "second" | "until"> {
  const until = Math.floor(Date.parse(headers.date ?? "") / 1000);
  if (Number.isNaN(until)) throw new Unavailable("Stripe's answer has no date to order it by.");
  return { second: Math.ceil(until - elapsed) - 1, until };
}

function budget({ rate, now }: StripeOptions): () => boolean {
  const most = Math.max(1, rate * 2);
  let left = most;
  let at = now();
  return () => {
    left = Math.min(most, left + ((now() - at) / 1000) * rate);
    at = now();
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
