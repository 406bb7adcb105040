import { describe, expect, it } from "vitest";
import { generic } from "./nouns/generic.ts";
import type { Part } from "./part.ts";
import { rowOf } from "./row.ts";
import { viewOf, viewOfCounter } from "./view.ts";

const part = (second: number, events: string[], more: Partial<Part> = {}): Part => ({
  via: "event",
  finality: "open",
  second,
  rank: 0,
  state: { object: "charge", customer: "cus_1", status: "succeeded" },
  deleted: false,
  tie: false,
  remembered: events.map((event) => ({ event, found: null, state: {}, deleted: false })),
  ...more,
});

const IDENTITY = { tenant: "acct_1", noun: "generic", object: "charge", id: "ch_1", customer: null };
const row = (parts: Record<string, Part>) => rowOf(generic, IDENTITY, parts, 3);

describe("the view of a row", () => {
  it("has what the row's own part tells", () => {
    expect(viewOf(row({ ch_1: part(100, ["evt_1"]) }))).toEqual({
      tenant: "acct_1",
      noun: "generic",
      id: "ch_1",
      customer: "cus_1",
      status: "succeeded",
      deleted: false,
      state: { object: "charge", customer: "cus_1", status: "succeeded" },
      version: { second: 100, events: ["evt_1"] },
      via: "event",
      tie: false,
      incomplete: [],
    });
  });

  it("has the newest second of several parts and all events they remember, in ascending order", () => {
    const { version } = viewOf(
      row({ ch_1: part(300, ["evt_b", "evt_d"]), re_1: part(200, ["evt_a", "evt_c"]) }),
    );
    expect(version).toEqual({ second: 300, events: ["evt_a", "evt_b", "evt_c", "evt_d"] });
  });

  it("says fetched, and tied, where any part is", () => {
    const plain = part(100, ["evt_1"]);
    const view = viewOf(
      row({ ch_1: plain, re_1: { ...plain, via: "fetch" }, re_2: { ...plain, tie: true } }),
    );
    expect(view).toMatchObject({ via: "fetch", tie: true });
  });

  it("names the lists that Stripe did not send whole", () => {
    const state = { object: "charge", customer: null, incomplete: ["refunds"] };
    expect(viewOf(row({ ch_1: part(100, ["evt_1"], { state }) })).incomplete).toEqual(["refunds"]);
  });
});

describe("the view of a counter", () => {
  it("is a price's stock, where what was never counted is none", () => {
    const identity = { tenant: "acct_1", noun: "stock", id: "price_1", customer: null };
    const key = { pk: "acct_1#price_1", sk: "stock" };
    expect(viewOfCounter({ key, identity, amounts: { sold: 3 } })).toMatchObject({
      noun: "stock",
      id: "price_1",
      version: null,
      via: "event",
      state: { price: "price_1", sold: 3, reserved: 0 },
    });
  });
});
