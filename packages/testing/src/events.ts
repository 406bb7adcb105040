// Stripe events as JSON, small enough to be read in a test, and the queue messages that bring them.
import type { StripeObject } from "@stripe-lanes/core/event";
import type { JsonObject } from "@stripe-lanes/core/json";
import type { Message } from "@stripe-lanes/core/ports";

export type EventJson = JsonObject & { id: string; type: string };

type About = {
  type: string;
  /** The next of a counter where it is not given. */
  id?: string;
  /** Seconds since the epoch; a second after the event made before where it is not given. */
  created?: number;
  livemode?: boolean;
  /** The Connect account it comes from. */
  account?: string;
};

export type SnapshotOptions = About & {
  object: StripeObject;
  /** `previous_attributes`: what changed, as it was before. */
  previous?: JsonObject;
};

export type ThinOptions = About & {
  related: { id: string; type: string; url?: string };
  /** The id of the snapshot event that tells the same change. */
  snapshotEvent?: string;
};

/** The second of the first event, since the epoch. */
export const FIRST_SECOND = 1_780_000_000;

/** A lane as good as any other. */
export const LANE = "lane-00";

let eventsMade = 0;
let messagesMade = 0;

/** An event of API v1, which carries its object; `created` in seconds since the epoch. */
export function snapshotEvent({ object, previous, ...about }: SnapshotOptions): EventJson {
  const { id, created, type, livemode, account } = completed(about);
  return {
    id,
    object: "event",
    type,
    api_version: "2026-10-28.endive",
    created,
    livemode,
    ...(account === undefined ? {} : { account }),
    data: { object, ...(previous && { previous_attributes: previous }) },
  };
}

/** An event of API v2, which only names its object; `created` becomes an ISO 8601 time, as API v2 has it. */
export function thinEvent({ related, snapshotEvent: told, ...about }: ThinOptions): EventJson {
  const { id, created, type, livemode, account } = completed(about);
  return {
    id,
    object: "v2.core.event",
    type,
    created: new Date(created * 1000).toISOString(),
    livemode,
    ...(account === undefined ? {} : { context: account }),
    related_object: related,
    ...(told === undefined ? {} : { snapshot_event: told }),
  };
}

function completed(about: About): About & Required<Pick<About, "id" | "created" | "livemode">> {
  const number = eventsMade++;
  return {
    id: `evt_${String(number).padStart(6, "0")}`,
    created: FIRST_SECOND + number,
    livemode: false,
    ...about,
  };
}

/** A message as the worker receives it; a text is a body as it is, such as one that is no event. */
export function messageOf(event: EventJson | string, options: Partial<Omit<Message, "body">> = {}): Message {
  const { group = LANE, id = `msg_${String(messagesMade++).padStart(6, "0")}` } = options;
  return {
    id,
    origin: id,
    body: typeof event === "string" ? event : JSON.stringify(event),
    group,
    lane: group,
    receives: 1,
    attempts: 0,
    ...options,
  };
}

/** The messages in order, all of one lane and each received once; for other options see `messageOf`. */
export function messagesOf(...events: (EventJson | string)[]): Message[] {
  return events.map((event) => messageOf(event));
}
