import { readFileSync } from "node:fs";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { View } from "@stripe-lanes/core/view";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { feederOf } from "./feed.ts";
import { WORKER } from "./worker.ts";

type Item = Record<string, AttributeValue>;

/** Before it, refunds name no customer (2026-07-29.dahlia). */
const WITHOUT_CUSTOMER = "2025-03-31.basil";

const GUIDE = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");

describe("the steps that erase a customer, in docs/security.md", () => {
  let pipeline: Pipeline;
  let items: Item[];
  let rows: View[];

  beforeAll(async () => {
    pipeline = await startPipeline({ handler: WORKER });
    const order = { seed: 1, duplicates: false, shuffle: false };
    await feederOf(pipeline, order, new AbortController().signal).put(
      traffic({ seed: 7, events: 800, apiVersion: WITHOUT_CUSTOMER }).events,
    );
    await pipeline.settled({ skipWaiting: true });
    items = await scanned(pipeline);
    rows = (await readTable(pipeline)).rows;
  });
  afterAll(() => pipeline.close());

  /** The keys of the items in whose JSON a text is: the guide's `jq` command. */
  const found = (...texts: string[]) =>
    new Set(
      items
        .filter((item) =>
          texts.some((text) => JSON.stringify(item).toLowerCase().includes(text.toLowerCase())),
        )
        .map(({ pk, sk }) => `${pk?.S} ${sk?.S}`),
    );

  const payments = (customer: string) =>
    rows.filter((row) => row.noun === "payment" && row.customer === customer);

  it("find every refund and dispute of the customer's payments", () => {
    const wanted = rows.filter(({ noun, customer }) => customer === null && /^(refund|dispute)$/.test(noun));
    const owners = new Set(rows.filter(({ noun }) => noun === "customer").map(({ id }) => id));
    let met = 0;
    for (const customer of owners) {
      const ids = payments(customer).map(({ id }) => id);
      const reached = found(customer, ...ids);
      for (const { noun, id, state } of wanted) {
        if (!ids.includes(String((state as { payment?: unknown }).payment))) continue;
        expect(reached).toContain(`main#${id} ${noun}`);
        met += 1;
      }
    }
    expect(met).toBeGreaterThan(0);
  });

  it("find what somebody bought as a guest, by their email", () => {
    const guests = rows.filter((row) => row.noun === "order" && row.customer === null);
    expect(guests.length).toBeGreaterThan(0);
    for (const { id, state } of guests) {
      const { email } = (state as { customerDetails: { email: string } }).customerDetails;
      expect(found(email)).toContain(`main#${id} order`);
    }
  });

  it("say both in the guide", () => {
    expect(GUIDE).toContain("aws dynamodb scan --table-name TABLE");
    expect(GUIDE).toMatch(/refunds and\s+disputes name those and no customer/);
    expect(GUIDE).toMatch(/the email finds what they bought as\s+a guest/);
  });
});

async function scanned({ aws, deployed }: Pipeline): Promise<Item[]> {
  const all: Item[] = [];
  let start = {};
  for (;;) {
    const page = (await aws.dynamodb.dispatch("Scan", { TableName: deployed.table, ...start })) as {
      Items: Item[];
      LastEvaluatedKey?: Item;
    };
    all.push(...page.Items);
    if (page.LastEvaluatedKey === undefined) return all;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}
