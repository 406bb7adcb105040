import { describe, expect, it } from "vitest";
import { Malformed } from "./errors.ts";
import {
  customerOf,
  customerOfEvent,
  objectIdOf,
  parseEvent,
  referenceId,
  type StripeEvent,
} from "./event.ts";

type Body = Record<string, unknown>;

const SNAPSHOT: Body = {
  id: "evt_1",
  object: "event",
  type: "customer.subscription.updated",
  api_version: "2026-10-28.endive",
  created: 1_792_000_000,
  livemode: false,
  data: {
    object: { object: "subscription", id: "sub_1", customer: "cus_1" },
    previous_attributes: { quantity: 1 },
  },
};

const THIN: Body = {
  id: "evt_2",
  object: "v2.core.event",
  type: "v1.customer.subscription.updated",
  created: "2026-11-01T00:00:00.987654321Z",
  livemode: true,
  context: "acct_1",
  related_object: { id: "sub_1", type: "subscription", url: "/v1/subscriptions/sub_1" },
  snapshot_event: "evt_1",
};

function snapshot(changes: Body = {}): StripeEvent {
  return parseEvent(JSON.stringify({ ...SNAPSHOT, ...changes }));
}

function thin(changes: Body = {}): StripeEvent {
  return parseEvent(JSON.stringify({ ...THIN, ...changes }));
}

/** Why a body is refused; "none" where it is not. */
function refusal(take: () => StripeEvent): string {
  try {
    take();
  } catch (error) {
    if (error instanceof Malformed) return error.reason;
    throw error;
  }
  return "none";
}

describe("a snapshot event", () => {
  it("is read into what it tells", () => {
    expect(snapshot()).toEqual({
      kind: "snapshot",
      id: "evt_1",
      type: "customer.subscription.updated",
      apiVersion: "2026-10-28.endive",
      created: 1_792_000_000,
      livemode: false,
      account: null,
      object: { object: "subscription", id: "sub_1", customer: "cus_1" },
      previous: { quantity: 1 },
    });
  });

  it.each([undefined, null, ""])("may lack what an input transformer turned into %j", (missing) => {
    const event = snapshot({
      account: missing,
      api_version: missing,
      data: { object: { object: "balance", id: missing }, previous_attributes: missing },
    });
    expect(event).toMatchObject({ account: null, apiVersion: null, previous: null });
    expect(objectIdOf(event)).toBeNull();
  });

  it("may have gone through a form that made texts of its second and its mode", () => {
    expect(snapshot({ created: "1792000000", livemode: "true" })).toMatchObject({
      created: 1_792_000_000,
      livemode: true,
    });
  });

  it("keeps the Connect account it comes from", () => {
    expect(snapshot({ account: "acct_1" }).account).toBe("acct_1");
  });

  it.each([
    ["no id", { id: undefined }],
    ["an id that is a number", { id: 7 }],
    ["an empty id", { id: "" }],
    ["an id of 256 bytes", { id: "é".repeat(128) }],
    ["an id that is half a character", { id: "evt_\uD800" }],
    ["a number for an API version", { api_version: 20 }],
    ["an object for an account", { account: { id: "acct_1" } }],
    ["a fraction of a second", { created: 1.5 }],
    ["a second before 1970", { created: -1 }],
    ["a second in exponents", { created: "1e9" }],
    ["no second", { created: null }],
    ["a second past what is exact, as a text", { created: "9007199254740993" }],
    ["no mode", { livemode: undefined }],
    ["a mode that is a number", { livemode: 1 }],
    ["no data", { data: undefined }],
    ["data that is a list", { data: [] }],
    ["no object", { data: {} }],
    ["an object that is a text", { data: { object: "sub_1" } }],
    ["an object without a type", { data: { object: { id: "sub_1" } } }],
    ["an object type of 81 bytes", { data: { object: { object: "o".repeat(81) } } }],
    ["an object id that is a number", { data: { object: { object: "plan", id: 1 } } }],
    ["an object id of 256 bytes", { data: { object: { object: "plan", id: "p".repeat(256) } } }],
    [
      "previous attributes that are a list",
      { data: { object: { object: "plan" }, previous_attributes: [] } },
    ],
    ["an object that nobody knows", { object: "list" }],
  ])("is none with %s", (_, changes) => {
    expect(refusal(() => snapshot(changes))).toBe("not-an-event");
  });

  it("takes ids of 255 bytes, as long as Stripe's can be", () => {
    const id = "p".repeat(255);
    expect(objectIdOf(snapshot({ id, data: { object: { object: "product", id } } }))).toBe(id);
  });

  it("is refused for an integer that would be rounded, in whatever corner", () => {
    const body = JSON.stringify(SNAPSHOT).replace('"quantity":1', '"tiers":[{"amount":9007199254740993}]');
    expect(refusal(() => parseEvent(body))).toBe("unsafe-number");
  });

  it("loses the keys that would reach a prototype", () => {
    const body = JSON.stringify(SNAPSHOT).replace('"customer":', '"__proto__":{"admin":true},"customer":');
    const event = parseEvent(body);
    expect(event).toEqual(snapshot());
    expect(event).not.toHaveProperty("object.admin");
  });
});

