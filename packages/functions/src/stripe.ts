// The Stripe port on Stripe's SDK, loaded when first needed, within a budget of requests (D12).
import { Defect, Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { FetchRequest } from "@stripe-lanes/core/judge";
import type { Stripe as StripePort } from "@stripe-lanes/core/ports";
import type { Fetched } from "@stripe-lanes/core/tell";
import type Stripe from "stripe";
import { type BudgetOptions, budget } from "./budget.ts";
import { once } from "./once.ts";

export type StripeOptions = BudgetOptions & {
  key: string;
  /** For tests: where Stripe's API is instead, and the milliseconds after which it counts as unavailable. */
  api?: Pick<Stripe.StripeConfig, "protocol" | "host" | "port" | "timeout">;
};

/** Milliseconds after which Stripe counts as unavailable: a lane waits for nobody longer. */
const TIMEOUT = 3_000;

/** Where an object of a type is fetched; a thin event brings its own path. */
const PATHS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    charge: "/v1/charges/",
    "checkout.session": "/v1/checkout/sessions/",
    coupon: "/v1/coupons/",
    credit_note: "/v1/credit_notes/",
    customer: "/v1/customers/",
    dispute: "/v1/disputes/",
    invoice: "/v1/invoices/",
    payment_intent: "/v1/payment_intents/",
    payment_method: "/v1/payment_methods/",
    plan: "/v1/plans/",
    price: "/v1/prices/",
    product: "/v1/products/",
    promotion_code: "/v1/promotion_codes/",
    refund: "/v1/refunds/",
    setup_intent: "/v1/setup_intents/",
    subscription: "/v1/subscriptions/",
    subscription_schedule: "/v1/subscription_schedules/",
  }),
);

export function stripePort(options: StripeOptions): StripePort {
  const spend = budget(options);
  const client = once(() => connect(options));
  return {
    async fetch(request) {
      const path = pathOf(request);
      if (!spend()) throw new Unavailable("The budget of requests to Stripe is spent.");
      const asked = options.now();
      const { object, headers } = await ask(await client(), path, request);
      return { object, ...versionOf(headers, options.now() - asked) };
    },
  };
}

/** No event is trusted: a path that is none of the API's is not followed. */
function pathOf({ objectType, id, url }: FetchRequest): string {
  if (url !== null && /^\/v[12]\/[!-~]+$/.test(url)) return url;
  const path = PATHS.get(objectType);
  if (path === undefined) throw new Defect(`Nothing is known of how to fetch a ${objectType}.`);
  return `${path}${encodeURIComponent(id)}`;
}

/** The SDK never tries again, but for a connection that was closed: a frozen function wakes up with such. */
async function connect({ key, api }: StripeOptions): Promise<Stripe> {
  const { default: SDK } = await import("stripe");
  return new SDK(key, { maxNetworkRetries: 0, timeout: TIMEOUT, telemetry: false, ...api });
}

type Headers = Record<string, string>;
type RawAnswer = StripeObject & { lastResponse: { headers: Headers } };
type Answer = { object: StripeObject | null; headers: Headers };

async function ask(client: Stripe, path: string, { account }: FetchRequest): Promise<Answer> {
  try {
    const answer: RawAnswer = await client.rawRequest("GET", path, undefined, asAccount(account));
    const { lastResponse, ...object } = answer;
    if (typeof object.object !== "string") throw new Error("Stripe's answer is none of its objects.");
    return { object, headers: lastResponse.headers };
  } catch (cause) {
    const error = cause as Stripe.errors.StripeError;
    if (isGone(error)) return { object: null, headers: error.headers ?? {} };
    throw new Unavailable("Stripe does not answer as it should.", { cause });
  }
}

/** An organisation's context leads to an account by way of others, which Stripe-Account cannot say. */
function asAccount(account: string | null): Stripe.RawRequestOptions {
  if (account === null) return {};
  return account.includes("/") ? { stripeContext: account } : { stripeAccount: account };
}

/** In API v1 and v2. */
const GONE = new Set(["resource_missing", "not_found"]);

/** A deletion is final, so a path that Stripe does not know, or a key of the other mode, must not look like one. */
function isGone({ statusCode, code, message }: Stripe.errors.StripeError): boolean {
  return statusCode === 404 && GONE.has(code ?? "") && !message.includes("a similar object exists");
}

/**
 * The answer shows the object as it was at some moment of the request. It holds what happened in the seconds that
 * were over when the request began, on Stripe's clock, and nothing of those after `until`.
 */
function versionOf({ date }: Headers, milliseconds: number): Pick<Fetched, "second" | "until"> {
  const until = Math.floor(Date.parse(date ?? "") / 1000);
  if (Number.isNaN(until)) throw new Unavailable("Stripe's answer has no date to order it by.");
  return { second: until - Math.ceil(milliseconds / 1000) - 1, until };
}
