// However much happens to one object, its row stays small, its sums stay right, and the order of events changes nothing.
import { handleBatch } from "@stripe-lanes/core/batch";
import { marshalled } from "@stripe-lanes/core/dynamo-encoding";
import { rowItem, rowsOf } from "@stripe-lanes/core/item";
import type { PaymentState } from "@stripe-lanes/core/nouns/payment";
import type { Row } from "@stripe-lanes/core/row";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messageOf, snapshotEvent } from "../events.ts";
import { type Item, itemBytes } from "../local/dynamodb/attributes.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { seeded } from "../random.ts";
import { chargeIs, disputeIs, intentIs, refundIs } from "./contributions.ts";
import { subscriptionIs } from "./told.ts";

const MOST_BYTES = 100_000;
const MANY = 180;
const PAYMENT = { entity: "payment", id: "pi_1" };
const PROFILE = { entity: "profile", id: "cus_1" };

/** The row that events leave, told in an order that the seed draws. */
async function rowAfter(events: EventJson[], { entity, id }: typeof PAYMENT, seed: number): Promise<Row> {
  const ports = testPorts();
  const shuffled = seeded(seed).shuffle([...events]);
  for (let from = 0; from < shuffled.length; from += 50) {
    const batch = shuffled.slice(from, from + 50).map((event) => messageOf(event));
    const results = await handleBatch(batch, ports, TEST_OPTIONS);
    expect(results.filter(({ kind }) => kind !== "settled")).toEqual([]);
  }
  const [row] = rowsOf(ports.memory.items()).filter(
    ({ identity }) => identity.noun === entity && identity.id === id,
  );
  return row as Row;
}

const bytesOf = (row: Row) => itemBytes(marshalled(rowItem(row)) as Item);
const paymentOf = ({ state }: Row) => state as PaymentState;

/** The row in two orders, small and the same in both, but for how often it was written. */
async function smallRow(events: EventJson[], about: typeof PAYMENT): Promise<Row> {
  const [row, other] = [await rowAfter(events, about, 1), await rowAfter(events, about, 2)];
  expect({ ...other, revision: 0 }).toEqual({ ...row, revision: 0 });
  expect(bytesOf(row)).toBeLessThan(MOST_BYTES);
  return row;
}

const numbered = <T>(make: (number: number) => T, many = MANY): T[] =>
  Array.from({ length: many }, (_, number) => make(number));
const id = (prefix: string, number: number) => `${prefix}_${String(number).padStart(5, "0")}`;

function failedCharge(number: number, more: object = {}): EventJson {
  const object = { object: "charge", id: id("ch", number), payment_intent: "pi_1", status: "failed" };
  const created = FIRST_SECOND + number;
  const rest = {
    amount: 100,
    amount_captured: 0,
    amount_refunded: 0,
    failure_code: "card_declined",
    created,
  };
  return snapshotEvent({ type: "charge.failed", created, object: { ...object, ...rest, ...more } });
}

