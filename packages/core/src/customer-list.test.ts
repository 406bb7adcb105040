import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { MOST_SORTED } from "./customer-list.ts";
import type { StripeEvent } from "./event.ts";
import {
  counted,
  customer,
  given,
  invoice,
  reads,
  session,
  subscription,
  TENANT,
  told,
} from "./fixtures/history.ts";
import type { JsonObject } from "./json.ts";
import type { InvoiceState } from "./nouns/invoice.ts";
import { BadCursor } from "./paging.ts";
import type { Store } from "./store.ts";

const billed = (id: string, created: number | undefined, status = "open", of = "cus_1") =>
  told("invoice.created", { ...invoice(id, of, status), ...(created === undefined ? {} : { created }) });
const ordered = (id: string, created: number, of: string | null = "cus_1") =>
  told("checkout.session.completed", session(id, of, { created }));
const paid = (id: string, created: number, of: string | null = "cus_1") =>
  told("payment_intent.succeeded", {
    object: "payment_intent",
    id,
    customer: of,
    status: "succeeded",
    created,
  });
const back = (object: "refund" | "dispute", id: string, of: string, more: JsonObject = {}) =>
  told(`${object}.created`, { object, id, payment_intent: of, status: "pending", ...more });

const idsOf = ({ found }: { found: { id: string }[] }) => found.map(({ id }) => id);

describe("a customer's rows of one kind", () => {
  const events = [
    told("customer.created", customer("cus_1")),
    told("customer.subscription.created", subscription("sub_1", "cus_1")),
    billed("in_1", 300),
    billed("in_2", 100, "paid"),
    billed("in_3", 200),
    billed("in_4", 400, "open", "cus_2"),
    ordered("cs_1", 100),
    ordered("cs_2", 200, null),
    ordered("cs_3", 300),
    told("gift.created", { object: "gift", id: "gift_1", customer: "cus_1", status: "open" }),
    told("payout.paid", { object: "payout", id: "po_1", customer: "cus_1", status: "paid" }),
  ];

  it("are all of that kind that are theirs, by id", async () => {
    const { list } = reads(await given(...events));
    expect(idsOf(await list("invoice", "cus_1"))).toEqual(["in_1", "in_2", "in_3"]);
    expect(idsOf(await list("order", "cus_1"))).toEqual(["cs_1", "cs_3"]);
    expect(idsOf(await list({ noun: "generic", object: "gift" }, "cus_1"))).toEqual(["gift_1"]);
    expect(idsOf(await list("payment", "cus_1"))).toEqual([]);
    const { found } = await list("invoice", "cus_1");
    expectTypeOf(found[0]?.state).toEqualTypeOf<InvoiceState | undefined>();
  });

  it("are of one status where that is asked, and then none that are deleted", async () => {
    const gone = told("invoice.deleted", { ...invoice("in_5", "cus_1", "open"), created: 500 });
    const { list } = reads(await given(...events, gone));
    expect(idsOf(await list("invoice", "cus_1", { status: "open" }))).toEqual(["in_1", "in_3"]);
    expect(idsOf(await list("invoice", "cus_1", { status: "open", order: "newest" }))).toEqual([
      "in_1",
      "in_3",
    ]);
    expect(idsOf(await list("invoice", "cus_1"))).toEqual(["in_1", "in_2", "in_3", "in_5"]);
    expect(idsOf(await list("order", "cus_1", { status: "expired" }))).toEqual([]);
  });

  it("come newest first by when the object says it was created, and last what does not say", async () => {
    const { list } = reads(await given(...events, billed("in_0", undefined), billed("in_6", 300)));
    const newest = await list("invoice", "cus_1", { order: "newest" });
    expect(idsOf(newest)).toEqual(["in_6", "in_1", "in_3", "in_2", "in_0"]);
    expect(idsOf(await list("order", "cus_1", { order: "newest", limit: 1 }))).toEqual(["cs_3"]);
  });

  it("know of each kind when its object was created", async () => {
    const started = (id: string, start_date: number) =>
      told("customer.subscription.created", { ...subscription(id, "cus_1"), start_date });
    const charged = told("charge.succeeded", {
      object: "charge",
      id: "ch_9",
      customer: "cus_1",
      created: 150,
    });
    const { list } = reads(
      await given(started("sub_1", 5), started("sub_2", 9), paid("pi_1", 100), charged, paid("pi_2", 200)),
    );
    expect(idsOf(await list("subscription", "cus_1", { order: "newest" }))).toEqual(["sub_2", "sub_1"]);
    expect(idsOf(await list("payment", "cus_1", { order: "newest" }))).toEqual(["pi_2", "ch_9", "pi_1"]);
  });

  it("take one request where they live with the customer, and two where the index lists them", async () => {
    const store = counted(await given(...events));
    const { list } = reads(store);
    const requests: number[] = [];
    for (const read of [
      () => list("invoice", "cus_1"),
      () => list("order", "cus_1"),
      () => list("payment", "cus_1"),
    ]) {
      await read();
      requests.push(store.takeRequests());
    }
    expect(requests).toEqual([1, 2, 1]);
  });

  it("are refunds and disputes whether or not they name the customer, each once", async () => {
    const store = counted(
      await given(
        paid("pi_1", 100),
        paid("pi_2", 200, "cus_2"),
        back("refund", "re_1", "pi_1", { created: 10 }),
        back("refund", "re_2", "pi_1", { created: 30, customer: "cus_1" }),
        back("refund", "re_3", "pi_2", { created: 20, customer: "cus_1" }),
        back("refund", "re_4", "pi_2", { created: 40 }),
        back("dispute", "du_1", "pi_1", { created: 50 }),
      ),
    );
    const { list } = reads(store);
    expect(idsOf(await list("refund", "cus_1"))).toEqual(["re_1", "re_2", "re_3"]);
    expect(store.takeRequests()).toBe(5);
    expect(idsOf(await list("refund", "cus_1", { order: "newest" }))).toEqual(["re_2", "re_3", "re_1"]);
    expect(idsOf(await list("dispute", "cus_1"))).toEqual(["du_1"]);
  });

  it("are one tenant's own, and nobody has none", async () => {
    const store = await given(...events);
    expect(await reads(store, { tenant: "acct_other" }).list("invoice", "cus_1")).toEqual({ found: [] });
    await expect(reads(store).list("invoice", "")).rejects.toThrow(RangeError);
  });

  it("are not sorted where there are too many to read, but by id", async () => {
    const { found } = await (await given(billed("in_1", 100))).rowsIn(`${TENANT}#cus_1`, { limit: 10 });
    const many = Array.from({ length: 100 }, () => found).flat();
    const store: Store = { ...(await given()), rowsIn: async () => ({ found: many, next: "more" }) };
    const { list } = reads(store);
    await expect(list("invoice", "cus_1", { order: "newest" })).rejects.toThrow(
      `more than ${MOST_SORTED} rows`,
    );
    expect((await list("invoice", "cus_1")).found).toHaveLength(100);
  });
});

