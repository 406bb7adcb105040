// A story: what happened at Stripe, event by event in true order, and the rows that are right in the end.
import type { StripeObject } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import { type EventJson, FIRST_SECOND, snapshotEvent } from "../../events.ts";
import { previousAttributes } from "../../stripe/previous.ts";

export type Story = {
  /** What happens, in a few words that end in what is right about the rows. */
  name: string;
  /** In the order in which they happened, of API version 2026-10-28.endive. */
  events: EventJson[];
  /** All of them; a counter that is back at zero is none. */
  rows: StoryRow[];
  /** What Stripe answers when asked after all that; a story without is told to a worker without a key. */
  stripe?: StripeObject[];
};

/** A row as it is read: `state` has the members that decide, and others. */
export type StoryRow = {
  noun: string;
  id: string;
  customer: string | null;
  status: string | null;
  deleted?: true;
  /** Lists that Stripe did not send whole. */
  incomplete?: string[];
  state: JsonObject;
};

/** When stories begin: everything else is that many seconds later. */
export const START = FIRST_SECOND;

export const HOUR = 3_600;
export const DAY = 24 * HOUR;
/** A billing period. */
export const MONTH = 30 * DAY;

/** What Stripe tells at one moment: `before` is the object as it was, where the event says so. */
export type Moment = { second: number; type: string; object: StripeObject; before?: StripeObject };

/** @param second since the story began. */
export function at(second: number, type: string, object: StripeObject, before?: StripeObject): Moment {
  return { second, type, object, ...(before && { before }) };
}

/** Event ids count down here, so that nobody gets away with taking the greatest id for the last event. */
export function told(story: string, moments: Moment[]): EventJson[] {
  return moments.map(({ second, type, object, before }, index) =>
    snapshotEvent({
      id: `evt_${story}_${String(moments.length - index).padStart(2, "0")}`,
      created: START + second,
      type,
      object,
      ...(before && { previous: previousAttributes(before, object) as JsonObject }),
    }),
  );
}
