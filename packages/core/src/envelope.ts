// EventBridge's envelope around an event, where a rule of a team's own or the stray lane sends it whole.
import { Malformed } from "./errors.ts";
import { isObject, type Json, parseJson } from "./json.ts";

/** What a body holds, and the source that its envelope names; null where it is in none. */
export type Opened = { json: Json; source: string | null };

/** The largest body that is taken, in bytes: DynamoDB's limit for an item. */
export const LARGEST_BODY = 400 * 1024;

/**
 * Parses a queue message's body, and takes it out of its envelope.
 * @throws Malformed when it is not JSON, cannot be held exactly, or is over 400 KB.
 */
export function openBody(body: string): Opened {
  const bytes = Buffer.byteLength(body);
  if (bytes > LARGEST_BODY)
    throw new Malformed("too-large", `The body has ${bytes} bytes; ${LARGEST_BODY} are the most.`);
  return opened(parseJson(body));
}

/** Unwraps an envelope, whatever its source; what is in none is given as it is. */
function opened(json: Json): Opened {
  if (!isObject(json) || !isObject(json.detail) || typeof json.source !== "string")
    return { json, source: null };
  return "detail-type" in json ? { json: json.detail, source: json.source } : { json, source: null };
}

/** Stripe's sources go on, with the name of a destination: `aws.partner/stripe.com/ed_…`. */
const NEVER_SENT = /^(aws\.partner\/)?stripe\.com\/?$/;

/**
 * The envelope of a trial or a forgery is told from a real one.
 * @throws Malformed `not-an-event` where AWS never sends such a source.
 */
export function checkSource({ source }: Opened): void {
  if (source === null || !NEVER_SENT.test(source)) return;
  const real = "Stripe's events have one that begins with aws.partner/stripe.com/ and goes on";
  throw new Malformed("not-an-event", `AWS never sends the envelope's source "${source}": ${real}.`);
}

/** The same refusal, with where the body came from. */
export function refusedFrom({ source }: Opened, refusal: Malformed): Malformed {
  if (source === null) return refusal;
  return new Malformed(
    refusal.reason,
    `${refusal.message} It came in an envelope of the source "${source}".`,
  );
}
