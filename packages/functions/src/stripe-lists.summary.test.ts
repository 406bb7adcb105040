import { describe, expect, it } from "vitest";
import { entriesUpTo, givenPages, missing } from "./fixtures/stripe-pages.ts";

describe("a summary of entitlements, which has no id", () => {
  const SUMMARY = "entitlements.active_entitlement_summary";
  const PATH = "/v1/entitlements/active_entitlements?customer=cus_1";
  const entitled = (count: number) =>
    entriesUpTo(count, "ent").map((entry) => ({ ...entry, lookup_key: `key_${entry.id}`, livemode: true }));

  it("is made of its customer's list", async () => {
    const { fetch, urls } = await givenPages({ lists: { [PATH]: entitled(11) } });
    expect(await fetch(SUMMARY, "cus_1")).toEqual({
      object: SUMMARY,
      customer: "cus_1",
      livemode: true,
      entitlements: { object: "list", data: entitled(11), has_more: false, url: PATH },
    });
    expect(urls()).toEqual([`${PATH}&limit=100`]);
  });

  it("is read in pages, and by no other path", async () => {
    const { fetch, urls } = await givenPages({ lists: { [PATH]: entitled(101) } });
    const summary = await fetch(SUMMARY, "cus_1", "/v1/entitlements/elsewhere");
    expect(summary).toMatchObject({ entitlements: { data: entitled(101) } });
    expect(urls()).toEqual([`${PATH}&limit=100`, `${PATH}&limit=100&starting_after=ent_100`]);
  });

  it("is asked for by a customer that no query can hold as it is", async () => {
    const { fetch, urls } = await givenPages({ lists: { [`${PATH}%26a`]: [] } });
    await fetch(SUMMARY, "cus_1&a");
    expect(urls()).toEqual([`${PATH}%26a&limit=100`]);
  });

  it("does not say which mode it is of, where the customer is entitled to nothing", async () => {
    const { fetch } = await givenPages({ lists: { [PATH]: [] } });
    const entitlements = { object: "list", data: [], has_more: false, url: PATH };
    expect(await fetch(SUMMARY, "cus_1")).toEqual({ object: SUMMARY, customer: "cus_1", entitlements });
  });

  it.each([400, 404])("is null where the customer is gone: %d", async (status) => {
    const { fetch } = await givenPages({}, { before: () => missing("customer", status) });
    expect(await fetch(SUMMARY, "cus_1")).toBeNull();
  });

  it("is refused where the key is of the other mode", async () => {
    const reply = missing("customer", 400, "…; a similar object exists in live mode, …");
    const { fetch } = await givenPages({}, { before: () => reply });
    await expect(fetch(SUMMARY, "cus_1")).rejects.toMatchObject({ reason: "wrong-stripe-key" });
  });
});
