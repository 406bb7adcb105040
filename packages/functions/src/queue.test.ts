import { Unavailable } from "@stripe-lanes/core/errors";
import type { ParkNote, Queue } from "@stripe-lanes/core/ports";
import { messageOf } from "@stripe-lanes/testing/events";
import { AwsError, type Faults } from "@stripe-lanes/testing/local/http";
import { describe, expect, it } from "vitest";
import { givenQueues } from "./fixtures/queues.ts";

const CRASH: ParkNote = { reason: "crash", error: "The process ended 2 times." };

/** SQS refuses this one body. */
function refusing(body: string): Faults {
  const error = new AwsError("AccessDenied", "Not you.", { status: 403 });
  return (_service, _operation, input) =>
    (input as { MessageBody?: string }).MessageBody === body ? { when: "before", error } : undefined;
}

/** The first request is carried out, and its answer is lost. */
function losingFirstAnswer(): Faults {
  const error = new AwsError("ServiceUnavailable", "Try again.", { status: 503 });
  let answers = 0;
  return () => (answers++ === 0 ? { when: "after", error } : undefined);
}

const bodiesOf = (letters: { Body: string }[]) => letters.map(({ Body }) => Body);

function textsOf(attributes: Record<string, { StringValue?: string }> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { StringValue = "" }]) => [name, StringValue]),
  );
}

describe("parking a message (D8)", () => {
  it("sends it to the dead-letter queue, in its own group, with why, what and when", async () => {
    const { queue, parked } = await givenQueues();
    const message = messageOf('{"id":"evt_1"}', { group: "retry-main#cus_1", lane: "lane-07", receives: 3 });
    await queue.park(message, { ...CRASH, eventId: "evt_1", eventType: "invoice.paid" });
    const [letter, ...others] = await parked();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      Body: '{"id":"evt_1"}',
      Attributes: { MessageGroupId: "retry-main#cus_1" },
    });
    expect(textsOf(letter?.MessageAttributes)).toEqual({
      reason: "crash",
      error: "The process ended 2 times.",
      eventId: "evt_1",
      eventType: "invoice.paid",
      lane: "lane-07",
      origin: message.origin,
      receiveCount: "3",
      parkedAt: "2026-11-21T08:30:00.000Z",
    });
  });

  it("leaves out what a body that is no event cannot tell", async () => {
    const { queue, parked } = await givenQueues();
    await queue.park(messageOf("nonsense"), { reason: "not-json", error: "The body is not JSON." });
    const [letter] = await parked();
    const told = Object.keys(letter?.MessageAttributes ?? {}).sort();
    expect(told).toEqual(["error", "lane", "origin", "parkedAt", "reason", "receiveCount"]);
  });

  it("arrives for each message, though the queue takes the same body but once in five minutes", async () => {
    const { queue, parked } = await givenQueues();
    await queue.park(messageOf("nonsense"), CRASH);
    await queue.park(messageOf("nonsense"), CRASH);
    expect(await parked()).toHaveLength(2);
  });

  it("arrives once for a message that is parked again, as after a lost answer", async () => {
    const { queue, parked } = await givenQueues();
    const message = messageOf("nonsense");
    await queue.park(message, CRASH);
    await queue.park(message, CRASH);
    expect(await parked()).toHaveLength(1);
  });

  it("cuts a long error, even between the halves of a character", async () => {
    const { queue, parked } = await givenQueues();
    await queue.park(messageOf("nonsense"), { ...CRASH, error: `${"x".repeat(999)}\u{1f600} and more` });
    const [letter] = await parked();
    expect(letter?.MessageAttributes?.error?.StringValue).toBe(`${"x".repeat(999)}\u{fffd}`);
  });

  it("takes characters that SQS refuses out of what an event or an error says", async () => {
    const { queue, parked } = await givenQueues();
    const note = { error: "Unexpected \u{0} at \u{d800}", eventId: "evt_\u{1b}", eventType: "a\u{ffff}" };
    await queue.park(messageOf("nonsense"), { ...CRASH, ...note });
    const [letter] = await parked();
    expect(textsOf(letter?.MessageAttributes)).toMatchObject({
      error: "Unexpected \u{fffd} at \u{fffd}",
      eventId: "evt_\u{fffd}",
      eventType: "a\u{fffd}",
    });
  });

  it("succeeds for the largest message there is, with the reasons that still fit", async () => {
    const { queue, parked } = await givenQueues();
    await queue.park(messageOf("x".repeat(1_048_576)), CRASH);
    await queue.park(messageOf("x".repeat(1_048_576 - 20)), CRASH);
    const letters = await parked();
    expect(letters.map(({ MessageAttributes }) => textsOf(MessageAttributes))).toEqual([
      {},
      { reason: "crash" },
    ]);
  });
});

