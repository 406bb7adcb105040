import { type EventJson, snapshotEvent } from "@stripe-lanes/testing/events";
import { localClock } from "@stripe-lanes/testing/local/clock";
import { type LocalDynamoDb, startDynamoDb } from "@stripe-lanes/testing/local/dynamodb/server";
import { tableDefinition } from "@stripe-lanes/testing/table-definition";
import type { Context, SQSRecord } from "aws-lambda";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { givenQueues } from "./fixtures/queues.ts";

const TABLE = "billing";

/** The worker as Lambda starts it: its environment is there before it is loaded. */
async function startWorker(env: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "SILENT");
  vi.resetModules();
  return (await import("./worker.ts")).handler;
}

async function givenWorker() {
  const queues = await givenQueues();
  const dynamodb = await startDynamoDb({ clock: localClock() });
  onTestFinished(() => dynamodb.close());
  await dynamodb.dispatch("CreateTable", tableDefinition(TABLE));
  const handler = await startWorker({
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_SQS: queues.sqs.url,
    TABLE_NAME: TABLE,
    QUEUE_URL: queues.queueUrl,
    PARKED_QUEUE_URL: queues.parkedUrl,
  });
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => errors.mockRestore());
  const handle = (Records: SQSRecord[], remaining = 15_000) =>
    handler({ Records }, { getRemainingTimeInMillis: () => remaining } as Context);
  return { ...queues, dynamodb, errors, handle };
}

type Item = Record<string, { S?: string }>;

async function itemsOf(dynamodb: LocalDynamoDb): Promise<Item[]> {
  return ((await dynamodb.dispatch("Scan", { TableName: TABLE })) as { Items: Item[] }).Items;
}

/** By event id. */
async function ledgerOf(dynamodb: LocalDynamoDb): Promise<Record<string, (string | undefined)[]>> {
  const entries = (await itemsOf(dynamodb)).filter(({ sk }) => sk?.S?.startsWith("EVENT#"));
  return Object.fromEntries(entries.map(({ event, outcome, reason }) => [event?.S, [outcome?.S, reason?.S]]));
}

function customerCreated(id: string, livemode = false): EventJson {
  const object = { object: "customer", id: `cus_${id}`, email: "ada@example.com" };
  return snapshotEvent({ id: `evt_${id}`, type: "customer.created", livemode, object });
}

const letter = (event: EventJson | string, group = "lane-00") => ({
  body: typeof event === "string" ? event : JSON.stringify(event),
  group,
});

describe("the worker", () => {
  it("applies what is new, once, and parks what it can never handle", async () => {
    const { deliver, handle, dynamodb, parked, errors } = await givenWorker();
    const good = customerCreated("good");
    const wrong = customerCreated("wrong", true);
    const records = await deliver(letter(good), letter(good), letter("nonsense"), letter(wrong));
    expect(await handle(records)).toEqual({ batchItemFailures: [] });
    const rows = (await itemsOf(dynamodb)).filter(({ parts }) => parts !== undefined);
    expect(rows.map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual([["main#cus_good", "customer#cus_good"]]);
    expect(await ledgerOf(dynamodb)).toEqual({
      evt_good: ["applied", "first"],
      evt_wrong: ["parked", "wrong-mode"],
    });
    const letters = await parked();
    expect(letters.map(({ Body }) => Body)).toEqual(["nonsense", JSON.stringify(wrong)]);
    expect(letters.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue)).toEqual([
      "not-json",
      "wrong-mode",
    ]);
    expect(errors).toHaveBeenCalledTimes(2);
  });

  it("has nothing to do for an empty batch", async () => {
    const { handle } = await givenWorker();
    expect(await handle([])).toEqual({ batchItemFailures: [] });
  });

  it("leaves all in the queue while the table cannot be reached, and hides it for a moment", async () => {
    const { deliver, handle, dynamodb, phases, clock } = await givenWorker();
    const records = await deliver(letter(customerCreated("1")), letter(customerCreated("2"), "lane-01"));
    await dynamodb.close();
    expect(await handle(records)).toEqual({
      batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
    });
    expect(phases()).toMatchObject({ visible: 0, inFlight: 2 });
    clock.advance(1_000);
    expect(phases()).toMatchObject({ visible: 2, inFlight: 0 });
  });

  it("begins nothing with too little time left (D9)", async () => {
    const { deliver, handle, dynamodb } = await givenWorker();
    const records = await deliver(letter(customerCreated("1")));
    const { batchItemFailures } = await handle(records, 4_999);
    expect(batchItemFailures).toHaveLength(1);
    expect(await itemsOf(dynamodb)).toEqual([]);
  });

  it("does not start without its settings, and says which is missing", async () => {
    const env = { TABLE_NAME: TABLE, QUEUE_URL: undefined };
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(startWorker(env)).rejects.toThrow("The setting QUEUE_URL is missing from the environment.");
  });
});
