import { Conflict, Defect, Unavailable } from "@stripe-lanes/core/errors";
import { describe, expect, it, onTestFinished } from "vitest";
import { applied, commit, entrySample, loadRow, NOW_SECOND, orderRow } from "../contract/samples.ts";
import type { DynamoDbOptions } from "../local/dynamodb/server.ts";
import { AwsError, type Faults } from "../local/http.ts";
import { type OpenTable, openTable } from "../open-table.ts";

async function open(options: Partial<DynamoDbOptions>): Promise<OpenTable> {
  const opened = await openTable(options);
  onTestFinished(opened.close);
  return opened;
}

const only = (operation: string, error: AwsError): Faults => {
  return (_, asked) => (asked === operation ? { when: "before", error } : undefined);
};

const cancelled = (...codes: string[]) =>
  new AwsError("TransactionCanceledException", "Transaction cancelled.", {
    members: { CancellationReasons: codes.map((Code) => ({ Code, Message: `It is ${Code}.` })) },
  });

const rows = Array.from({ length: 7 }, (_, number) => orderRow("main", { id: `cs_${number}` }));
const keys = rows.map(({ key }) => key);

describe("keys that DynamoDB leaves unread", () => {
  it("are asked for again, after a pause that grows", async () => {
    const left = [5, 2, 0];
    const { store, slept } = await open({ partialReads: () => left.shift() ?? 0 });
    await commit(store, { rows });
    const loaded = await store.load(keys, { consistent: true });
    expect(loaded.rows.size).toBe(7);
    expect(slept).toEqual([50, 100]);
  });

  it("without end are unavailable, and never taken for missing", async () => {
    const { store, slept } = await open({ partialReads: (asked) => asked.length - 1 });
    await expect(store.load(keys, { consistent: true })).rejects.toThrow("DynamoDB left 2 keys unread.");
    expect(slept).toHaveLength(4);
  });
});

describe("a transaction that DynamoDB cancels", () => {
  it("since another one holds a row is a conflict, and leaves nothing", async () => {
    const { store } = await open({ conflicts: () => true });
    await expect(commit(store, { rows })).rejects.toBeInstanceOf(Conflict);
    expect((await store.load(keys, { consistent: true })).rows.size).toBe(0);
  });

  it.each([
    [["None", "ConditionalCheckFailed"], Conflict],
    [["TransactionConflict", "None"], Conflict],
    [["ConditionalCheckFailed", "ThrottlingError"], Conflict],
    [["ThrottlingError"], Unavailable],
    [["ProvisionedThroughputExceeded", "None"], Unavailable],
    [["ValidationError", "None"], Defect],
    [["ConditionalCheckFailed", "ItemCollectionSizeLimitExceeded"], Defect],
    [[], Unavailable],
  ])("for the reasons %j is what its catcher has to do", async (codes, kind) => {
    const { store } = await open({ faults: only("TransactWriteItems", cancelled(...codes)) });
    await expect(commit(store, { rows })).rejects.toBeInstanceOf(kind);
  });
});

describe("an answer of DynamoDB's that is an error", () => {
  it.each([
    ["ThrottlingException", Unavailable],
    ["ProvisionedThroughputExceededException", Unavailable],
    ["TransactionInProgressException", Unavailable],
    ["InternalServerError", Unavailable],
    ["ResourceNotFoundException", Unavailable],
    ["ValidationException", Defect],
    ["ItemCollectionSizeLimitExceededException", Defect],
  ])("%s is what its catcher has to do, with its cause", async (code, kind) => {
    const faults: Faults = (_, operation) =>
      operation === "BatchGetItem" || operation === "Query"
        ? { when: "before", error: new AwsError(code, "It says so.") }
        : undefined;
    const { store } = await open({ faults });
    const caught = await store.load(keys, { consistent: false }).catch((error: unknown) => error);
    expect(caught).toBeInstanceOf(kind);
    expect(caught).toMatchObject({ cause: { name: code } });
    await expect(store.rowsIn("main#cs_1", { limit: 1 })).rejects.toBeInstanceOf(kind);
    await expect(store.counters(keys)).rejects.toBeInstanceOf(kind);
  });

  it("to a note that meets a transaction says nothing of its condition: the same may succeed later", async () => {
    const { store } = await open({
      faults: only(
        "UpdateItem",
        new AwsError("TransactionConflictException", "Another transaction holds it."),
      ),
    });
    const note = store.note(entrySample("main"), "m/1", NOW_SECOND);
    await expect(note).rejects.toBeInstanceOf(Unavailable);
  });

  it("that never comes is unavailable", async () => {
    const { store, close } = await openTable();
    await close();
    await expect(store.load(keys, { consistent: false })).rejects.toBeInstanceOf(Unavailable);
  });

  it("may be lost after the commit, which a redelivery then finds", async () => {
    const error = new AwsError("InternalServerError", "The answer is lost.", { status: 500 });
    const faults: Faults = (_, operation) =>
      operation === "TransactWriteItems" ? { when: "after", error } : undefined;
    const { store } = await open({ faults });
    const [row] = rows;
    await expect(commit(store, { rows, ledger: [applied("main")] })).rejects.toBeInstanceOf(Unavailable);
    expect(row && (await loadRow(store, row))).toStrictEqual(row);
  });
});

describe("what a store is asked that DynamoDB would refuse", () => {
  it("is a defect: a transaction of nothing, of too much, or with an item twice", async () => {
    const { store } = await open({});
    const tooMany = Array.from({ length: 101 }, (_, number) => orderRow("main", { id: `cs_${number}` }));
    for (const changes of [{}, { rows: tooMany }, { ledger: [applied("main"), applied("main")] }]) {
      await expect(commit(store, changes)).rejects.toBeInstanceOf(Defect);
    }
  });

  it("is a defect: a row of more than 400 KB", async () => {
    const { store } = await open({});
    const large = orderRow("main", { state: { text: "x".repeat(410_000) } });
    await expect(commit(store, { rows: [large] })).rejects.toBeInstanceOf(Defect);
  });
});

describe("the units that an ordinary batch consumes", () => {
  it("are four for a new version of a row: two for it, two for its ledger row", async () => {
    const { store, database } = await open({});
    await commit(store, { rows: [orderRow("main")] });
    database.resetMetrics();
    await commit(store, { rows: [orderRow("main", { revision: 2 })], ledger: [applied("main")] });
    expect(database.metrics()).toMatchObject({ writeUnits: 4, requests: { TransactWriteItems: 1 } });
  });
});
