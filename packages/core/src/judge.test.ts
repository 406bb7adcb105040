import { describe, expect, it } from "vitest";
import { Unavailable } from "./errors.ts";
import { parseEvent, type StripeEvent, type StripeObject } from "./event.ts";
import { session, subscription, TENANT, told } from "./fixtures/history.ts";
import type { JsonObject } from "./json.ts";
import {
  type FetchAnswer,
  judgeSnapshot,
  judgeThin,
  type Settled,
  type Sight,
  type Verdict,
} from "./judge.ts";
import { type RowIdentity, sameKey } from "./keys.ts";
import type { Row } from "./row.ts";

type Known = {
  row?: Row | undefined;
  answer?: FetchAnswer;
  canFetch?: boolean;
  searched?: RowIdentity | null | undefined;
};

/** What an event comes to where its row was read, if there is one. */
function judged(event: StripeEvent, { row, answer, searched, canFetch = true }: Known): Verdict {
  const sight: Sight = {
    row: (key) => ({ row: row && sameKey(row.key, key) ? row : undefined }),
    fetched: () => answer,
    searched: () => searched,
    canFetch,
  };
  return event.kind === "snapshot" ? judgeSnapshot(event, TENANT, sight) : judgeThin(event, TENANT, sight);
}

/** The end that an event comes to, and the row of its object where that changes. */
function settled(event: StripeEvent, known: Known): Settled & { row: Row | undefined } {
  const verdict = judged(event, known);
  if (!("settled" in verdict)) throw new Error(`Not settled: ${JSON.stringify(verdict)}`);
  return { ...verdict.settled, row: verdict.settled.rows[0] };
}

function thin(type: string, { object, id }: JsonObject): StripeEvent {
  const related = { related_object: { id, type: object } };
  const event = { object: "v2.core.event", id: `evt_${type}`, type, created: "2026-11-01T00:00:00Z" };
  return parseEvent(JSON.stringify({ ...event, ...related, livemode: false }));
}

/** Stripe's answer, surely newer than second 10 and given in second 12 unless told. */
function answered(object: JsonObject, second = 10, until = 12): FetchAnswer {
  return { object: object as StripeObject, second, until };
}

const was = (status: string) => subscription("sub_1", "cus_1", status);

/** An update that left the status, in a second. */
function updated(status: string, second: number, id = `evt_${status}_${second}`): StripeEvent {
  return told("customer.subscription.updated", was(status), { id, created: second });
}

describe("an event of the seconds that a fetched state may have seen", () => {
  const { row } = settled(thin("v1.customer.subscription.updated", was("active")), {
    answer: answered(was("active")),
  });
  const request = { account: null, objectType: "subscription", id: "sub_1", url: null };

  it("asks Stripe again, from the first second that is in doubt to the last (D12)", () => {
    const asks = [10, 11, 12, 13].map((second) => judged(updated("past_due", second), { row }));
    expect(asks).toMatchObject([
      { settled: { outcome: "superseded" } },
      { fetch: request },
      { fetch: request },
      { settled: { outcome: "applied", rows: [{ status: "past_due" }, { key: { sk: "profile#cus_1" } }] } },
    ]);
  });

  it("gives way to what Stripe then says", () => {
    const answer = answered(was("unpaid"), 20, 21);
    expect(settled(updated("past_due", 11), { row, answer }).row).toMatchObject({ status: "unpaid" });
  });

  it.each<[string, Known]>([
    ["Stripe is unavailable", { answer: { failure: new Unavailable("Stripe is down.") } }],
    ["Stripe cannot be asked", { canFetch: false }],
    ["the answer is older than it", { answer: answered(was("unpaid")) }],
  ])("stands and is marked where %s", (_, known) => {
    const { outcome, row: next } = settled(updated("past_due", 11), { row, ...known });
    const { via, tie } = next?.parts.sub_1 ?? {};
    expect([outcome, next?.status, via, tie]).toEqual(["applied", "past_due", "event", true]);
  });

  it("is in no doubt after an event, which says all of its second", () => {
    const after = settled(updated("past_due", 13), { row }).row;
    expect(settled(updated("active", 14), { row: after }).row).toMatchObject({ status: "active" });
  });
});

describe("events of one second of which none is known to be the last", () => {
  const { row } = settled(updated("active", 10), {});

  it("ask Stripe which state it is", () => {
    const tie = updated("past_due", 10);
    expect(judged(tie, { row })).toMatchObject({ fetch: { id: "sub_1" } });
    const { parts, status } = settled(tie, { row, answer: answered(was("paused")) }).row as Row;
    expect([status, parts.sub_1?.tie, parts.sub_1?.via]).toEqual(["paused", false, "fetch"]);
  });
});

describe("an event that changes nothing of a row that is a tie", () => {
  const first = settled(updated("active", 10), { canFetch: false }).row;
  const tie = settled(updated("past_due", 10), { row: first, canFetch: false }).row;

  it.each([true, false])("asks nobody and writes nothing, whether Stripe can be asked or not", (canFetch) => {
    expect(tie?.parts.sub_1).toMatchObject({ tie: true });
    const { outcome, rows, moves } = settled(updated("unpaid", 9), { row: tie, canFetch });
    expect([outcome, rows, moves]).toEqual(["superseded", [], []]);
  });
});

