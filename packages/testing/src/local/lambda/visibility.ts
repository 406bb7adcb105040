// What a mapping asks its queue about the time for which messages are hidden.
import type { MappedQueue } from "./mapped-queue.ts";
import type { ReceivedMessage } from "./records.ts";

/** Milliseconds; none where the queue does not say, so that a throttled batch is not tried again. */
export async function visibilityOf({ sqs, queueUrl: QueueUrl }: MappedQueue): Promise<number> {
  try {
    const AttributeNames = ["VisibilityTimeout"];
    const { Attributes } = (await sqs.command("GetQueueAttributes", { QueueUrl, AttributeNames })) as {
      Attributes?: { VisibilityTimeout?: string };
    };
    return 1000 * Number(Attributes?.VisibilityTimeout ?? 0);
  } catch {
    return 0;
  }
}

/** As if the visibility timeout ran out: the handler that still runs has a receipt handle that is worth nothing. */
export async function makeVisible(
  { sqs, queueUrl }: MappedQueue,
  messages: ReceivedMessage[],
): Promise<void> {
  await sqs.command("ChangeMessageVisibilityBatch", {
    QueueUrl: queueUrl,
    Entries: messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    })),
  });
}
