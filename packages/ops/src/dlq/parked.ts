// A parked message, as the dead-letter queue hands it over.
import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import { parseEvent, type StripeEvent } from "@stripe-lanes/core/event";

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
  eventId: string | null;
  eventType: string | null;
  /** How often it had been received in its lane. */
  receives: number;
  /** When it was parked, as an ISO timestamp. */
  parkedAt: string;
  /** Null where the body is no Stripe event. */
  event: StripeEvent | null;
};

/** Which messages are meant; all of them where nothing is said. */
export type Filter = {
  reason?: string;
  event?: string;
  /** An event's or a message's. */
  id?: string;
};

/** How a person asks for messages without a reason. */
export const NO_REASON = "none";

export function parkedOf(message: Message): Parked {
  const { MessageId: id = "", ReceiptHandle: receiptHandle = "", Body: body = "" } = message;
  const { MessageAttributes: attributes = {}, Attributes: system = {} } = message;
  const told = (name: string) => attributes[name]?.StringValue ?? null;
  const event = eventIn(body);
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
    eventId: told("eventId") ?? event?.id ?? null,
    eventType: told("eventType") ?? event?.type ?? null,
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

export function matches({ reason, event, id }: Filter, parked: Parked): boolean {
  if (reason !== undefined && reason !== (parked.reason ?? NO_REASON)) return false;
  if (event !== undefined && event !== parked.eventId) return false;
  return id === undefined || id === parked.eventId || id === parked.id;
}
