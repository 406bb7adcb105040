import { describe, expect, it } from "vitest";
import { Unavailable } from "./errors.ts";
import { parseEvent, type StripeEvent } from "./event.ts";
import type { FetchAnswer } from "./fetch.ts";
import { session, TENANT, told } from "./fixtures/history.ts";
import { answered, judged, settled, thin, updated, was } from "./fixtures/judged.ts";

describe("a thin event of a payment that took days and failed", () => {
  const unpaid = session("cs_1", "cus_1", { payment_status: "unpaid" });
  const completed = told("checkout.session.completed", unpaid, { created: 5 });
  const failed = thin("v1.checkout.session.async_payment_failed", unpaid);
  const failing = () => settled(failed, { row: settled(completed, {}).row, answer: answered(unpaid) });

  it("fails the order and releases its lines, though the session looks as before", () => {
    const after = failing();
    expect(after.row).toMatchObject({ status: "failed" });
    expect(after.moves).toMatchObject([{ amounts: { reserved: -2 } }]);
  });

  it("stays failed: a later fetch of the session, which looks unpaid, moves nothing", () => {
    const again = thin("v1.checkout.session.completed", unpaid);
    const answer = answered(unpaid, 20, 22);
    const after = settled(again, { row: failing().row, answer });
    expect(after).toMatchObject({ row: { status: "failed" }, moves: [] });
  });

  it("is paid after all where money comes", () => {
    const paid = { ...unpaid, payment_status: "paid" };
    const succeeded = thin("v1.checkout.session.async_payment_succeeded", paid);
    const after = settled(succeeded, { row: failing().row, answer: answered(paid, 20, 22) });
    expect(after).toMatchObject({ row: { status: "paid" }, moves: [{ amounts: { sold: 2 } }] });
  });
});

describe("a thin event of what there is only one of", () => {
  const event = parseEvent(
    JSON.stringify({
      object: "v2.core.event",
      id: "evt_1",
      type: "v1.balance.available",
      created: "2026-11-01T00:00:00Z",
      livemode: false,
      related_object: { type: "balance", url: "/v1/balance" },
    }),
  );

  it("is fetched by its URL, and makes the one row", () => {
    const request = { account: null, objectType: "balance", id: "/v1/balance", url: "/v1/balance" };
    expect(judged(event, {})).toEqual({ fetch: request });
    const answer = answered({ object: "balance", available: [{ amount: 5, currency: "eur" }] });
    expect(settled(event, { answer }).row).toMatchObject({ identity: { id: "balance" } });
  });

  it("stands in doubt where Stripe does not find it, and nothing is made up", () => {
    const answer: FetchAnswer = { object: null, second: 10, until: 12 };
    expect(settled(event, { answer })).toMatchObject({ reason: "not-found", rows: [] });
    const { row } = settled(event, { answer: answered({ object: "balance", available: [] }) });
    expect(settled(event, { row, answer }).row).toMatchObject({
      deleted: false,
      parts: { balance: { tie: true } },
    });
  });

  it("leaves its ledger row only where nothing leads to it", () => {
    const nameless = { ...event, related: { id: null, type: "balance", url: null } } as StripeEvent;
    expect(settled(nameless, {})).toMatchObject({ reason: "no-row", rows: [] });
  });
});

describe("a thin event of what is gone from Stripe with the customer it lived with", () => {
  const known = () => settled(updated("active", 5), {}).row;
  const gone: FetchAnswer = { object: null, second: 10, until: 12 };
  const event = thin("v1.customer.subscription.deleted", was("active"));

  it("has the index searched, and then finds the row", () => {
    const search = { tenant: TENANT, noun: "subscription", id: "sub_1" };
    const row = known();
    expect(judged(event, { row, answer: gone, searched: undefined })).toEqual({ search });
    const found = settled(event, { row, answer: gone, searched: row?.identity ?? null });
    expect(found.row).toMatchObject({ deleted: true, identity: { customer: "cus_1" } });
  });

  it("keeps what was last known of it", () => {
    const row = known();
    const found = settled(event, { row, answer: gone, searched: row?.identity ?? null });
    expect(found.row?.state).toEqual(row?.state);
  });

  it("leaves its ledger row only, where nothing was known of it", () => {
    const now = event.created + 60;
    expect(settled(event, { answer: gone, now, searched: null })).toMatchObject({
      reason: "not-found",
      rows: [],
    });
  });

  it("is tried again while the index may not list the row yet", () => {
    const now = event.created + 59;
    expect(judged(event, { answer: gone, now, searched: null })).toMatchObject({
      failure: new Unavailable("The index may not list the row yet."),
    });
  });

  it("leaves its ledger row only where a row is made of it together with others, as of a charge", () => {
    const charge = thin("v1.charge.deleted", { object: "charge", id: "ch_1" });
    expect(settled(charge, {})).toMatchObject({ reason: "no-row", rows: [] });
  });
});

describe("a thin event whose answer is older than what is known", () => {
  const event = thin("v1.customer.subscription.updated", was("past_due"));
  const { created: second } = event;
  const older = answered(was("past_due"), second - 1, second + 1);

  it("is superseded where what is known was fetched after all of the event's second", () => {
    const before = thin("v1.customer.subscription.resumed", was("active"));
    const { row } = settled(before, { answer: answered(was("active"), second, second + 2) });
    expect(settled(event, { row, answer: older })).toMatchObject({
      outcome: "superseded",
      reason: "earlier-second",
      rows: [],
    });
  });

  it("is tried again where what is known is of another event of its second", () => {
    const { row } = settled(updated("active", second), {});
    expect(judged(event, { row, answer: older })).toEqual({
      failure: new Unavailable("Stripe's answer may be older than what it was asked for."),
    });
  });
});

describe("a thin event", () => {
  it("leaves its ledger row only where what Stripe gives has no id", () => {
    const event = thin("v1.invoice.updated", { object: "invoice", id: "in_1" });
    const answer = answered({ object: "invoice", customer: "cus_1" });
    expect(settled(event, { answer })).toMatchObject({ reason: "no-row", rows: [] });
  });

  it("is a duplicate of its snapshot event, which may be one of several in its second", () => {
    const first = settled(updated("active", 10, "evt_a"), { canFetch: false }).row;
    const { row } = settled(updated("past_due", 10, "evt_b"), { row: first, canFetch: false });
    const event = thin("v1.customer.subscription.updated", was("past_due"));
    const twins = ["evt_a", "evt_b"].map((snapshotEvent) => ({ ...event, snapshotEvent }) as StripeEvent);
    for (const twin of twins) {
      expect(settled(twin, { row, answer: answered(was("past_due")) }).reason).toBe("told-by-snapshot");
    }
  });
});