describe("a payment of one intent", () => {
  it("keeps the newest of the tries that failed, says so, and loses no money", async () => {
    const paid = chargeIs("succeeded", { of: "ch_paid", created: FIRST_SECOND + 1 });
    const row = await smallRow([...numbered((number) => failedCharge(number)), paid], PAYMENT);
    const { charges, cut, paid: amount, created, status } = paymentOf(row);
    expect({ cut, amount, created, status }).toEqual({
      cut: ["charges"],
      amount: 100,
      created: FIRST_SECOND,
      status: "succeeded",
    });
    expect(charges).toHaveLength(51);
    expect(charges.at(-2)?.id).toBe(id("ch", MANY - 1));
  });

  it("keeps few of the tries that are large", async () => {
    const metadata = Object.fromEntries(numbered((number) => [`key ${number}`, "x".repeat(400)], 12));
    const row = await smallRow(
      numbered((number) => failedCharge(number, { metadata }), 60),
      PAYMENT,
    );
    expect(paymentOf(row).charges).toHaveLength(10);
  });

  it("keeps every cent of its refunds, and each that failed is no money that went back", async () => {
    const paid = [intentIs("succeeded"), chargeIs("succeeded", { refunded: 0 })];
    const refunds = numbered((number) => [
      refundIs("pending", { of: id("re", number), amount: 0.1 * 10, created: FIRST_SECOND + number }),
      refundIs(number < 40 ? "failed" : "succeeded", {
        of: id("re", number),
        amount: number < 140 ? 1 : 0,
        created: FIRST_SECOND + MANY + number,
      }),
    ]).flat();
    const { refunded, refunds: kept } = paymentOf(await smallRow([...paid, ...refunds], PAYMENT));
    expect(refunded).toBe(100);
    expect(kept.filter(({ count }) => count === undefined)).toHaveLength(100);
    expect(kept.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(MANY);
  });

  it("takes a folded refund out of the sum when it fails after all", async () => {
    const paid = intentIs("succeeded");
    const refunds = numbered((number) =>
      refundIs("succeeded", {
        of: id("re", number),
        charge: null,
        amount: number < 2 ? 30 : 0,
        created: FIRST_SECOND,
      }),
    );
    const ports = testPorts();
    const failed = refundIs("failed", {
      of: id("re", 0),
      charge: null,
      amount: 30,
      created: FIRST_SECOND + 9,
    });
    for (const event of [paid, ...refunds, failed, { ...failed, id: "evt_again" }]) {
      await handleBatch([messageOf(event)], ports, TEST_OPTIONS);
    }
    const row = rowsOf(ports.memory.items()).find(({ identity }) => identity.id === "pi_1") as Row;
    expect(paymentOf(row).refunded).toBe(30);
    expect(paymentOf(row).refunds.filter(({ status }) => status === "failed")).toMatchObject([
      { amount: 30 },
    ]);
  });

  it("keeps the sum of its disputes", async () => {
    const disputes = numbered((number) =>
      disputeIs("lost", { of: id("dp", number), amount: number < 80 ? 1 : 0, created: FIRST_SECOND }),
    );
    const row = await smallRow([intentIs("succeeded"), ...disputes], PAYMENT);
    expect(paymentOf(row).disputed).toBe(80);
  });

  it("keeps the greatest of its invoices, and what its intent received", async () => {
    const invoices = numbered((number) =>
      snapshotEvent({
        type: "invoice_payment.paid",
        object: {
          object: "invoice_payment",
          id: id("inpay", number),
          payment: { payment_intent: "pi_1" },
          invoice: id("in", number),
          status: "paid",
          amount_paid: 0,
        },
      }),
    );
    const {
      invoices: kept,
      cut,
      paid,
    } = paymentOf(await smallRow([intentIs("succeeded"), ...invoices], PAYMENT));
    expect([kept.length, cut, paid]).toEqual([100, ["invoices"], 100]);
  });

  it("tells no more than twenty orders of its money", async () => {
    const orders = numbered(
      (number) =>
        snapshotEvent({
          type: "checkout.session.completed",
          object: {
            object: "checkout.session",
            id: id("cs", number),
            mode: "payment",
            payment_intent: "pi_1",
            status: "complete",
            payment_status: "unpaid",
            line_items: { object: "list", data: [], has_more: false },
          },
        }),
      60,
    );
    const { orders: kept, cut } = paymentOf(await smallRow([intentIs("processing"), ...orders], PAYMENT));
    expect([kept.length, cut]).toEqual([20, ["orders"]]);
  });
});

describe("a customer's profile", () => {
  it("keeps the subscriptions that run, and of those that ended the ones that lasted longest", async () => {
    const ended = numbered((number) =>
      subscriptionIs("canceled", { of: id("sub", number), created: FIRST_SECOND + number }),
    );
    const running = subscriptionIs("active", { of: "sub_running" });
    const row = await smallRow([...ended, running], PROFILE);
    const subscriptions = row.state.subscriptions as { id: string; status: string }[];
    expect(subscriptions).toHaveLength(51);
    expect(subscriptions.filter(({ status }) => status === "active")).toMatchObject([{ id: "sub_running" }]);
  });

  it("keeps the newest of what is owed", async () => {
    const owed = numbered((number) =>
      snapshotEvent({
        type: "invoice.payment_failed",
        object: {
          object: "invoice",
          id: id("in", number),
          customer: "cus_1",
          subscription: "sub_1",
          status: "open",
          amount_remaining: 5,
          attempt_count: 1,
          lines: { data: [], has_more: false },
          status_transitions: { finalized_at: FIRST_SECOND + number },
        },
      }),
    );
    const row = await smallRow(owed, PROFILE);
    expect(row.joined).toHaveLength(100);
    expect(row.joined.at(-1)?.state).toMatchObject({ since: FIRST_SECOND + MANY - 1 });
  });
});

describe("a dispute", () => {
  it("with more balance transactions than Stripe lists keeps the last, and doubts what it took", async () => {
    const listed = numbered((number) => ({ id: id("txn", number), amount: -1, currency: "eur" }));
    const told = (from: number) =>
      snapshotEvent({
        type: "charge.dispute.updated",
        created: FIRST_SECOND,
        object: {
          object: "dispute",
          id: "dp_1",
          status: "lost",
          amount: 100,
          currency: "eur",
          balance_transactions: listed.slice(from, from + 50),
        },
      });
    const row = await smallRow(
      numbered((number) => told(number * 30), 5),
      { entity: "dispute", id: "dp_1" },
    );
    expect(row.evidence.every).toHaveLength(100);
    expect(row.state.doubt).toBe(true);
  });
});
