import { describe, expect, it } from "vitest";
import type { Snapshot, StripeObject } from "./event.ts";
import type { JsonObject } from "./json.ts";
import { nounOf } from "./registry.ts";
import { ABSENT, digest } from "./remembered.ts";
import { isThinDeletion, overlay, tell, tellDeleted, tellFetched } from "./tell.ts";

function event(type: string, object: StripeObject, previous: JsonObject | null = null): Snapshot {
  const told = { id: "evt_1", type, created: 10, livemode: false, account: null, apiVersion: null };
  return { kind: "snapshot", ...told, object, previous };
}

function told(type: string, object: StripeObject, previous: JsonObject | null = null) {
  return tell(nounOf(object.object), event(type, object, previous));
}

const CUSTOMER = { object: "customer", id: "cus_1", name: "Ada" };
const SUBSCRIPTION = { object: "subscription", id: "sub_1", customer: "cus_1", status: "active" };
const PRODUCT = { object: "product", id: "shirt", name: "Shirt" };
const INVOICE = { object: "invoice", id: "in_1", customer: "cus_1", status: "open" };

describe("what an event tells", () => {
  it("is its id and second, and the state its noun makes of the object", () => {
    expect(told("customer.updated", CUSTOMER)).toEqual({
      event: "evt_1",
      via: "event",
      finality: "open",
      second: 10,
      rank: 0,
      state: nounOf("customer").project(CUSTOMER, "customer.updated"),
      deleted: false,
      found: null,
    });
  });

  it("ranks what brings a status just below what else is told of it", () => {
    expect(told("invoice.finalized", INVOICE).rank).toBe(0.5);
    const charge = { object: "charge", id: "ch_1", status: "succeeded" };
    expect([told("charge.succeeded", charge).rank, told("charge.refunded", charge).rank]).toEqual([1.5, 2]);
  });

  it("ranks by the object's status, and a birth below every status", () => {
    expect(told("invoice.updated", INVOICE).rank).toBe(1);
    expect(told("invoice.created", { ...INVOICE, status: "draft" }).rank).toBe(-1);
    expect(told("customer.created", CUSTOMER).rank).toBe(-1);
  });

  it("is an end where the status is one", () => {
    expect(told("customer.subscription.updated", { ...SUBSCRIPTION, status: "canceled" }).finality).toBe(
      "terminal",
    );
    expect(told("invoice.voided", { ...INVOICE, status: "void" }).finality).toBe("terminal");
    expect(told("invoice.paid", { ...INVOICE, status: "paid" }).finality).toBe("open");
  });
});

describe("a deletion", () => {
  it("is a tombstone, told by the type or by the object", () => {
    const tombstone = { finality: "tombstone", deleted: true };
    expect(told("customer.deleted", CUSTOMER)).toMatchObject(tombstone);
    expect(told("customer.updated", { ...CUSTOMER, deleted: true })).toMatchObject(tombstone);
    expect(told("invoice.deleted", { ...INVOICE, status: "draft" })).toMatchObject(tombstone);
  });

  it("is the end and no tombstone of a subscription, which lives on as canceled", () => {
    const canceled = told("customer.subscription.deleted", { ...SUBSCRIPTION, status: "canceled" });
    expect(canceled).toMatchObject({ finality: "terminal", deleted: false });
  });

  it.each(["coupon", "plan", "price", "product", "promotion_code"])(
    "is a state like others of a %s",
    (object) => {
      const reusable = { object, id: "again" };
      expect(told(`${object}.deleted`, reusable)).toMatchObject({ finality: "open", deleted: true, rank: 0 });
      expect(told(`${object}.created`, reusable)).toMatchObject({ rank: 0, found: ABSENT });
    },
  );
});

describe("the state an event found", () => {
  it("is the object overlaid with what changed, as the noun makes it", () => {
    const { found } = told("customer.updated", CUSTOMER, { name: "Ida" });
    expect(found).toBe(digest(told("customer.updated", { ...CUSTOMER, name: "Ida" }).state));
  });

  it("is the state it left where nothing changed that the noun keeps", () => {
    const { found, state } = told("customer.updated", CUSTOMER, { invoice_settings: { footer: null } });
    expect(found).toBe(digest(state));
  });

  it("is not known where the event does not tell", () => {
    expect(told("customer.updated", CUSTOMER).found).toBeNull();
    expect(told("product.updated", PRODUCT).found).toBeNull();
  });
});

