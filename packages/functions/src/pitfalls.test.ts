// Pitfalls of the twenty that are about what Lambda is answered, and what the settings allow.
import { EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { entriesOf } from "@stripe-lanes/core/item";
import { memoryStore } from "@stripe-lanes/core/memory";
import { messageOf } from "@stripe-lanes/core/message";
import type { Message, Queue } from "@stripe-lanes/core/ports";
import { FIRST_SECOND, snapshotEvent } from "@stripe-lanes/testing/events";
import { answerLost, conflict, defect, unavailable } from "@stripe-lanes/testing/faults";
import { givenWith, outcomes } from "@stripe-lanes/testing/given";
import { TEST_OPTIONS, type TestPorts, testPorts } from "@stripe-lanes/testing/ports";
import type { SQSRecord } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqsRecord } from "./fixtures/record.ts";
import { LaneProcessor } from "./processor.ts";
import { readSettings } from "./settings.ts";

function customerIs(id: string, email: string, livemode = false) {
  return snapshotEvent({ type: "customer.updated", object: { object: "customer", id, email }, livemode });
}

describe("pitfall 4: success is answered for what failed, and the queue deletes it", () => {
  const events = ["cus_1", "cus_2", "cus_3"].flatMap((id) => [
    customerIs(id, "a@x.test"),
    customerIs(id, "b@x.test"),
  ]);
  const bodies = [
    "nonsense",
    ...[...events, customerIs("cus_9", "a@x.test", true)].map((one) => JSON.stringify(one)),
  ];

  const anyRecords = fc
    .array(fc.record({ body: fc.constantFrom(...bodies), receives: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 10,
    })
    .map((all) => all.map((told, index) => sqsRecord({ ...told, messageId: `msg_${index}` })));

  const anyFaults = fc.record({
    load: fc.array(fc.constantFrom(null, unavailable, defect), { maxLength: 6 }),
    commit: fc.array(fc.constantFrom(null, unavailable, conflict, answerLost, defect), { maxLength: 12 }),
    note: fc.array(fc.constantFrom(null, unavailable, answerLost), { maxLength: 4 }),
    withdraw: fc.array(fc.constantFrom(null, unavailable, answerLost), { maxLength: 4 }),
    probe: fc.array(fc.constantFrom(null, unavailable), { maxLength: 4 }),
  });

  const down = () => Promise.reject(new Unavailable("SQS is down."));
  const anyQueue = fc.constantFrom<Partial<Queue>>(
    {},
    { park: down },
    { moveTo: down },
    { park: down, moveTo: down, hide: down },
  );

  async function acknowledged(records: SQSRecord[], ports: TestPorts): Promise<Message[]> {
    const handle = (batch: SQSRecord[]) => handleBatch(batch.map(messageOf), ports, TEST_OPTIONS);
    const processor = new LaneProcessor(EventType.SQS);
    const options = { throwOnFullBatchFailure: false };
    const { batchItemFailures } = await processPartialResponse(
      { Records: records },
      handle,
      processor,
      options,
    );
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return records.filter(({ messageId }) => !failed.has(messageId)).map(messageOf);
  }

  /** Done, in the dead-letter queue, or sent again. */
  function isKept({ id, body }: Message, { memory, parked, moved }: TestPorts): boolean {
    const elsewhere = [
      parked.map(({ message }) => message),
      moved.flatMap(({ messages }) => messages),
    ].flat();
    const done = entriesOf(memory.items()).filter(({ outcome }) => outcome && outcome !== "parked");
    return elsewhere.some((message) => message.id === id) || done.some(({ event }) => body.includes(event));
  }

  it("acknowledges only what is kept elsewhere, whatever fails", async () => {
    const property = fc.asyncProperty(anyRecords, anyFaults, anyQueue, async (records, faults, queue) => {
      const ports = testPorts({
        queue,
        faults: ({ operation, nth }) => faults[operation][nth - 1] ?? undefined,
      });
      const messages = await acknowledged(records, ports);
      expect(messages.filter((message) => !isKept(message, ports))).toEqual([]);
    });
    await fc.assert(property, { numRuns: 500, seed: 20 });
  });
});

describe("pitfall 14: the ledger forgets an event while Stripe can still send it again", () => {
  const LONGEST_RESEND = 30 * 86_400;

  /** Seconds that the ledger keeps an event, where the setting is taken. */
  function keptFor(days: number): number[] {
    const env = { TABLE_NAME: "t", QUEUE_URL: "https://sqs/q", PARKED_QUEUE_URL: "https://sqs/p" };
    try {
      return [readSettings({ ...env, LEDGER_DAYS: `${days}` }).ledgerDays * 86_400];
    } catch {
      return [];
    }
  }

  it("knows it after 30 days, by every setting that the worker starts with", async () => {
    const taken = Array.from({ length: 100 }, (_, days) => keptFor(days)).flat();
    expect(taken).not.toEqual([]);
    for (const ledgerSeconds of taken) {
      const store = memoryStore();
      const event = customerIs("cus_1", "a@x.test");
      const handling = { store, ledgerSeconds, now: () => FIRST_SECOND * 1000 };
      const again = { ...handling, now: () => (FIRST_SECOND + LONGEST_RESEND) * 1000 };
      await givenWith(handling)().when(event).then(outcomes("applied"));
      await givenWith(again)().when(event).then(outcomes("duplicate"));
    }
  });
});