describe("a thin event of a payment that took days and failed", () => {
  const unpaid = session("cs_1", "cus_1", { payment_status: "unpaid" });
  const completed = told("checkout.session.completed", unpaid, { created: 5 });
  const failed = thin("v1.checkout.session.async_payment_failed", unpaid);
  const { row } = settled(completed, {});
  const after = settled(failed, { row, answer: answered(unpaid) });

  it("fails the order and releases its lines, though the session looks as before", () => {
    expect(after.row).toMatchObject({ status: "failed" });
    expect(after.moves).toMatchObject([{ amounts: { reserved: -2 } }]);
  });

  it("is the end: a later fetch of the session, which looks unpaid, changes nothing", () => {
    const again = thin("v1.checkout.session.completed", unpaid);
    const answer = answered(unpaid, 20, 22);
    expect(settled(again, { row: after.row, answer })).toMatchObject({
      outcome: "superseded",
      reason: "after-terminal",
      rows: [],
      moves: [],
    });
  });
});

describe("an event of an object with a list that Stripe cut", () => {
  const item = (id: string) => ({ id, price: { id: "price_1", product: "prod_1" }, quantity: 1 });
  const listing = (has_more: boolean, ...ids: string[]) => ({
    ...was("active"),
    items: { object: "list", data: ids.map(item), has_more },
  });
  const cut = told("customer.subscription.updated", listing(true, "si_1"), { id: "evt_cut", created: 10 });
  const whole = listing(false, "si_1", "si_2");
  const itemsOf = (row: Row | undefined) =>
    (row?.state.items as { id: string }[] | undefined)?.map(({ id }) => id);

  it("asks Stripe for the object with the whole list (pitfall 7)", () => {
    expect(judged(cut, {})).toEqual({
      fetch: { account: null, objectType: "subscription", id: "sub_1", url: null },
    });
  });

  it.each([
    ["newer than all of the event's second", 11],
    ["of the event's own second", 9],
  ])("is complete with an answer %s", (_, second) => {
    const { outcome, row } = settled(cut, { answer: answered(whole, second) });
    expect([outcome, itemsOf(row), row?.parts.sub_1?.via, row?.state.incomplete]).toEqual([
      "applied",
      ["si_1", "si_2"],
      "fetch",
      undefined,
    ]);
  });

  it("is asked about again by what the answer may or may not have seen (D12)", () => {
    const { row } = settled(cut, { answer: answered(whole, 9) });
    expect(judged(updated("past_due", 12), { row })).toMatchObject({ fetch: { id: "sub_1" } });
    expect(judged(updated("past_due", 13), { row })).toMatchObject({ settled: { outcome: "applied" } });
  });

  it.each<[string, Known]>([
    ["Stripe is unavailable", { answer: { failure: new Unavailable("Stripe is down.") } }],
    ["Stripe cannot be asked", { canFetch: false }],
  ])("is applied and says what is missing where %s", (_, known) => {
    const { outcome, row } = settled(cut, known);
    expect([outcome, itemsOf(row), row?.state.incomplete]).toEqual(["applied", ["si_1"], ["items"]]);
    expect(row?.parts.sub_1?.tie).toBe(false);
  });

  it("that is superseded asks nobody", () => {
    const { row } = settled(updated("past_due", 20), {});
    expect(settled(cut, { row })).toMatchObject({ outcome: "superseded", rows: [] });
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

  it("leaves its ledger row only where nothing leads to it", () => {
    const nameless = { ...event, related: { id: null, type: "balance", url: null } } as StripeEvent;
    expect(settled(nameless, {})).toMatchObject({ reason: "no-row", rows: [] });
  });
});

describe("a thin event of what is gone from Stripe with the customer it lived with", () => {
  const { row } = settled(updated("active", 5), {});
  const gone: FetchAnswer = { object: null, second: 10, until: 12 };
  const event = thin("v1.customer.subscription.deleted", was("active"));

  it("has the index searched, and then finds the row", () => {
    const search = { tenant: TENANT, noun: "subscription", id: "sub_1" };
    expect(judged(event, { row, answer: gone, searched: undefined })).toEqual({ search });
    const found = settled(event, { row, answer: gone, searched: row?.identity ?? null });
    expect(found.row).toMatchObject({ deleted: true, identity: { customer: "cus_1" } });
  });

  it("keeps what was last known of it", () => {
    const found = settled(event, { row, answer: gone, searched: row?.identity ?? null });
    expect(found.row?.state).toEqual(row?.state);
  });

  it("leaves its ledger row only, where nothing was known of it", () => {
    const answer = { ...gone, until: event.created + 60 };
    expect(settled(event, { answer, searched: null })).toMatchObject({ reason: "no-row", rows: [] });
  });

  it("is tried again while the index may not list the row yet", () => {
    const answer = { ...gone, until: event.created + 59 };
    expect(judged(event, { answer, searched: null })).toMatchObject({ failure: expect.any(Unavailable) });
  });
});
