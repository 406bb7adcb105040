import type { StripeEvent } from "@stripe-lanes/testing/stripe/event";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { PostgresClient } from "@supabase/stripe-sync-engine";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Opened } from "../contender.ts";
import { type Postgres, startPostgres } from "../servers/postgres.ts";
import { postgresPrograms } from "../servers/postgres-cluster.ts";
import { customerUpdated } from "./fixtures/customer.ts";
import { batchOf, failuresFrom } from "./fixtures/opened.ts";
import { knows, open } from "./sync-engine.ts";

/** Enough for every type that the simulated Stripe sends. */
const { events } = traffic({ seed: 85, events: 3_000 });
const bodyOf = (event: StripeEvent) => JSON.stringify(event);
const known = events.map(bodyOf).filter(knows);

/** The first event of each type, in order. */
const oneOfEach = [...new Map(events.toReversed().map((event) => [event.type, event])).values()];

/** Of a summary of entitlements, which has no id, the first entitlement is kept. */
function keptIdOf({ data: { object } }: StripeEvent): string {
  const { id, entitlements } = object as { id?: string; entitlements?: { data: { id: string }[] } };
  return id ?? entitlements?.data[0]?.id ?? "none";
}

it("does not know what it would have to ask Stripe about", () => {
  const unknown = oneOfEach.filter((event) => !knows(bodyOf(event))).map(({ type }) => type);
  expect(unknown).toContain("checkout.session.completed");
  expect(known.length / events.length).toBeGreaterThan(0.8);
});

it("says that it needs a PostgreSQL where it is given none", async () => {
  await expect(open({ dynamodb: "", table: "" })).rejects.toThrow("sync-engine needs a PostgreSQL");
});

it("says that its migrations failed", async () => {
  const nobody = "postgres://postgres@127.0.0.1:1/bench";
  await expect(open({ dynamodb: "", table: "", postgres: nobody })).rejects.toThrow("migrations");
});

describe.skipIf(postgresPrograms() === null)("sync-engine", () => {
  let postgres: Postgres;
  let contender: Opened;
  let client: PostgresClient;
  let lines: string[];

  beforeAll(async () => {
    postgres = (await startPostgres()) as Postgres;
    contender = await open({ dynamodb: "", table: "", postgres: postgres.url });
    client = new PostgresClient({ schema: "stripe", poolConfig: { connectionString: postgres.url, max: 1 } });
  });
  beforeEach(() => {
    lines = [];
    vi.spyOn(console, "log").mockImplementation((line) => void lines.push(line));
  });
  afterAll(async () => {
    await client.close();
    await contender.close();
    await postgres.close();
  });

  const handle = (...bodies: string[]) => contender.handle(batchOf(bodies));

  /** The tables that have an id of Stripe's. */
  async function tables(): Promise<string[]> {
    const listed = await client.query(
      "SELECT table_name FROM information_schema.columns WHERE column_name = 'id' AND data_type = 'text'",
    );
    return listed.rows.map((row: { table_name: string }) => row.table_name);
  }

  /** Every row that it keeps, or every row of one object, as JSON. */
  async function kept(id = "%"): Promise<string[]> {
    const selects = (await tables()).map((table) => `SELECT id, to_json(t) AS row FROM stripe."${table}" t`);
    const rows = `SELECT row FROM (${selects.join(" UNION ALL ")}) AS rows WHERE id LIKE $1 ORDER BY id`;
    return (await client.query(rows, [id])).rows.map(({ row }: { row: object }) => JSON.stringify(row));
  }

  it("handles each type that it knows, and no other, and keeps a row of each but what it deletes", async () => {
    const handled: string[] = [];
    const absent: string[] = [];
    for (const event of oneOfEach) {
      const { batchItemFailures } = await handle(bodyOf(event));
      if (batchItemFailures.length > 0) continue;
      handled.push(event.type);
      if ((await kept(keptIdOf(event))).length === 0) absent.push(event.type);
    }
    expect(handled).toEqual(oneOfEach.filter((event) => knows(bodyOf(event))).map(({ type }) => type));
    expect(absent.sort()).toEqual(["plan.deleted", "price.deleted", "product.deleted"]);
  });

  it("handles a batch, and nothing changes when it comes again", async () => {
    expect(await handle(...known.slice(0, 10))).toEqual({ batchItemFailures: [] });
    const before = await kept();
    expect(await handle(...known.slice(0, 10))).toEqual({ batchItemFailures: [] });
    expect(await kept()).toEqual(before);
  });

  it("keeps the newer of two states, whichever came first", async () => {
    await handle(customerUpdated("new@example.com", 2), customerUpdated("old@example.com", 1));
    const { rows } = await client.query("SELECT email FROM stripe.customers WHERE id = 'cus_1'");
    expect(rows).toEqual([{ email: "new@example.com" }]);
  });

  it("handles ten batches at once", async () => {
    const lanes = Array.from({ length: 10 }, (_, lane) => known.slice(lane * 10, lane * 10 + 10));
    const answers = await Promise.all(lanes.map((bodies) => handle(...bodies)));
    expect(answers).toEqual(Array(10).fill({ batchItemFailures: [] }));
  });

  it("fails a record that it cannot handle and what follows it, and says why", async () => {
    const [first = "", second = ""] = known;
    expect(await handle(first, "no JSON", second)).toEqual(failuresFrom(2, 3));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("SyntaxError");
  });

  it("fails rather than ask Stripe", async () => {
    const session = oneOfEach.find(({ type }) => type === "checkout.session.completed");
    expect(await handle(JSON.stringify(session))).toEqual(failuresFrom(1, 1));
    expect(lines[0]).toContain("sync-engine would ask Stripe: checkout.");
  });
});