describe("the pages of a list", () => {
  it("of any size have each row once, in the order of the whole, whatever is asked", async () => {
    const plan = fc.record({
      times: fc.uniqueArray(fc.nat(9), { maxLength: 8 }),
      limit: fc.integer({ min: 1, max: 9 }),
      order: fc.constantFrom("id" as const, "newest" as const),
      kind: fc.constantFrom("invoice" as const, "order" as const, "refund" as const),
      status: fc.constantFrom(undefined, "open", "paid", "pending"),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ times, limit, order, kind, status }) => {
        const { list } = reads(await given(...times.flatMap((time) => happened(time))));
        const whole = await list(kind, "cus_1", { order, status });
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await list(kind, "cus_1", { order, status, limit, after });
          expect(page.found.length).toBeLessThanOrEqual(limit);
          seen.push(...idsOf(page));
          after = page.next;
        } while (after !== undefined);
        expect(seen).toEqual(idsOf(whole));
      }),
      { numRuns: 100 },
    );
  });

  it("refuse the cursor of another customer, status, order or kind", async () => {
    const { list } = reads(await given(billed("in_1", 1), billed("in_2", 2), ordered("cs_1", 1)));
    const { next: after } = await list("invoice", "cus_1", { limit: 1 });
    for (const read of [
      () => list("invoice", "cus_2", { after }),
      () => list("invoice", "cus_1", { after, status: "open" }),
      () => list("invoice", "cus_1", { after, order: "newest" }),
      () => list("order", "cus_1", { after }),
    ]) {
      await expect(read()).rejects.toThrow(BadCursor);
    }
  });
});

/** An invoice, an order and a refund of a second. */
function happened(time: number): StripeEvent[] {
  return [
    billed(`in_${(time * 7) % 10}`, time, time % 2 ? "open" : "paid"),
    ordered(`cs_${time}`, 20 - time),
    paid(`pi_${time}`, time),
    back("refund", `re_${time}`, `pi_${time}`, {
      created: time % 3,
      ...(time % 2 ? { customer: "cus_1" } : {}),
    }),
  ];
}
