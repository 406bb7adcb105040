// A local SQS that runs for one test, with one FIFO queue and an SDK client.
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach } from "vitest";
import { localClock } from "../clock.ts";
import type { Faults } from "../http.ts";
import { startSqs } from "./server.ts";

export const FIFO = { FifoQueue: "true", ContentBasedDeduplication: "true" };
const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** The queue `lanes.fifo`, a client that tries once, and a clock that the test moves; closed after the test. */
export async function runSqs(faults?: Faults) {
  const clock = localClock();
  const sqs = await startSqs({ clock, faults });
  const client = new SQSClient({
    endpoint: sqs.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  endings.push(
    () => client.destroy(),
    () => sqs.close(),
  );
  await client.send(new CreateQueueCommand({ QueueName: "lanes.fifo", Attributes: FIFO }));
  const QueueUrl = sqs.queueUrl("lanes.fifo");
  const send = (MessageBody: string, MessageGroupId = "a") =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));
  return { clock, sqs, client, QueueUrl, send };
}

/** Has `end` run after the test. */
export function finallyDo(end: () => unknown): void {
  endings.push(end);
}
