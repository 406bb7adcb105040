import { DeleteQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { depth } from "./questions.ts";
import { finallyDo, runSqs } from "./running.ts";
import type { LocalSqs } from "./server.ts";

/** Starts a long poll in process, which has begun to wait when this returns. */
function poll(sqs: LocalSqs, QueueUrl: string, input: object = {}): Promise<string[]> {
  const reply = sqs.command("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20, ...input });
  return reply.then(({ Messages = [] }) => Messages.map(({ Body }) => Body));
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("a long poll", () => {
  it("ends with the first message that is sent", async () => {
    const { client, send, QueueUrl } = await runSqs();
    const polled = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await moment();
    await send("1");
    expect((await polled).Messages?.map(({ Body }) => Body)).toEqual(["1"]);
  });

  it("ends empty-handed when its time is over", async () => {
    const { clock, sqs, QueueUrl } = await runSqs();
    const polled = poll(sqs, QueueUrl);
    clock.advance(20_000);
    expect(await polled).toEqual([]);
  });

  it("gets a message whose visibility timeout runs out meanwhile", async () => {
    const { clock, sqs, send, QueueUrl } = await runSqs();
    await send("1");
    await poll(sqs, QueueUrl, { VisibilityTimeout: 5 });
    const polled = poll(sqs, QueueUrl);
    clock.advance(5000);
    expect(await polled).toEqual(["1"]);
  });

  it("gets a message that a deletion sets free", async () => {
    const { sqs, send, QueueUrl } = await runSqs();
    await send("1");
    const { Messages = [] } = await sqs.command("ReceiveMessage", { QueueUrl });
    await send("2");
    const polled = poll(sqs, QueueUrl);
    await sqs.command("DeleteMessage", { QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
    expect(await polled).toEqual(["2"]);
  });

  it("takes the queue's own waiting time when it names none", async () => {
    const { clock, sqs, QueueUrl } = await runSqs();
    await sqs.command("SetQueueAttributes", { QueueUrl, Attributes: { ReceiveMessageWaitTimeSeconds: "2" } });
    const polled = poll(sqs, QueueUrl, { WaitTimeSeconds: undefined });
    clock.advance(2000);
    expect(await polled).toEqual([]);
  });

  it("leaves each message to one of several that wait", async () => {
    const { sqs, send, QueueUrl } = await runSqs();
    const polls = [poll(sqs, QueueUrl), poll(sqs, QueueUrl)];
    await send("1", "a");
    await send("2", "b");
    expect((await Promise.all(polls)).sort()).toEqual([["1"], ["2"]]);
  });

  it("whose client has gone takes no message", async () => {
    const { client, send, sqs, clock, QueueUrl } = await runSqs();
    const leave = new AbortController();
    const polled = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: leave.signal,
    });
    await moment();
    leave.abort();
    await expect(polled).rejects.toThrow();
    await moment();
    await send("1");
    expect(depth(sqs.state, QueueUrl, clock.now())).toMatchObject({ visible: 1, inFlight: 0 });
  });

  it("is refused when its queue is deleted", async () => {
    const { client, sqs, QueueUrl } = await runSqs();
    const polled = poll(sqs, QueueUrl);
    await Promise.all([
      expect(polled).rejects.toThrow("The specified queue does not exist."),
      client.send(new DeleteQueueCommand({ QueueUrl })),
    ]);
  });

  it("ends empty-handed when the server closes", async () => {
    const { sqs, QueueUrl } = await runSqs();
    const polled = poll(sqs, QueueUrl);
    await sqs.close();
    expect(await polled).toEqual([]);
  });
});

describe("a listener for messages", () => {
  async function listening(attributes: Record<string, string> = {}) {
    const local = await runSqs();
    const { sqs, clock, QueueUrl } = local;
    await sqs.command("SetQueueAttributes", { QueueUrl, Attributes: attributes });
    let calls = 0;
    const stop = sqs.onMessages(QueueUrl, () => calls++);
    finallyDo(stop);
    const callsAfter = (milliseconds: number) => {
      clock.advance(milliseconds);
      return calls;
    };
    return { ...local, stop, callsAfter };
  }

  it("is called soon when there are messages already", async () => {
    const { sqs, clock, send, QueueUrl } = await runSqs();
    await send("1");
    let calls = 0;
    finallyDo(sqs.onMessages(QueueUrl, () => calls++));
    clock.advance(0);
    expect(calls).toBe(1);
  });

  it("is called when a message is sent", async () => {
    const { send, callsAfter } = await listening();
    await send("1");
    expect(callsAfter(0)).toBe(1);
  });

  it("is called when a delay ends", async () => {
    const { send, callsAfter } = await listening({ DelaySeconds: "60" });
    await send("1");
    expect(callsAfter(59_000)).toBe(0);
    expect(callsAfter(1000)).toBe(1);
  });

  it("is called each time that a visibility timeout runs out, though it receives nothing", async () => {
    const { sqs, send, callsAfter, QueueUrl } = await listening();
    for (const [group, VisibilityTimeout] of [
      ["a", 60],
      ["b", 120],
    ] as const) {
      await send(group, group);
      await sqs.command("ReceiveMessage", { QueueUrl, VisibilityTimeout });
    }
    expect([59_000, 1000, 59_000, 1000].map(callsAfter)).toEqual([2, 3, 3, 4]);
  });

  it("hears no more once it has stopped", async () => {
    const { send, stop, callsAfter } = await listening();
    await send("1");
    stop();
    await send("2");
    expect(callsAfter(60_000)).toBe(1);
  });
});