describe("the object as it was before", () => {
  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    ["has old values back", { a: 2, b: 3 }, { a: 1 }, { a: 1, b: 3 }],
    [
      "has objects merged",
      { a: { b: { c: 2, d: 3 }, e: 4 } },
      { a: { b: { c: 1 } } },
      { a: { b: { c: 1, d: 3 }, e: 4 } },
    ],
    [
      "has arrays replaced",
      { items: { data: [1, 2], n: 2 } },
      { items: { data: [1] } },
      { items: { data: [1], n: 2 } },
    ],
    [
      "keeps null where it was null",
      { a: 1, b: { c: 2 } },
      { a: null, b: { c: null } },
      { a: null, b: { c: null } },
    ],
    ["was no object where it is one", { a: { b: 1 } }, { a: "b_1" }, { a: "b_1" }],
    ["was an object where it is none", { a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
    ["was an array where it is an object", { a: { b: 1 } }, { a: [1] }, { a: [1] }],
    ["has what is gone back", {}, { a: 1 }, { a: 1 }],
    ["is the same where nothing changed", { a: { b: [1] } }, {}, { a: { b: [1] } }],
    [
      "lacked metadata shown as null",
      { metadata: { a: "1", b: "2" } },
      { metadata: { b: null } },
      { metadata: { a: "1" } },
    ],
    [
      "has metadata back",
      { metadata: { a: "2" } },
      { metadata: { a: "1", b: "2" } },
      { metadata: { a: "1", b: "2" } },
    ],
    [
      "lacked nested metadata too",
      { a: { metadata: { b: "1" } } },
      { a: { metadata: { b: null } } },
      { a: { metadata: {} } },
    ],
    ["had other metadata", { metadata: null }, { metadata: { a: "1" } }, { metadata: { a: "1" } }],
    ["had no metadata", { metadata: { a: "1" } }, { metadata: null }, { metadata: null }],
  ])("%s", (_, object, previous, before) => {
    const untouched = structuredClone([object, previous]);
    expect(overlay(object, previous)).toEqual(before);
    expect([object, previous]).toEqual(untouched);
  });
});

describe("a thin event that says deleted", () => {
  const deletion = (noun: string, type: string) =>
    tellDeleted(nounOf(noun), thinOf(type), { object: noun, id: "x_1" });
  const thinOf = (type: string) => ({
    ...({ kind: "thin", id: "evt_9", type, created: 10, livemode: false, account: null } as const),
    ...{ related: null, snapshotEvent: null },
  });

  it("is proof for good, below what else is told of that second", () => {
    const told = deletion("customer", "v1.customer.deleted");
    expect(told).toMatchObject({
      event: "evt_9",
      via: "event",
      finality: "tombstone",
      second: 10,
      deleted: true,
    });
    expect(told.rank).toBeLessThan(-1);
  });

  it("is proof until then where the id can be given out again", () => {
    expect(deletion("product", "v1.product.deleted")).toMatchObject({ finality: "open", deleted: true });
  });

  it.each([
    ["customer", "v1.customer.deleted", true],
    ["customer", "v1.customer.updated", false],
    ["subscription", "v1.customer.subscription.deleted", false],
  ])("is told apart from a status and from other events: %s, %s", (noun, type, is) => {
    expect(isThinDeletion(nounOf(noun), { type })).toBe(is);
  });
});

describe("a fetched object", () => {
  const answered = { second: 10, until: 13 };
  const asking = { id: "evt_9", type: "v2.any", created: 5 };

  it("tells its state for the second it is surely newer than, above every event of it", () => {
    const noun = nounOf("subscription");
    const fetched = tellFetched(noun, asking, { object: SUBSCRIPTION, ...answered }, SUBSCRIPTION);
    expect(fetched).toMatchObject({
      event: "evt_9",
      via: "fetch",
      finality: "open",
      deleted: false,
      found: null,
    });
    expect(fetched).toMatchObject({ ...answered, state: noun.project(SUBSCRIPTION, "") });
    expect(fetched.rank).toBeGreaterThan(told("x", { ...SUBSCRIPTION, status: "canceled" }).rank);
  });

  it("says deleted where Stripe answers with a stub that says so, beside what was known of it", () => {
    const stub = { object: "customer", id: "cus_1", deleted: true };
    const fetched = tellFetched(nounOf("customer"), asking, { object: stub, ...answered }, CUSTOMER);
    expect(fetched).toMatchObject({ finality: "tombstone", deleted: true, state: { name: "Ada" } });
  });

  it("is read as by a snapshot event of the type that asked", () => {
    const object = { object: "checkout.session", id: "cs_1", status: "complete", payment_status: "unpaid" };
    const failed = { id: "evt_9", type: "v1.checkout.session.async_payment_failed", created: 5 };
    expect(tellFetched(nounOf(object.object), failed, { object, ...answered }, object)).toMatchObject({
      state: { status: "unpaid" },
      evidence: { greatest: { failed: 1 } },
    });
  });

  it("may be born again where its id can", () => {
    const stub = { object: "product", id: "prod_1", deleted: true };
    const gone = tellFetched(nounOf("product"), asking, { object: stub, ...answered }, PRODUCT);
    expect(gone).toMatchObject({ finality: "open", deleted: true });
  });

  it("is an end where its status is one", () => {
    const canceled = { ...SUBSCRIPTION, status: "canceled" };
    const fetched = tellFetched(
      nounOf("subscription"),
      asking,
      { object: canceled, ...answered },
      SUBSCRIPTION,
    );
    expect(fetched.finality).toBe("terminal");
  });
});
