// What became of each message of a simulated batch, from its invocations and from what is left in the queues.
import { originOfMessage } from "./lineage.ts";
import type { Polling } from "./state.ts";

/**
 * How a message ended: `deleted` after an answer that did not name it as failed; `dead-lettered`, by SQS or by the
 * worker; `deleted-as-failed`, since the mapping does not report batch item failures; `expired`, at the end of
 * the queue's retention period.
 */
export type MessageEnd = "deleted" | "dead-lettered" | "deleted-as-failed" | "expired";

/** The story of one message, its copies and redrives included. */
export type MessageStory = {
  /** The id it had in the batch. */
  messageId: string;
  body: string;
  group: string;
  /** How often the handler got it. */
  deliveries: number;
  /** The numbers of the invocations that it was received for, whether the handler ran or not. */
  invocations: number[];
  end: MessageEnd;
};

export type Sent = Pick<MessageStory, "messageId" | "body" | "group">;

/** A message in the dead-letter queue. */
export type DeadLetter = Sent & {
  /** The message's own attributes that are texts, such as the reason for which a worker parked it. */
  attributes: Record<string, string>;
};

/** In the order of the batch; messages that only the worker sent come after it. */
export function storiesOf(polling: Polling, batch: readonly Sent[]): MessageStory[] {
  const end = endsOf(polling);
  return [...batch, ...sentByWorker(polling, batch)].map((sent) => {
    const invocations = polling.invocations.filter(({ messages }) => messages.includes(sent.messageId));
    return {
      ...sent,
      deliveries: invocations.reduce((sum, { runs }) => sum + runs, 0),
      invocations: invocations.map(({ number }) => number),
      end: end(sent.messageId),
    };
  });
}

function sentByWorker({ invocations }: Polling, batch: readonly Sent[]): Sent[] {
  const known = new Set(batch.map(({ messageId }) => messageId));
  const sent: Sent[] = [];
  for (const { records, messages } of invocations) {
    for (const [index, { body, attributes }] of records.entries()) {
      const messageId = messages[index] ?? "";
      if (known.has(messageId)) continue;
      known.add(messageId);
      sent.push({ messageId, body, group: attributes.MessageGroupId ?? "" });
    }
  }
  return sent;
}

function endsOf(polling: Polling): (messageId: string) => MessageEnd {
  const dead = new Set(deadLettersOf(polling).map(({ messageId }) => messageId));
  const copies = Map.groupBy(polling.lineage.origins, ([, origin]) => origin);
  return (messageId) => {
    if (dead.has(messageId)) return "dead-lettered";
    const deletes = (copies.get(messageId) ?? []).map(([id]) => polling.deleted.get(id));
    if (deletes.at(-1) === undefined) return "expired";
    return deletes.some((one) => one?.reportedAsFailed) ? "deleted-as-failed" : "deleted";
  };
}

/**
 * What is in the dead-letter queue now, under the ids that the messages had in the batch; binary attributes are
 * left out.
 */
export function deadLettersOf({ queues, lineage }: Polling): DeadLetter[] {
  return queues.messages("deadLetters").map((message) => ({
    messageId: originOfMessage(lineage, message),
    body: message.body,
    group: message.groupId ?? "",
    attributes: Object.fromEntries(
      Object.entries(message.attributes ?? {}).flatMap(([name, { StringValue }]) =>
        StringValue === undefined ? [] : [[name, StringValue]],
      ),
    ),
  }));
}

const WORDS: Record<MessageEnd, string> = {
  deleted: "was deleted",
  "dead-lettered": "is in the dead-letter queue",
  "deleted-as-failed": "was deleted although the answer named it as failed: reportBatchItemFailures is off",
  expired: "expired in the queue",
};

/** A story as a sentence, for the message of an assertion. */
export function told(story: MessageStory): string {
  const { messageId, deliveries, invocations, end } = story;
  const times = deliveries === 1 ? "once" : `${deliveries} times`;
  const numbers =
    invocations.length === 1 ? `invocation ${invocations}` : `invocations ${invocations.join(", ")}`;
  return `${messageId} was delivered ${times}, in ${numbers}, and ${WORDS[end]}`;
}
