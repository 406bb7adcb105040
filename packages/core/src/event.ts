// A Stripe event as the queue hands it over: parsed once, trusted never, told apart by what it carries.
import { openBody } from "./envelope.ts";
import { Malformed } from "./errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

/** Carries the object as it was when the event was made. */
export type Snapshot = {
  kind: "snapshot";
  id: string;
  type: string;
  apiVersion: string | null;
  /** Seconds since the epoch. */
  created: number;
  livemode: boolean;
  /** The Connect account it comes from. */
  account: string | null;
  object: StripeObject;
  /** What changed, as it was before: only Stripe's `*.updated` events tell. */
  previous: JsonObject | null;
  /** The object has its ids only, and the event is to be fetched. */
  isClaimCheck?: true;
};

/** Carries a reference only: the object is to be fetched. */
export type Thin = {
  kind: "thin";
  id: string;
  type: string;
  /** Seconds since the epoch, rounded down. */
  created: number;
  livemode: boolean;
  account: string | null;
  /** Without an id where there is one of it only, such as an account's balance: it is then found by its URL. */
  related: { id: string | null; type: string; url: string | null } | null;
  /** The id of the snapshot event that tells the same change. */
  snapshotEvent: string | null;
};

export type StripeEvent = Snapshot | Thin;

/** A Stripe object: `object` is its type, `id` is missing on the few that have none. */
export type StripeObject = JsonObject & { object: string };

/** A moment with its zone, to nanoseconds if need be. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Marks a claim check, beside its object: the lanes' rules carry `data` whole, and Stripe sends no such member. */
export const CLAIM_CHECK = "claim_check";

/** Stripe's own limit on an id, and ours on an object type, in bytes: so that every key fits into DynamoDB's. */
const LONGEST_ID = 255;
const LONGEST_OBJECT_TYPE = 80;

/**
 * Reads a queue message's body, which may have an envelope of EventBridge's around it.
 * @throws Malformed with the reason when it is no Stripe event, cannot be held exactly, or is over 400 KB.
 */
export function parseEvent(body: string): StripeEvent {
  return eventFrom(openBody(body).json);
}

/**
 * Reads an event that was parsed.
 * @throws Malformed with the reason when it is no Stripe event.
 */
export function eventFrom(json: Json): StripeEvent {
  if (!isObject(json)) throw notAnEvent("it is no JSON object");
  if (json.object === "event") return snapshot(json);
  if (json.object === "v2.core.event") return thin(json);
  throw notAnEvent('its "object" is neither "event" nor "v2.core.event"');
}

function snapshot(json: JsonObject): Snapshot {
  const data = isObject(json.data) ? json.data : {};
  return {
    kind: "snapshot",
    id: requiredText(json.id, "id"),
    type: requiredText(json.type, "type"),
    apiVersion: optionalText(json.api_version, "api_version"),
    created: seconds(json.created),
    livemode: flag(json.livemode),
    account: optionalText(json.account, "account"),
    object: stripeObject(data.object),
    previous: optionalObject(data.previous_attributes),
    ...(data[CLAIM_CHECK] === true && { isClaimCheck: true }),
  };
}

function thin(json: JsonObject): Thin {
  return {
    kind: "thin",
    id: requiredText(json.id, "id"),
    type: requiredText(json.type, "type"),
    created: secondsOfTimestamp(json.created),
    livemode: flag(json.livemode),
    account: optionalText(json.context, "context"),
    related: relatedObject(json.related_object),
    snapshotEvent: optionalText(json.snapshot_event, "snapshot_event"),
  };
}

function notAnEvent(why: string): Malformed {
  return new Malformed("not-an-event", `The body is no Stripe event: ${why}.`);
}

/** What an input transformer makes of a path that is missing: nothing, null or an empty string. */
function isAbsent(value: Json | undefined): value is undefined | null | "" {
  return value === undefined || value === null || value === "";
}

function requiredText(value: Json | undefined, field: string, longest = LONGEST_ID): string {
  if (typeof value !== "string" || value === "") throw notAnEvent(`its "${field}" is not a text`);
  if (!value.isWellFormed()) throw notAnEvent(`its "${field}" is not well-formed Unicode`);
  if (Buffer.byteLength(value) > longest) throw notAnEvent(`its "${field}" is longer than ${longest} bytes`);
  return value;
}

function optionalText(value: Json | undefined, field: string): string | null {
  return isAbsent(value) ? null : requiredText(value, field);
}

function optionalObject(value: Json | undefined): JsonObject | null {
  if (isAbsent(value)) return null;
  if (!isObject(value)) throw notAnEvent('its "data.previous_attributes" is no object');
  return value;
}

function stripeObject(value: Json | undefined): StripeObject {
  if (!isObject(value)) throw notAnEvent('its "data.object" is no object');
  requiredText(value.object, "data.object.object", LONGEST_OBJECT_TYPE);
  optionalText(value.id, "data.object.id");
  return value as StripeObject;
}

function relatedObject(value: Json | undefined): Thin["related"] {
  if (isAbsent(value)) return null;
  if (!isObject(value)) throw notAnEvent('its "related_object" is no object');
  return {
    id: optionalText(value.id, "related_object.id"),
    type: requiredText(value.type, "related_object.type", LONGEST_OBJECT_TYPE),
    url: typeof value.url === "string" && value.url !== "" ? value.url : null,
  };
}

/** Events that passed through a form have texts where Stripe sends a flag or a number. */
function flag(value: Json | undefined): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw notAnEvent('its "livemode" is neither true nor false');
}

function seconds(value: Json | undefined): number {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw notAnEvent('its "created" is not in whole seconds');
}

function secondsOfTimestamp(value: Json | undefined): number {
  const milliseconds = typeof value === "string" && TIMESTAMP.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds) || milliseconds < 0) throw notAnEvent('its "created" is not a timestamp');
  return Math.floor(milliseconds / 1000);
}

/** The id of the object an event is about: null for the few Stripe objects that have none. */
export function objectIdOf(event: StripeEvent): string | null {
  if (event.kind === "thin") return event.related?.id ?? null;
  return idOf(event.object);
}

export function idOf(object: StripeObject): string | null {
  return typeof object.id === "string" && object.id !== "" ? object.id : null;
}

/** The customer an event names: of a snapshot alone, since a thin event names its object only. */
export function customerOfEvent(event: StripeEvent): string | null {
  return event.kind === "snapshot" ? customerOf(event.object) : null;
}

/**
 * The customer of a Stripe object, itself where it is one; a reference may be expanded. In Accounts v2 a customer may
 * be an account alone.
 */
export function customerOf(object: StripeObject): string | null {
  if (object.object === "customer") return idOf(object);
  return referenceId(object.customer) ?? referenceId(object.customer_account);
}

/** The id behind a reference, which Stripe sends bare or expanded. */
export function referenceId(reference: Json | undefined): string | null {
  const id = isObject(reference) ? reference.id : reference;
  if (typeof id !== "string" || id === "" || Buffer.byteLength(id) > LONGEST_ID || !id.isWellFormed())
    return null;
  return id;
}
