import { setTimeout as sleep } from "node:timers/promises";
import { handleBatch } from "@stripe-lanes/core/batch";
import { messageOf } from "@stripe-lanes/testing/events";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { describe, expect, it, onTestFinished } from "vitest";
import { batchesOf } from "../batches.ts";
import { TABLE } from "../servers/dynamodb.ts";
import { startFilledTable } from "./filled.ts";
import { customersIn, eventOf } from "./fixtures/told.ts";
import { customerRows } from "./rows.ts";
import { storeAt } from "./rush.ts";
import { ROWS_EACH, renewals } from "./table-size.ts";

describe("renewals", () => {
  it.each([2, 200, 20_000, 200_000])("of %i customers come half a renewal of two at a time", (customers) => {
    for (const batch of batchesOf(renewals(customers, 12, 1))) {
      expect(customersIn(batch).size).toBe(2);
    }
    expect(renewals(customers, 12, 1)).toHaveLength(120);
  });

  it("are others in each repetition", () => {
    const all = [0, 1, 2].flatMap((repetition) => renewals(20, 30, repetition));
    expect(new Set(all.map(eventOf)).size).toBe(all.length);
  });

  it("are spread over all customers", () => {
    expect(customersIn(renewals(2, 12, 0)).size).toBe(2);
    expect(customersIn(renewals(200_000, 12, 0)).size).toBe(12);
  });
});

describe("a filled table", () => {
  it("has the rows that the worker writes, which it finds and updates", async () => {
    const { store, asked } = await givenTable(50);
    const before = await store.rowsIn(PARTITION, { limit: 10 });
    expect(before.found.map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
    await handle(store, renewals(10, 10, 0));
    const after = await store.rowsIn(PARTITION, { limit: 10 });
    const written = after.found.map(({ identity, revision }) => [identity.noun, revision > 1]);
    expect(written.toSorted()).toEqual([
      ["customer", false],
      ["invoice", false],
      ["invoice", true],
      ["profile", true],
      ["subscription", true],
    ]);
    expect((await asked()).requests).toBeGreaterThan(0);
  });

  it("lists them in both indexes", async () => {
    const { store } = await givenTable(50);
    const active = await store.rowsBy("gsi2", "main#subscription#active", { limit: 100 });
    expect(active.found).toHaveLength(10);
    const payments = await store.rowsBy("gsi1", PARTITION, { limit: 100 });
    expect(payments.found).toMatchObject([{ identity: { noun: "payment" }, status: "succeeded" }]);
  });

  it("has whole customers only", async () => {
    expect(await customerRows()).toHaveLength(ROWS_EACH);
    await expect(startFilledTable(7)).rejects.toThrow("A customer has 5 rows, and 7 is no multiple of that.");
  });
});

/** Of the customer with the number 0. */
const PARTITION = `main#${[...customersIn(renewals(1, 1, 0))][0]}`;

async function givenTable(rows: number) {
  const server = await startFilledTable(rows);
  const { store, close } = storeAt(server.url, TABLE);
  onTestFinished(async () => {
    close();
    await server.close();
  });
  return { store, asked: server.asked };
}

async function handle(store: ReturnType<typeof storeAt>["store"], bodies: string[]): Promise<void> {
  for (const batch of batchesOf(bodies)) {
    const results = await handleBatch(
      batch.map((body) => messageOf(body)),
      { ...testPorts(), store, sleep },
      TEST_OPTIONS,
    );
    expect(new Set(results.map((result) => result.kind === "settled" && result.outcome))).not.toContain(
      "parked",
    );
    expect(results.every(({ kind }) => kind === "settled")).toBe(true);
  }
}
