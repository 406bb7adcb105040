// Claim checks: what stands in for an event that EventBridge may not carry, until the worker fetches it from Stripe (D1).
import { CLAIM_CHECK } from "./event.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";

const SNAPSHOT_MEMBERS = ["id", "object", "type", "api_version", "created", "livemode", "account"];
const THIN_MEMBERS = ["id", "object", "type", "created", "livemode", "context", "snapshot_event"];
const OBJECT_MEMBERS = ["object", "id"];
const RELATED_MEMBERS = ["type", "id", "url"];

/**
 * The same event without what Stripe gives when asked: its lane and its ledger row are the event's, so that it is one with
 * the event itself. A thin event only leaves out what nothing reads. Null for what could not be fetched.
 */
export function claimCheckOf(event: JsonObject): JsonObject | null {
  const { id, object: kind, data } = event;
  if (typeof id !== "string" || id === "") return null;
  if (kind === "v2.core.event") return thinOf(event);
  if (kind !== "event" || !isObject(data) || !isObject(data.object)) return null;
  const { customer, customer_account } = data.object;
  const object = joined(
    picked(data.object, OBJECT_MEMBERS),
    member("customer", customer, OBJECT_MEMBERS),
    member("customer_account", customer_account, OBJECT_MEMBERS),
  );
  return joined(picked(event, SNAPSHOT_MEMBERS), object && { data: { object, [CLAIM_CHECK]: true } });
}

function thinOf(event: JsonObject): JsonObject | null {
  return joined(picked(event, THIN_MEMBERS), member("related_object", event.related_object, RELATED_MEMBERS));
}

/** An expanded object stays one: the rules look for a text, and its lane goes by that. */
function member(name: string, value: Json | undefined, names: string[]): JsonObject | null {
  if (value === undefined) return {};
  if (!isObject(value)) return picked({ [name]: value }, [name]);
  const about = picked(value, names);
  return about && { [name]: about };
}

/** Null where one of them is no plain value: no event is like that. */
function picked(object: JsonObject, names: string[]): JsonObject | null {
  const members = Object.entries(object).filter(([name]) => names.includes(name));
  return members.every(([, value]) => isPlain(value)) ? Object.fromEntries(members) : null;
}

function isPlain(value: Json): boolean {
  return typeof value !== "object" || value === null;
}

function joined(...parts: (JsonObject | null)[]): JsonObject | null {
  return parts.includes(null) ? null : Object.assign({}, ...parts);
}
