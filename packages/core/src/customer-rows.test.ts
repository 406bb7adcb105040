import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StripeEvent } from "./event.ts";
import { counted, customer, given, invoice, reads, session, subscription, told } from "./fixtures/history.ts";
import { BadCursor } from "./paging.ts";
import type { Page } from "./store.ts";
import type { RowView } from "./view.ts";

const ordinary = [
  told("customer.created", customer("cus_1")),
  told("customer.subscription.created", subscription("sub_1", "cus_1")),
  told("customer.subscription.created", subscription("sub_2", "cus_1", "canceled")),
  told("checkout.session.completed", session("cs_1", "cus_1")),
  told("invoice.paid", invoice("in_1", "cus_1", "paid")),
  told("invoice.deleted", invoice("in_2", "cus_1", "draft")),
];
const strangers = [
  told("customer.created", customer("cus_2")),
  told("customer.subscription.created", subscription("sub_3", "cus_2")),
  told("checkout.session.completed", session("cs_2", null)),
];

describe("the state of a customer", () => {
  it("is all their rows in one page of three requests, deleted ones too", async () => {
    const store = counted(await given(...ordinary, ...strangers));
    const page = await reads(store).customerState("cus_1");
    expect(namesOf(page)).toEqual([
      "customer cus_1",
      "invoice in_1",
      "invoice in_2",
      "profile cus_1",
      "subscription sub_1",
      "subscription sub_2",
      "order cs_1",
    ]);
    expect(page.found.filter(({ deleted }) => deleted).map(({ id }) => id)).toEqual(["in_2"]);
    expect(page.next).toBeUndefined();
    expect(store.takeRequests()).toBe(3);
  });

  it("has the orders of a customer whom no event of their own told of", async () => {
    const store = await given(told("checkout.session.completed", session("cs_1", "cus_1")));
    expect(namesOf(await reads(store).customerState("cus_1"))).toEqual(["order cs_1"]);
  });

  it("is empty for a customer that nobody told of", async () => {
    const store = counted(await given(...strangers));
    expect(await reads(store).customerState("cus_1")).toEqual({ found: [] });
    expect(store.takeRequests()).toBe(2);
  });

  it("has no row that only shares the customer's id", async () => {
    const store = await given(
      told("customer.created", customer("cus_1")),
      told("x.created", { object: "x", id: "cus_1", customer: "cus_2" }),
      told("y.created", { object: "y", id: "cus_1" }),
      told("z.created", { object: "z", id: "cus_1", customer: "cus_1" }),
    );
    const { customerState } = reads(store);
    const typesOf = ({ found }: Page<RowView>) =>
      found.map(({ state }) => ("object" in state ? state.object : "-"));
    expect(typesOf(await customerState("cus_1"))).toEqual(["-", "z"]);
    expect(typesOf(await customerState("cus_2"))).toEqual(["x"]);
  });

  it("asks the index only where the page has room left", async () => {
    const store = counted(await given(...ordinary));
    const page = await reads(store).customerState("cus_1", { limit: 3 });
    expect([page.found.length, store.takeRequests()]).toEqual([3, 1]);
    expect(namesOf(await reads(store).customerState("cus_1", { after: page.next }))).toHaveLength(4);
  });

  it("comes in pages of any size with each row once, at most three requests a page", async () => {
    const sizes = fc.record({
      subscriptions: fc.nat(5),
      orders: fc.nat(5),
      limit: fc.integer({ min: 1, max: 12 }),
      isKnown: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ subscriptions, orders, limit, isKnown }) => {
        const events: StripeEvent[] = [
          ...(isKnown ? [told("customer.created", customer("cus_1"))] : []),
          ...numbered(subscriptions, "sub").map((id) =>
            told("customer.subscription.created", subscription(id, "cus_1")),
          ),
          ...numbered(orders, "cs").map((id) => told("checkout.session.completed", session(id, "cus_1"))),
        ];
        const store = counted(await given(...events, ...strangers));
        const pages = await pagesOf(store, "cus_1", limit);
        expect(Math.max(...pages.map(({ found }) => found.length))).toBeLessThanOrEqual(limit);
        const whole = await reads(store).customerState("cus_1");
        expect(pages.flatMap(namesOf)).toEqual(namesOf(whole));
        expect(whole.found).toHaveLength(events.length + (subscriptions > 0 ? 1 : 0));
      }),
      { numRuns: 60 },
    );
  });

  it("refuses the cursor of another customer", async () => {
    const { customerState } = reads(await given(...ordinary, ...strangers));
    const { next } = await customerState("cus_1", { limit: 1 });
    await expect(customerState("cus_2", { after: next })).rejects.toThrow(BadCursor);
  });
});

async function pagesOf(
  store: ReturnType<typeof counted>,
  id: string,
  limit: number,
): Promise<Page<RowView>[]> {
  const pages: Page<RowView>[] = [];
  let after: string | undefined;
  do {
    const page = await reads(store).customerState(id, { limit, after });
    expect(store.takeRequests()).toBeLessThanOrEqual(3);
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

function namesOf({ found }: Page<RowView>): string[] {
  return found.map(({ noun, id }) => `${noun} ${id}`);
}

function numbered(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, number) => `${prefix}_${number}`);
}
