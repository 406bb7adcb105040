// One Stripe event that is posted as it is: put on the partner's bus, as Stripe's own event source would.
import { isObject } from "@stripe-lanes/core/json";
import { BUS } from "@stripe-lanes/testing/local/deploy";
import type { LocalEventBridge } from "@stripe-lanes/testing/local/eventbridge/server";

/** Why it is not taken, in one sentence, or null. */
export type Refused = { status: 400 | 413; sentence: string } | null;

type Bus = Pick<LocalEventBridge, "command">;

const OBJECTS = new Set<unknown>(["event", "v2.core.event"]);

/** Bytes that EventBridge takes of one entry. */
const LARGEST_ENTRY = 1024 * 1024;

/** The body goes on as it is, but for a byte order mark, so that no number in it is rounded. */
export async function putBareEvent(events: Bus, posted: Buffer): Promise<Refused> {
  const body = new TextDecoder().decode(posted);
  const type = typeOf(body);
  if (typeof type !== "string") return type;
  const entry = { EventBusName: BUS, Source: BUS, DetailType: type, Detail: body };
  const bytes = Buffer.byteLength(BUS + type + body);
  if (bytes > LARGEST_ENTRY)
    return {
      status: 413,
      sentence: `The event takes ${bytes} bytes, and EventBridge ${LARGEST_ENTRY} at most.`,
    };
  const { Entries } = (await events.command("PutEvents", { Entries: [entry] })) as PutEventsReply;
  const refusal = Entries[0]?.ErrorMessage;
  return refusal === undefined ? null : { status: 400, sentence: refusal };
}

type PutEventsReply = { Entries: { ErrorMessage?: string }[] };

function typeOf(body: string): string | NonNullable<Refused> {
  const event = parsed(body);
  if (event === undefined) return refused("The body is not JSON.");
  if (!isObject(event)) return refused("The body is not a JSON object.");
  const { object, id, type } = event;
  if (!OBJECTS.has(object))
    return refused("The object is no Stripe event: its object must be event or v2.core.event.");
  if (typeof id !== "string" || id === "") return refused("The Stripe event has no id.");
  if (typeof type !== "string" || type === "") return refused(`The Stripe event ${id} has no type.`);
  return type;
}

function refused(sentence: string): NonNullable<Refused> {
  return { status: 400, sentence };
}

function parsed(body: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
