import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { AwsError } from "../http.ts";
import { depth } from "./questions.ts";
import { FIFO, runSqs } from "./running.ts";

describe("the AWS SDK", () => {
  it("sends, receives and deletes, and finds every MD5 right", async () => {
    const { sqs, clock, client, QueueUrl } = await runSqs();
    const attributes = { reason: { DataType: "String", StringValue: "crash" } };
    const binary = { bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) } };
    const Entries = [
      { Id: "1", MessageBody: "grüße", MessageGroupId: "a", MessageAttributes: attributes },
      { Id: "2", MessageBody: "2", MessageGroupId: "a", MessageAttributes: binary },
    ];
    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
    );
    expect(Messages.map(({ Body }) => Body)).toEqual(["grüße", "2"]);
    expect(Messages.map(({ MessageAttributes }) => MessageAttributes)).toEqual([attributes, binary]);
    expect(Messages.map(({ MD5OfMessageAttributes }) => MD5OfMessageAttributes)).toEqual(
      sent.Successful?.map(({ MD5OfMessageAttributes }) => MD5OfMessageAttributes),
    );
    const done = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: done }));
    expect(depth(sqs.state, QueueUrl, clock.now())).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("finds queues at this server's URL", async () => {
    const { client, QueueUrl, sqs } = await runSqs();
    expect(QueueUrl).toBe(`${sqs.url}/000000000000/lanes.fifo`);
    expect(await client.send(new GetQueueUrlCommand({ QueueName: "lanes.fifo" }))).toMatchObject({
      QueueUrl,
    });
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] });
    expect((await client.send(asked)).Attributes).toEqual({ QueueArn: sqs.queueArn("lanes.fifo") });
  });

  it("throws its own exceptions, with the older code beside the name", async () => {
    const { client, QueueUrl, sqs } = await runSqs();
    const missing = client.send(new PurgeQueueCommand({ QueueUrl: sqs.queueUrl("no") }));
    await expect(missing).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(missing).rejects.toMatchObject({ Code: "AWS.SimpleQueueService.NonExistentQueue" });
    const ReceiptHandle = "?";
    const invalid = client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    await expect(invalid).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
    const wrong = client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }));
    await expect(wrong).rejects.toMatchObject({ name: "InvalidParameterValue" });
  });

  it("sees a message move task run on the clock", async () => {
    const { clock, client, sqs, QueueUrl } = await runSqs();
    const parked = sqs.queueArn("parked.fifo");
    await client.send(new CreateQueueCommand({ QueueName: "parked.fifo", Attributes: FIFO }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: parked, maxReceiveCount: 1000 });
    await sqs.command("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy } });
    for (const MessageBody of ["1", "2"]) {
      await sqs.command("SendMessage", { QueueUrl: "parked.fifo", MessageBody, MessageGroupId: "a" });
    }
    await client.send(
      new StartMessageMoveTaskCommand({
        SourceArn: parked,
        DestinationArn: sqs.queueArn("lanes.fifo"),
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    clock.advance(1000);
    const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn: parked }));
    expect(Results).toMatchObject([{ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 2 }]);
  });

  it("meets the faults that were asked for", async () => {
    const throttled = new AwsError("RequestThrottled", "Slow down.", {
      status: 403,
      queryCode: "RequestThrottled",
    });
    const { send, sqs, clock, QueueUrl } = await runSqs((_service, operation) =>
      operation === "SendMessage" ? { when: "after", error: throttled } : undefined,
    );
    await expect(send("1")).rejects.toMatchObject({ name: "RequestThrottled" });
    expect(depth(sqs.state, QueueUrl, clock.now()).visible).toBe(1);
  });
});

describe("closing", () => {
  it("ends the message move tasks' timers", async () => {
    const { clock, sqs, QueueUrl } = await runSqs();
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: sqs.queueArn("lanes.fifo"),
      maxReceiveCount: 1,
    });
    await sqs.command("CreateQueue", { QueueName: "source.fifo", Attributes: { ...FIFO, RedrivePolicy } });
    await sqs.command("SendMessage", { QueueUrl, MessageBody: "1", MessageGroupId: "a" });
    await sqs.command("StartMessageMoveTask", { SourceArn: sqs.queueArn("lanes.fifo") });
    await sqs.close();
    clock.advance(1000);
    expect(sqs.state.moveTasks).toMatchObject([{ status: "RUNNING" }]);
  });
});
