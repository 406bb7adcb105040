import { readFileSync } from "node:fs";
import type { Attributes } from "@stripe-lanes/core/dynamo-encoding";
import type { View } from "@stripe-lanes/core/view";
import { scanned } from "@stripe-lanes/testing/local/dynamodb/scanned";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { pipelineAfter } from "./fixtures/pipeline.ts";

/** Before it, refunds name no customer (2026-07-29.dahlia). */
const WITHOUT_CUSTOMER = "2025-03-31.basil";

const GUIDE = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");

describe("the steps that erase a customer, in docs/security.md", () => {
  let pipeline: Pipeline;
  let items: Attributes[];
  let rows: View[];

  beforeAll(async () => {
    pipeline = await pipelineAfter({ seed: 7, events: 800, apiVersion: WITHOUT_CUSTOMER });
    items = await scanned<Attributes>(pipeline.aws.dynamodb, pipeline.deployed.table);
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