describe("moving messages to a group of their own (D9)", () => {
  it("keeps their order and marks them with the tries they had, the lane they came by and the id they had there", async () => {
    const { queue, sent } = await givenQueues();
    const messages = Array.from({ length: 12 }, (_, number) =>
      messageOf(`{"n":${number}}`, { lane: "rest" }),
    );
    expect(await queue.moveTo("retry-a", messages, 3)).toEqual(new Set(messages.map(({ id }) => id)));
    const letters = await sent();
    expect(bodiesOf(letters)).toEqual(messages.map(({ body }) => body));
    for (const [index, { Attributes, MessageAttributes }] of letters.entries()) {
      const origin = messages[index]?.origin;
      expect(Attributes?.MessageGroupId).toBe("retry-a");
      expect(textsOf(MessageAttributes)).toEqual({ attempt: "3", lane: "rest", origin });
    }
  });

  it("arrives though the lane has just brought the same body", async () => {
    const { queue, sent } = await givenQueues();
    const message = messageOf('{"n":0}');
    await queue.moveTo("retry-a", [message], 3);
    await queue.moveTo("retry-a", [messageOf(message.body)], 3);
    expect(bodiesOf(await sent())).toEqual([message.body, message.body]);
  });

  it("arrives once where it is moved again, as after a lost answer", async () => {
    const { queue, sent } = await givenQueues();
    const message = messageOf('{"n":0}');
    await queue.moveTo("retry-a", [message], 3);
    await queue.moveTo("retry-a", [message], 3);
    expect(bodiesOf(await sent())).toEqual([message.body]);
  });

  it("moves more than fits one request", async () => {
    const { queue, sent } = await givenQueues();
    const messages = ["a", "b", "c"].map((letter) => messageOf(letter.repeat(400_000)));
    expect((await queue.moveTo("retry-a", messages, 3)).size).toBe(3);
    expect(await sent()).toHaveLength(3);
  });

  it("tells which were taken, and takes none after the first that was not", async () => {
    const { queue, sent } = await givenQueues(refusing('{"n":2}'));
    const messages = [0, 1, 2, 3].map((number) => messageOf(`{"n":${number}}`));
    const taken = await queue.moveTo("retry-a", messages, 3);
    expect(taken).toEqual(new Set(messages.slice(0, 2).map(({ id }) => id)));
    expect(bodiesOf(await sent())).toEqual(['{"n":0}', '{"n":1}']);
  });
});

describe("a body with escapes of what SQS refuses", () => {
  it("is parked and moved as it was received, so that it gets through again", async () => {
    const { queue, parked, sent } = await givenQueues();
    const message = messageOf('{"id":"evt_1","name":"\\ufffe\\uffff\\ud800\\u0000"}');
    await queue.park(message, CRASH);
    await queue.moveTo("retry-a", [message], 3);
    expect([...bodiesOf(await parked()), ...bodiesOf(await sent())]).toEqual([message.body, message.body]);
  });
});

describe("while SQS cannot be reached", () => {
  const message = messageOf("nonsense");

  it.each([
    ["parking", (queue: Queue) => queue.park(message, CRASH)],
    ["moving", (queue: Queue) => queue.moveTo("retry-a", [message], 3)],
    ["hiding", (queue: Queue) => queue.hide([message], 1)],
  ])("%s is unavailable, and says what was the matter", async (_, act) => {
    const { queue, sqs } = await givenQueues();
    await sqs.close();
    const acting = act(queue);
    await expect(acting).rejects.toThrow(Unavailable);
    await expect(acting).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  it("a request whose answer was lost is made again, and its message arrives once", async () => {
    const { queue, parked } = await givenQueues(losingFirstAnswer());
    await queue.park(message, CRASH);
    expect(await parked()).toHaveLength(1);
  });
});
