// The Stripe port on Stripe's SDK, loaded when first needed, within a budget of requests (D12).
import { Malformed, Unauthorized, Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { Fetched, FetchRequest } from "@stripe-lanes/core/fetch";
import type { Stripe as StripePort } from "@stripe-lanes/core/ports";
import type Stripe from "stripe";
import { type BudgetOptions, budget } from "./budget.ts";
import { once } from "./once.ts";
import { fetchWhole } from "./stripe-lists.ts";

export type StripeOptions = BudgetOptions & {
  key: string;
  /** For tests: where Stripe's API is instead, and the milliseconds after which it counts as unavailable. */
  api?: Pick<Stripe.StripeConfig, "protocol" | "host" | "port" | "timeout">;
};

/** Milliseconds after which a request has failed, and after whose first no other is begun: a lane cannot wait. */
const TIMEOUT = 3_000;

/**
 * A fetched object and the seconds on Stripe's clock that it covers, `object: null` where Stripe has none. `fetch`
 * throws Unavailable to be retried, Unauthorized when Stripe rejects the key, Malformed when asking again cannot
 * help.
 */
export function stripePort(options: StripeOptions): StripePort {
  const spend = budget(options);
  const client = once(() => connect(options));
  const patience = options.api?.timeout ?? TIMEOUT;
  return {
    async fetch(request) {
      const begun = options.now();
      const versions: Version[] = [];
      const object = await fetchWhole(request, async (path) => {
        const asked = options.now();
        if (asked - begun > patience) throw new Unavailable("Stripe takes too long to give a whole list.");
        if (!spend()) throw new Unavailable("The budget of requests to Stripe is spent.");
        const answer = await ask(await client(), path, request);
        versions.push(versionOf(answer.headers, lasted(options.now() - asked, patience)));
        return answer.object;
      });
      return { object, ...spanOf(versions) };
    },
  };
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
    if (typeof object.object !== "string") throw noObject();
    return { object, headers: lastResponse.headers };
  } catch (cause) {
    if (!isOfTheSdk(cause)) throw cause;
    const refusal = refusalOf(cause);
    if (refusal) throw refusal;
    if (isMissing(cause)) return { object: null, headers: cause.headers ?? {} };
    throw new Unavailable(NO_ANSWER, { cause });
  }
}

const NO_ANSWER = "Stripe does not answer as it should.";

function noObject(): Unavailable {
  return new Unavailable(NO_ANSWER, { cause: new Error("The answer is none of Stripe's objects.") });
}

/** Whatever else is thrown while asking is our own code's. */
function isOfTheSdk(cause: unknown): cause is Stripe.errors.StripeError {
  return cause instanceof Error && "type" in cause && "requestId" in cause;
}

/** What every request of this kind gets with this key. Stripe's own texts are left out, since some name the key. */
function refusalOf(cause: Stripe.errors.StripeError): Malformed | Unavailable | null {
  const { statusCode, message } = cause;
  if (statusCode === 401) return new Unauthorized("Stripe rejects StripeKey.", { cause });
  if (statusCode === 403) return new Malformed("stripe-key-forbidden", FORBIDDEN, { cause });
  if (message.includes(OTHER_MODE)) return new Malformed("wrong-stripe-key", WRONG_MODE, { cause });
  if (statusCode !== 404 || !message.startsWith(NO_SUCH_PATH)) return null;
  return new Malformed("unknown-stripe-path", UNKNOWN_PATH, { cause });
}

const FORBIDDEN = "StripeKey may not read what was asked for.";
const WRONG_MODE = "StripeKey is a key of the other mode.";
const UNKNOWN_PATH = "Stripe's API does not know the path that was asked for.";

/** "No such customer: 'cus_…'; a similar object exists in live mode, but a test mode key was used …" */
const OTHER_MODE = "a similar object exists";
const NO_SUCH_PATH = "Unrecognized request URL";

/** An organisation's context leads to an account by way of others, which Stripe-Account cannot say. */
function asAccount(account: string | null): Stripe.RawRequestOptions {
  if (account === null) return {};
  return account.includes("/") ? { stripeContext: account } : { stripeAccount: account };
}

/** In API v1 and v2. */
const MISSING = new Set(["resource_missing", "not_found"]);

/** Where a list goes by its customer, Stripe finds fault with the parameter (400) instead of the path (404). */
function isMissing({ statusCode, code }: Stripe.errors.StripeError): boolean {
  return (statusCode === 404 || statusCode === 400) && MISSING.has(code ?? "");
}

type Version = Pick<Fetched, "second" | "until">;

/** Where the clock went back meanwhile, a request took as long as one may: its answer is claimed to cover less. */
function lasted(milliseconds: number, longest: number): number {
  return milliseconds < 0 ? longest : milliseconds;
}

/**
 * The answer shows the object as it was at some moment of the request. It holds what happened in the seconds that
 * were over when the request began, on Stripe's clock, and nothing of those after `until`.
 */
function versionOf({ date }: Headers, milliseconds: number): Version {
  const until = Math.floor(Date.parse(date ?? "") / 1000);
  if (Number.isNaN(until)) throw new Unavailable("Stripe's answer has no date to order it by.");
  return { second: until - Math.ceil(milliseconds / 1000) - 1, until };
}

/**
 * Of an object and the pages of its list: all of them hold what happened before the first was asked for, and none
 * what happened after the last was given. A change in between may show in some of them only, so its own event has
 * to be newer than `second`; and where it is not newer than `until`, it asks again.
 */
function spanOf(versions: Version[]): Version {
  return {
    second: Math.min(...versions.map(({ second }) => second)),
    until: Math.max(...versions.map(({ until }) => until)),
  };
}
