import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutInvoice, entriesUpTo, givenPages, invoiceWith, LINES } from "./fixtures/stripe-pages.ts";

const SESSION = "/v1/checkout/sessions/cs_1?expand[]=line_items";

describe("a list that Stripe cut", () => {
  it.each([
    [
      "subscription",
      "sub_1",
      "/v1/subscriptions/sub_1",
      "items",
      "/v1/subscription_items?subscription=sub_1",
    ],
    ["invoice", "in_1", "/v1/invoices/in_1", "lines", LINES],
    ["checkout.session", "cs_1", SESSION, "line_items", "/v1/checkout/sessions/cs_1/line_items"],
  ])("is read whole, in one request more: %s", async (objectType, id, path, name, list) => {
    const all = entriesUpTo(11, "one");
    const object = { object: objectType, id, metadata: { a: "b" } };
    const { fetch, urls } = await givenPages({
      objects: { [path]: { ...object, [name]: { object: "list", data: all.slice(0, 10), has_more: true } } },
      lists: { [list]: all },
    });
    const whole = { object: "list", data: all, has_more: false, url: list };
    expect(await fetch(objectType, id)).toEqual({ ...object, [name]: whole });
    expect(urls()).toEqual([path, `${list}${list.includes("?") ? "&" : "?"}limit=100`]);
  });

  it("is read whole however long it is, a hundred entries a page", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 11, max: 450 }), async (count) => {
        const { fetch, asked } = await givenPages(cutInvoice(count));
        expect(await fetch("invoice", "in_1")).toMatchObject({
          lines: { data: entriesUpTo(count, "il"), has_more: false },
        });
        expect(asked).toHaveLength(1 + Math.ceil(count / 100));
      }),
      { numRuns: 25, examples: [[100], [101], [200], [201]] },
    );
  });

  it("goes on where its last page ended", async () => {
    const { fetch, urls } = await givenPages(cutInvoice(201));
    await fetch("invoice", "in_1");
    expect(urls().slice(1)).toEqual([
      `${LINES}?limit=100`,
      `${LINES}?limit=100&starting_after=il_100`,
      `${LINES}?limit=100&starting_after=il_200`,
    ]);
  });

  it.each([
    [1_000, false],
    [1_001, true],
  ])("is read up to a thousand entries, and says if there are more: %d", async (count, isCut) => {
    const { fetch, asked } = await givenPages(cutInvoice(count));
    const lines = { data: entriesUpTo(1_000, "il"), has_more: isCut };
    expect(await fetch("invoice", "in_1")).toMatchObject({ lines });
    expect(asked).toHaveLength(11);
  });

  it("of a connected account is read on its behalf, page by page (D16)", async () => {
    const { fetch, asked } = await givenPages(cutInvoice(101));
    await fetch("invoice", "in_1", null, "acct_1");
    expect(asked.map(({ headers }) => headers["stripe-account"])).toEqual(["acct_1", "acct_1", "acct_1"]);
  });

  it("is asked for by ids that no path can hold as they are", async () => {
    const items = "/v1/subscription_items?subscription=a%26b";
    const all = [...entriesUpTo(99, "si"), { id: "c&d" }, { id: "e" }];
    const { fetch, urls } = await givenPages({
      objects: { "/v1/subscriptions/a%26b": { object: "subscription", id: "a&b" } },
      lists: { [items]: all },
    });
    expect(await fetch("subscription", "a&b")).toMatchObject({ items: { data: all } });
    expect(urls().slice(1)).toEqual([`${items}&limit=100`, `${items}&limit=100&starting_after=c%26d`]);
  });
});

describe("a list that is there", () => {
  it.each([
    ["whole", { object: "list", data: entriesUpTo(10, "il"), has_more: false }],
    ["empty", { object: "list", data: [], has_more: false }],
  ])("costs no request: %s", async (_, lines) => {
    const { fetch, asked } = await givenPages({ objects: invoiceWith(lines) });
    expect(await fetch("invoice", "in_1")).toMatchObject({ lines });
    expect(asked).toHaveLength(1);
  });

  it("costs none where its object is deleted, or no state is made of it", async () => {
    const { fetch, asked } = await givenPages({
      objects: {
        "/v1/invoices/in_1": { object: "invoice", id: "in_1", deleted: true },
        "/v1/credit_notes/cn_1": {
          object: "credit_note",
          id: "cn_1",
          lines: { object: "list", has_more: true },
        },
      },
    });
    await fetch("invoice", "in_1");
    await fetch("credit_note", "cn_1");
    expect(asked).toHaveLength(2);
  });

  it("is read where Stripe left it out", async () => {
    const { fetch } = await givenPages({ objects: invoiceWith(undefined), lists: { [LINES]: [] } });
    expect(await fetch("invoice", "in_1")).toMatchObject({ lines: { data: [], has_more: false } });
  });
});

describe("a Checkout session's lines", () => {
  const session = { object: "checkout.session", id: "cs_1", mode: "payment" };

  it.each([null, "/v1/checkout/sessions/cs_1"])("come with it, in its one request: %s", async (url) => {
    const lines = { object: "list", data: entriesUpTo(10, "li"), has_more: false };
    const { fetch, asked } = await givenPages({ objects: { [SESSION]: { ...session, line_items: lines } } });
    expect(await fetch("checkout.session", "cs_1", url)).toEqual({ ...session, line_items: lines });
    expect(asked).toHaveLength(1);
  });

  it("are none, and nobody asks for them, where it only saves a payment method", async () => {
    const { fetch, asked } = await givenPages({
      objects: { [SESSION]: { ...session, mode: "setup", line_items: null } },
    });
    const line_items = { data: [], has_more: false };
    expect(await fetch("checkout.session", "cs_1")).toMatchObject({ line_items });
    expect(asked).toHaveLength(1);
  });
});
