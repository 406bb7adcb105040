// What a request to the webhook is let in as: signed by Stripe, and an event. Pure.
import { isObject, type JsonObject } from "@stripe-lanes/core/json";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import Stripe from "stripe";
import { type Barred, type Entries, entriesFor } from "./entry.ts";
import type { WebhookMetric } from "./metrics.ts";

export type Request = Pick<LambdaFunctionURLEvent, "body" | "isBase64Encoded" | "headers">;

export type Admitted = { eventId: string | undefined } & Entries;

/**
 * In one sentence that may be shown to anybody. Only what is signed has an event id and a metric: a request that anybody
 * can make must set off no alarm.
 */
export type Refusal = {
  status: 400 | 413;
  refusal: string;
  eventId?: string | undefined;
  metric?: WebhookMetric;
};

export type AdmitOptions = {
  /** Any one of them will do: while a secret is rolled, two are good. */
  secrets: string[];
  source: string;
  /** Milliseconds since the epoch. */
  now: number;
};

/** Seconds for which a signature is good, so that a request that was overheard cannot be sent again later. */
const TOLERANCE = 300;
const ANY_AGE = 0;

/**
 * The event id and the entries for PutEvents, or the refusal to answer with. A signature is good for 300 seconds,
 * any of the secrets will do, and thin events are accepted too.
 */
export function admit(request: Request, options: AdmitOptions): Admitted | Refusal {
  const body = bodyOf(request);
  const refused = refusalOf(body, request.headers?.["stripe-signature"], options);
  if (refused !== null) return refused;
  const event = eventOf(body);
  if (event === null) return NO_EVENT;
  const eventId = typeof event.id === "string" ? event.id : undefined;
  const entries = entriesFor(body, event, options.source);
  return "barred" in entries ? barredBy(entries, eventId) : { eventId, ...entries };
}

function barredBy({ barred, sentence }: Barred, eventId: string | undefined): Refusal {
  const told = { refusal: sentence, eventId };
  if (barred === "too-deep") return { ...told, status: 400, metric: "WebhookRefused" };
  return { ...told, status: 413, metric: "WebhookTooLarge" };
}

const NO_EVENT: Refusal = {
  status: 400,
  refusal: "The body is no Stripe event: it is no JSON object with a type.",
  metric: "WebhookRefused",
};

function bodyOf({ body, isBase64Encoded }: Request): string {
  const text = typeof body === "string" ? body : "";
  return isBase64Encoded ? Buffer.from(text, "base64").toString("utf8") : text;
}

/** Why a request may not be Stripe's, or null. An old signature was Stripe's once: if they all are, our clock is wrong. */
function refusalOf(body: string, header: string | undefined, { secrets, now }: AdmitOptions): Refusal | null {
  if (!header) return unsigned("The header stripe-signature is missing.");
  const isSigned = (tolerance: number) =>
    secrets.some((secret) => isSignedBy(secret, { body, header, tolerance, now }));
  if (isSigned(TOLERANCE)) return null;
  const old = `The signature is older than ${TOLERANCE} seconds.`;
  if (isSigned(ANY_AGE)) return { ...unsigned(old), metric: "WebhookRefused" };
  return unsigned("The signature was not made of this body with a signing secret of this endpoint.");
}

function unsigned(refusal: string): Refusal {
  return { status: 400, refusal };
}

type Signed = { body: string; header: string; tolerance: number; now: number };

/**
 * The signature alone: `constructEvent` goes on to refuse thin events. Whatever the SDK throws means "not signed": it
 * throws plain errors for headers that it cannot read, such as `t=1,v1=`.
 */
function isSignedBy(secret: string, { body, header, tolerance, now }: Signed): boolean {
  try {
    const { signature } = Stripe.webhooks;
    return signature?.verifyHeader(body, header, secret, tolerance, undefined, now) === true;
  } catch {
    return false;
  }
}

/** What has a type is let in, even if nobody knows such an event yet: the stray lane parks it with its reason. */
function eventOf(body: string): (JsonObject & { type: string }) | null {
  const event = parsed(body);
  return isObject(event) && isTyped(event) ? event : null;
}

function isTyped(event: JsonObject): event is JsonObject & { type: string } {
  return typeof event.type === "string" && event.type !== "";
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