describe("a thin event", () => {
  it("is read into the reference it carries, its time rounded down to the second", () => {
    expect(thin()).toEqual({
      kind: "thin",
      id: "evt_2",
      type: "v1.customer.subscription.updated",
      created: Date.parse("2026-11-01T00:00:00Z") / 1000,
      livemode: true,
      account: "acct_1",
      related: { id: "sub_1", type: "subscription", url: "/v1/subscriptions/sub_1" },
      snapshotEvent: "evt_1",
    });
  });

  it("may be about nothing, and have neither context, url nor snapshot", () => {
    const bare = { context: undefined, snapshot_event: null, related_object: null };
    expect(thin(bare)).toMatchObject({ account: null, snapshotEvent: null, related: null });
    expect(thin({ related_object: { id: "a", type: "b", url: 5 } })).toMatchObject({
      related: { url: null },
    });
    const singleton = { type: "balance", url: "/v1/balance" };
    expect(thin({ related_object: singleton })).toMatchObject({ related: { id: null, ...singleton } });
  });

  it.each([
    ["a number for a time", { created: 1_792_000_000 }],
    ["a time that is none", { created: "soon" }],
    ["a number in a text for a time", { created: "1" }],
    ["a reference that is a text", { related_object: "sub_1" }],
    ["a reference whose id is none", { related_object: { id: 5, type: "subscription" } }],
    ["a reference without a type", { related_object: { id: "sub_1" } }],
    ["a snapshot event that is an object", { snapshot_event: {} }],
  ])("is none with %s", (_, changes) => {
    expect(refusal(() => thin(changes))).toBe("not-an-event");
  });
});

describe("the ids an event names", () => {
  it("are those of its object and of that object's customer", () => {
    expect([objectIdOf(snapshot()), customerOfEvent(snapshot())]).toEqual(["sub_1", "cus_1"]);
  });

  it("are the same twice where the object is a customer", () => {
    const event = snapshot({ data: { object: { object: "customer", id: "cus_1", customer: "cus_2" } } });
    expect([objectIdOf(event), customerOfEvent(event)]).toEqual(["cus_1", "cus_1"]);
  });

  it("are the object's alone where the event is thin, or about an object of no customer", () => {
    expect([objectIdOf(thin()), customerOfEvent(thin())]).toEqual(["sub_1", null]);
    expect(objectIdOf(thin({ related_object: null }))).toBeNull();
    expect(customerOf({ object: "payout", id: "po_1", customer: null })).toBeNull();
  });

  it("are read from a reference that is bare or expanded, and from nothing else", () => {
    expect(["cus_1", { id: "cus_1" }].map(referenceId)).toEqual(["cus_1", "cus_1"]);
    const broken = ["", null, undefined, 5, true, [], ["cus_1"], {}, { id: 5 }, "\uDC00", "c".repeat(256)];
    expect(broken.map((reference) => referenceId(reference))).toEqual(broken.map(() => null));
  });
});
