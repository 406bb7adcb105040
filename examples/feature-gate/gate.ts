// A feature behind its entitlement: an endpoint asks the billing table whether a customer may use it, and how sure
// that is. Nothing here calls Stripe.
import type { Access } from "@stripe-lanes/core/access";
import type { AccessReason } from "@stripe-lanes/core/access-decision";
import type { AccessPolicy } from "@stripe-lanes/core/access-policy";
import type { Billing } from "@stripe-lanes/core/billing";
import { Unavailable } from "@stripe-lanes/core/errors";
import type {
  APIGatewayProxyStructuredResultV2 as Answer,
  LambdaFunctionURLEvent as Request,
} from "aws-lambda";

/** What this business gives; `ACCESS_DEFAULTS` has the rest, with reasons. Hand it to `billing`. */
export const POLICY: Partial<AccessPolicy> = {
  past_due: { graceDays: 14 },
  scheduledEnd: "on-time",
};

export type GateOptions = {
  billing: Pick<Billing, "hasAccess">;
  /** The feature's lookup key in Stripe. */
  feature: string;
  /** The Stripe customer who is signed in, as your own session knows them; null where nobody is. */
  customerOf(request: Request): Promise<string | null>;
  /**
   * Where a refusal is not certain (`access.certain`): they may have paid before the first deployment, or the event that
   * says so is on its way, or Stripe did not tell all. Allow what costs little; deny what costs much, and ask them to
   * come back. Neither asks them to pay again.
   */
  whenUncertain: "allow" | "deny";
};

export type Handler = (request: Request) => Promise<Answer>;

/** The handler of a Lambda function URL that lets through to `handler` only who may use the feature. */
export function gated(options: GateOptions, handler: Handler): Handler {
  return async (request) => {
    const customer = await options.customerOf(request);
    if (customer === null) return refusal(401, "not-signed-in");
    const access = await accessOf(options, customer);
    if (access === "unknown") return later("billing-unavailable", 1);
    if (!access.granted) return refusalOf(access, options) ?? handler(request);
    return withBanner(await handler(request), access);
  };
}

/** DynamoDB could not answer just now: that says nothing about the customer. Whatever else is thrown is a bug. */
async function accessOf({ billing, feature }: GateOptions, customer: string): Promise<Access | "unknown"> {
  try {
    return await billing.hasAccess(customer, feature);
  } catch (error) {
    if (error instanceof Unavailable) return "unknown";
    throw error;
  }
}

/** Where nothing is owed: the plan lacks it, nothing is collected for now, or the customer is gone. All else is 402, Payment Required. */
const FORBIDDEN: ReadonlySet<AccessReason> = new Set([
  "not-entitled",
  "collection-paused",
  "customer-deleted",
]);

/** A no for certain is an answer; otherwise they are asked to come back, or let through: they may have paid. */
function refusalOf({ certain, reason }: Access, { whenUncertain }: GateOptions): Answer | undefined {
  if (certain) return refusal(FORBIDDEN.has(reason) ? 403 : 402, reason);
  return whenUncertain === "deny" ? later(reason, 60) : undefined;
}

/** In its grace a customer is let through, and told to mend their card while that lasts. */
function withBanner(answer: Answer, { reason }: Access): Answer {
  if (reason !== "past-due-in-grace") return answer;
  return { ...answer, headers: { ...answer.headers, "x-billing-banner": "update-payment-method" } };
}

function refusal(statusCode: number, reason: string): Answer {
  return {
    statusCode,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ error: reason }),
  };
}

function later(reason: string, seconds: number): Answer {
  const answer = refusal(503, reason);
  return { ...answer, headers: { ...answer.headers, "retry-after": String(seconds) } };
}
