// A parked message, as the dead-letter queue hands it over.
import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { customerOf, parseEvent, type StripeEvent } from "@stripe-lanes/core/event";

export type Parked = {
  /** The message's id in the dead-letter queue. */
  id: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, MessageAttributeValue>;
  /** The message group it stands in. */
  group: string;
  /** The lane it came by. */
  lane: string;
  /** Null where the queue itself moved it: it knows none, and the message may well be healthy (D8). */
  reason: string | null;
  error: string | null;
  /** Read from the body, too, where it is JSON and no event that is taken. */
  eventId: string | null;
  eventType: string | null;
  customer: string | null;
  /** How often it had been received in its lane. */
  receives: number;
  /** When it was parked, as an ISO timestamp. */
  parkedAt: string;
  /** Null where the body is no Stripe event. */
  event: StripeEvent | null;
};

export function parkedOf(message: Message): Parked {
  const { MessageId: id = "", ReceiptHandle: receiptHandle = "", Body: body = "" } = message;
  const { MessageAttributes: attributes = {}, Attributes: system = {} } = message;
  const told = (name: string) => attributes[name]?.StringValue ?? null;
  const event = eventIn(body);
  const named = namedIn(body, event);
  const group = system.MessageGroupId ?? "";
  return {
    id,
    receiptHandle,
    body,
    attributes,
    group,
    lane: told("lane") ?? group,
    reason: told("reason"),
    error: told("error"),
    eventId: told("eventId") ?? textOrNull(named.id),
    eventType: told("eventType") ?? textOrNull(named.type),
    customer: named.customer,
    receives: Number(told("receiveCount") ?? system.ApproximateReceiveCount ?? 0),
    parkedAt: told("parkedAt") ?? new Date(Number(system.SentTimestamp ?? 0)).toISOString(),
    event,
  };
}

function eventIn(body: string): StripeEvent | null {
  try {
    return parseEvent(body);
  } catch {
    return null;
  }
}

type Named = { id?: unknown; type?: unknown; customer: string | null };

/** What a body says of itself, also where it is refused: for whoever looks for it. */
function namedIn(body: string, event: StripeEvent | null): Named {
  if (event !== null) return { id: event.id, type: event.type, customer: customerIn(event) };
  try {
    const { id, type, data } = Object(JSON.parse(body)) as Record<string, unknown>;
    return { id, type, customer: customerOf(Object(Object(data).object)) };
  } catch {
    return { customer: null };
  }
}

/** A thin event names no customer, save for the customer's own. */
function customerIn(event: StripeEvent): string | null {
  if (event.kind === "snapshot") return customerOf(event.object);
  return event.related?.type.endsWith("customer") ? event.related.id : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
