import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PublishedFact } from "@stripe-lanes/core/facts/published";
import { describe, expect, it } from "vitest";
import { factsIn, folderWith, paste, start } from "./fixtures/start.ts";

type ObjectJson = { id: string; object: string; [member: string]: unknown };

const event = (id: string, type: string, created: number, object: ObjectJson) => ({
  id,
  object: "event",
  api_version: "2026-10-28.endive",
  created,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type,
  data: { object },
});

const customer = (id: string) => event(`evt_${id}`, "customer.created", 10, { id, object: "customer" });

const invoice = (id: string, created: number, status: string) =>
  event(`evt_${id}_${created}`, `invoice.${status}`, created, {
    id,
    object: "invoice",
    customer: "cus_1",
    status,
  });

const order = (id: string) =>
  event(`evt_${id}`, "checkout.session.completed", 10, {
    id,
    object: "checkout.session",
    mode: "payment",
    status: "complete",
    payment_status: "paid",
    metadata: { price_id: "price_1", quantity: "2" },
  });

const price = event("evt_price", "price.created", 10, {
  id: "price_1",
  object: "price",
  metadata: { capacity: "1" },
});

/** What `--facts` wrote of these events, in one batch each unless they are of different customers. */
async function factsOf(events: object[], ...options: string[]): Promise<PublishedFact[]> {
  const folder = folderWith({ "events.json": JSON.stringify(events) });
  const file = join(folder, "facts");
  const args = ["--events", join(folder, "events.json"), "--exit", "--facts", file, ...options];
  expect((await start(args).ended).code).toBe(0);
  return factsIn(file);
}

const withoutTime = (told: PublishedFact[]) => told.map(({ at, ...fact }) => fact);

describe("npm start -- --facts", () => {
  it("writes each fact with its row, the row's revision and the second of the change", async () => {
    const before = Math.floor(Date.now() / 1000);
    const [fact, ...others] = await factsOf([customer("cus_1")]);
    expect(others).toEqual([]);
    expect(Object.keys(fact ?? {})).toEqual([
      ..."id name entity entityId tenant customer sequence at detail".split(" "),
    ]);
    expect(fact).toMatchObject({
      id: "main#cus_1#customer#cus_1#1#customer.created#",
      name: "customer.created",
      entity: "customer",
      entityId: "cus_1",
      tenant: "main",
      customer: "cus_1",
      sequence: 1,
      detail: { created: null, metadata: {} },
    });
    expect(fact?.at).toBeGreaterThanOrEqual(before);
  });

  it("writes a fact once and in one order, whatever the deliveries and their order", async () => {
    const events = [order("cs_2"), order("cs_1"), invoice("in_2", 10, "open"), invoice("in_1", 10, "paid")];
    const all = [...events, price, ...["cus_9", "cus_8", "cus_7"].map(customer)];
    const plain = await factsOf(all);
    expect(plain.map(({ entityId, name }) => `${entityId} ${name}`)).toEqual([
      ...["cus_7", "cus_8", "cus_9"].map((id) => `${id} customer.created`),
      "in_1 invoice.finalized",
      "in_1 invoice.paid",
      "in_2 invoice.finalized",
      "cs_1 order.paid",
      "cs_2 order.paid",
      ...plain.filter(({ entity }) => entity === "stock").map(() => "price_1 stock.oversold"),
    ]);
    const rows = (told: PublishedFact[]) => withoutTime(told.filter(({ entity }) => entity !== "stock"));
    expect(rows(await factsOf(all, "--duplicates", "--shuffle"))).toEqual(rows(plain));
  });

  it("numbers the moves of a stock, which has no revision", async () => {
    const told = await factsOf([price, ...["cs_1", "cs_2", "cs_3"].map(order)], "--duplicates");
    const oversold = told.flatMap((fact) => (fact.name === "stock.oversold" ? [fact] : []));
    expect(oversold.reduce((sum, { detail }) => sum + detail.by, 0)).toBe(5);
    const sequences = oversold.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((one, other) => one - other));
    expect(oversold.at(0)?.id).toMatch(/^main#price_1#stock#\d#stock\.oversold#$/);
  });

  it("writes an empty file where nothing happened that anybody tells", async () => {
    expect(
      await factsOf([event("evt_1", "product.created", 1, { id: "prod_1", object: "product" })]),
    ).toEqual([]);
  });

  it("writes what came after the first report too, at Ctrl-C", async () => {
    const folder = folderWith({ "event.json": JSON.stringify(customer("cus_1")) });
    const file = join(folder, "facts");
    const running = start(["--port", "0", "--events", join(folder, "event.json"), "--facts", file]);
    const shown = await running.shows("From an AWS SDK:");
    expect(factsIn(file)).toHaveLength(1);
    const { status } = await paste(shown, JSON.stringify(customer("cus_2")));
    expect(status).toBe(200);
    running.interrupt();
    expect((await running.ended).code).toBe(0);
    expect(factsIn(file).map(({ entityId }) => entityId)).toEqual(["cus_1", "cus_2"]);
  });
});

describe("npm start -- --dump", () => {
  it("names a row's entity first, and its noun as before", async () => {
    const folder = folderWith({ "event.json": JSON.stringify(customer("cus_1")) });
    const file = join(folder, "rows");
    await start(["--events", join(folder, "event.json"), "--exit", "--dump", file]).ended;
    const [line = ""] = readFileSync(file, "utf8").split("\n");
    expect(Object.entries(JSON.parse(line) as object)[0]).toEqual(["entity", "customer"]);
    expect(JSON.parse(line)).toMatchObject({ noun: "customer", id: "cus_1" });
  });
});
