// Stripe objects of every entity, and what may stand where a member is expected: for tests of what nobody vouches for.
import type { StripeObject } from "@stripe-lanes/core/event";
import { isObject, type Json, type JsonObject } from "@stripe-lanes/core/json";
import { type EventJson, snapshotEvent } from "../events.ts";
import type { StripeEvent } from "../stripe/event.ts";
import { traffic } from "../stripe/traffic.ts";

/** Names that every object of JavaScript has already. */
export const INHERITED_NAMES = [
  ...["__proto__", "constructor", "prototype", "toString", "toLocaleString", "valueOf", "hasOwnProperty"],
  ...["isPrototypeOf", "propertyIsEnumerable", "__defineGetter__", "__lookupSetter__", "toJSON", "then"],
];

/** Of each type and so of each entity, the generic one too. */
const OBJECT_TYPES = [
  ...["account", "balance", "billing.alert_triggered", "billing.credit_balance_transaction"],
  ...[
    "billing.credit_grant",
    "cash_balance",
    "charge",
    "checkout.session",
    "coupon",
    "credit_note",
    "customer",
  ],
  ...["customer_account", "discount", "dispute", "entitlements.active_entitlement_summary", "invoice"],
  ...["invoice_payment", "invoiceitem", "payment_intent", "payment_method", "price", "product"],
  ...[
    "promotion_code",
    "refund",
    "setup_intent",
    "subscription",
    "subscription_schedule",
    "tax_id",
    "mandate",
  ],
];

/** One event of each type that a few weeks of billing bring. */
export function eventsByType(): EventJson[] {
  const { events } = traffic({ seed: 5, events: 1_000 });
  const byType = new Map(events.map((event) => [event.type, event]));
  return [...byType.values()].map(asJson);
}

/** An event of each object type, whose object has every member that any object of the billing has. */
export function eventsOfEverything(): EventJson[] {
  const all = eventsByType().reduce<JsonObject>((union, event) => united(union, objectOf(event)), {});
  return OBJECT_TYPES.map((object) =>
    snapshotEvent({ type: `${object}.updated`, object: { ...all, object }, previous: { status: "x" } }),
  );
}

function asJson(event: StripeEvent): EventJson {
  return JSON.parse(JSON.stringify(event)) as EventJson;
}

function objectOf({ data }: EventJson): StripeObject {
  return (data as JsonObject).object as StripeObject;
}

function united(one: JsonObject, other: JsonObject): JsonObject {
  const added = Object.entries(other).map(([name, value]) => {
    const known = one[name];
    if (isObject(known) && isObject(value)) return [name, united(known, value)] as const;
    return [name, isNothing(known) ? value : (known as Json)] as const;
  });
  return { ...one, ...Object.fromEntries(added) };
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** The ways to every member of a value, and to the value itself. */
export function pathsIn(value: Json, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]))];
}

/** The value with another one at the end of a path; of the last name there need not be a member yet. */
export function withAt(value: Json, [name, ...rest]: string[], by: Json): Json {
  if (name === undefined || typeof value !== "object" || value === null) return by;
  const member = (value as JsonObject)[name] ?? null;
  const changed = [
    ...Object.entries(value).filter(([other]) => other !== name),
    [name, withAt(member, rest, by)],
  ];
  return Array.isArray(value) ? Object.values(Object.fromEntries(changed)) : Object.fromEntries(changed);
}
