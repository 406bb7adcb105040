import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { NotBegun, Unavailable } from "@stripe-lanes/core/errors";
import type { Queue } from "@stripe-lanes/core/ports";
import { messageOf } from "@stripe-lanes/testing/events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { lazySqs, sqsQueue } from "./queue.ts";

/** An SQS that takes every request and answers none. */
async function hangingSqs(remaining: () => number) {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "test");
  vi.stubEnv("AWS_REGION", "us-east-1");
  const requests: unknown[] = [];
  const server = createServer((request) => void requests.push(request.url));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sqs = lazySqs(endpoint);
  onTestFinished(async () => {
    (await sqs()).destroy();
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
  });
  const urls = { queueUrl: `${endpoint}/lanes.fifo`, parkedUrl: `${endpoint}/parked.fifo` };
  const queue = sqsQueue({ sqs, ...urls, receiptHandleOf: () => "handle", now: Date.now, remaining });
  return { queue, requests };
}

const MESSAGES = [messageOf("a"), messageOf("b")];
const ACTS: [string, (queue: Queue) => Promise<unknown>][] = [
  ["parking", (queue) => queue.park(messageOf("a"), { reason: "crash", error: "It ended." })],
  ["moving", (queue) => queue.moveTo("retry-a", MESSAGES, 3)],
  ["hiding", (queue) => queue.hide(MESSAGES, 1)],
];

describe("while SQS does not answer and the function's time is nearly over", () => {
  it.each(ACTS)(
    "%s is given up when the time is over, long before the request's own timeout",
    async (_, act) => {
      const { queue, requests } = await hangingSqs(() => 350);
      const acting = act(queue);
      await expect(acting).rejects.toThrow(Unavailable);
      await expect(acting).rejects.toMatchObject({ cause: { name: "AbortError" } });
      expect(requests).toHaveLength(1);
    },
  );

  it.each(ACTS)("%s is not begun without time for the answer", async (_, act) => {
    const { queue, requests } = await hangingSqs(() => 200);
    await expect(act(queue)).rejects.toThrow(NotBegun);
    expect(requests).toEqual([]);
  });
});
