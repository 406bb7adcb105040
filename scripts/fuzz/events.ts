// The events that are made hostile: as Stripe sends them, of every type that a few days of billing bring.
import { claimCheckOf } from "@stripe-lanes/core/claim-check";
import type { JsonObject } from "@stripe-lanes/core/json";
import { thinEvent } from "@stripe-lanes/testing/events";
import type { Random } from "@stripe-lanes/testing/random";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { extendedIn, hostileJson, replacedIn, torn } from "./hostile.ts";

/** Snapshot events, thin ones, claim checks, and some of them in EventBridge's envelope. */
export function examples(): string[] {
  const events = traffic({ seed: 5, events: 400 }).events as unknown as JsonObject[];
  const byType = [...new Map(events.map((event) => [String(event.type), event])).values()];
  const connected = byType.map((event) => ({ ...event, account: "acct_1" }));
  const all = [
    ...byType,
    ...connected.slice(0, 9),
    ...byType.slice(0, 9).flatMap((event) => claimCheckOf(event) ?? []),
  ];
  return [...all, ...thins()].flatMap((event, index) => {
    const envelope = { source: "com.example", "detail-type": "t", detail: event };
    return index % 7 === 0 ? [JSON.stringify(event), JSON.stringify(envelope)] : [JSON.stringify(event)];
  });
}

function thins(): JsonObject[] {
  return ["customer", "invoice", "charge", "coupon", "v2.core.account"].flatMap((type) =>
    ["updated", "deleted", "created"].map((verb) =>
      thinEvent({ type: `v1.${type}.${verb}`, related: { id: `${type}_1`, type, url: `/v1/${type}s/1` } }),
    ),
  );
}

/** One event, or what was one: whole, with other values, with members more, torn, or nothing of it left. */
export function bodyFrom(known: readonly string[], random: Random): string {
  const body = random.pick(known);
  const kind = random.integer(20);
  if (kind < 4) return body;
  if (kind < 12) return replacedIn(body, random);
  if (kind < 16) return extendedIn(replacedIn(body, random), random);
  if (kind < 19) return torn(body, random);
  return hostileJson(random);
}
