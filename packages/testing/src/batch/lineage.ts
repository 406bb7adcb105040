// Which message of the batch a message in the queues comes from: a copy and a redriven message have ids of their own.
import type { SQSRecord } from "aws-lambda";
import type { Message } from "../local/sqs/state.ts";

export type Lineage = {
  /** By the ids that messages have in the queues. */
  origins: Map<string, string>;
  /** By deduplication id, which a redriven message keeps. */
  redriven: Map<string, string>;
};

/** The message attribute by which a copy names its message, as the product's worker writes it. */
const ORIGIN = "origin";

/** A lineage in which each message of the batch is its own origin. */
export function lineageOf(batch: Iterable<string>): Lineage {
  return { origins: new Map([...batch].map((id) => [id, id])), redriven: new Map() };
}

type Kin = { id: string; named: string | undefined; deduplicationId: string | undefined };

/** The id that the message had in the batch; its own where it comes from none of the batch. */
function originOf({ origins, redriven }: Lineage, { id, named, deduplicationId }: Kin): string {
  const known = origins.get(id) ?? origins.get(named ?? "") ?? redriven.get(deduplicationId ?? "") ?? id;
  origins.set(id, known);
  return known;
}

/**
 * The id in the batch that a message of a queue comes from; its own id if none. Remembers the answer for its
 * copies.
 */
export function originOfMessage(lineage: Lineage, { id, attributes, deduplicationId }: Message): string {
  return originOf(lineage, { id, named: attributes?.[ORIGIN]?.StringValue, deduplicationId });
}

/** The same for a record as the handler gets it, which spells its attributes differently. */
export function originOfRecord(
  lineage: Lineage,
  { messageId, messageAttributes, attributes }: SQSRecord,
): string {
  const named = messageAttributes[ORIGIN]?.stringValue;
  return originOf(lineage, { id: messageId, named, deduplicationId: attributes.MessageDeduplicationId });
}

/** To be told before a redrive, which gives new ids. */
export function expectRedriven(lineage: Lineage, deadLetters: readonly Message[]): void {
  for (const message of deadLetters) {
    const { deduplicationId = "" } = message;
    lineage.redriven.set(deduplicationId, originOfMessage(lineage, message));
  }
}
