import { describe, expect, it } from "vitest";
import { Unavailable } from "./errors.ts";
import { told } from "./fixtures/history.ts";
import { answered, judged, type Known, settled, thin, updated, was } from "./fixtures/judged.ts";
import type { Row } from "./row.ts";

describe("an event of the seconds that a fetched state may have seen", () => {
  const fetchedRow = () =>
    settled(thin("v1.customer.subscription.updated", was("active")), { answer: answered(was("active")) }).row;
  const request = { account: null, objectType: "subscription", id: "sub_1", url: null };

  it("asks Stripe again, from the first second that is in doubt to the last (D12)", () => {
    const row = fetchedRow();
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
    expect(settled(updated("past_due", 11), { row: fetchedRow(), answer }).row).toMatchObject({
      status: "unpaid",
    });
  });

  it.each<[string, Known]>([
    ["Stripe is unavailable", { answer: { failure: new Unavailable("Stripe is down.") } }],
    ["Stripe cannot be asked", { canFetch: false }],
    ["the answer is older than it", { answer: answered(was("unpaid")) }],
  ])("stands and is marked where %s", (_, known) => {
    const { outcome, row: next } = settled(updated("past_due", 11), { row: fetchedRow(), ...known });
    const { via, tie } = next?.parts.sub_1 ?? {};
    expect([outcome, next?.status, via, tie]).toEqual(["applied", "past_due", "event", true]);
  });

  it("is in no doubt after an event, which says all of its second", () => {
    const after = settled(updated("past_due", 13), { row: fetchedRow() }).row;
    expect(settled(updated("active", 14), { row: after }).row).toMatchObject({ status: "active" });
  });
});

describe("events of one second of which none is known to be the last", () => {
  it("ask Stripe which state it is", () => {
    const { row } = settled(updated("active", 10), {});
    const tie = updated("past_due", 10);
    expect(judged(tie, { row })).toMatchObject({ fetch: { id: "sub_1" } });
    const { parts, status } = settled(tie, { row, answer: answered(was("paused")) }).row as Row;
    expect([status, parts.sub_1?.tie, parts.sub_1?.via]).toEqual(["paused", false, "fetch"]);
  });
});

describe("an event that changes nothing of a row that is a tie", () => {
  it.each([true, false])("asks nobody and writes nothing, whether Stripe can be asked or not", (canFetch) => {
    const first = settled(updated("active", 10), { canFetch: false }).row;
    const tie = settled(updated("past_due", 10), { row: first, canFetch: false }).row;
    expect(tie?.parts.sub_1).toMatchObject({ tie: true });
    const { outcome, rows, moves } = settled(updated("unpaid", 9), { row: tie, canFetch });
    expect([outcome, rows, moves]).toEqual(["superseded", [], []]);
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

  it("is in no doubt after what is further in the lifecycle, of the same second", () => {
    const cutAtFirst = told(
      "customer.subscription.updated",
      { ...listing(true, "si_1"), status: "incomplete" },
      { created: 10 },
    );
    const answer = answered({ ...whole, status: "incomplete" }, 9);
    const { row } = settled(cutAtFirst, { answer });
    expect(settled(updated("active", 10), { row }).row).toMatchObject({ status: "active" });
  });

  it("that is superseded asks nobody, and leaves what it proves for good", () => {
    const { row } = settled(updated("past_due", 20), {});
    const after = settled(cut, { row });
    expect(after).toMatchObject({ outcome: "superseded", row: { status: "past_due" } });
    expect(after.row?.evidence.greatest).toEqual({ overdue: 10 });
    expect(settled(cut, { row: after.row })).toMatchObject({ outcome: "superseded", rows: [] });
  });
});
