import { describe, expect, it } from "vitest";
import type { DisputeState } from "../nouns/dispute.ts";
import { disputeFacts } from "./dispute.ts";
import { changeFrom, namesOf } from "./fixtures/change.ts";

const CLAIM = { payment: "pi_1", charge: "ch_1", amount: 1000, currency: "eur", reason: "fraudulent" };
const DISPUTE: DisputeState = {
  ...CLAIM,
  status: "needs_response",
  evidenceDueBy: 900,
  created: 10,
  metadata: {},
};
const change = changeFrom(DISPUTE);
const names = (from: string | null, to: string) =>
  namesOf(disputeFacts(change(from === null ? null : { status: from }, { status: to })));

describe("a dispute", () => {
  it("is opened, with what is claimed and until when to answer", () => {
    const detail = { ...CLAIM, isInquiry: false, evidenceDueBy: 900 };
    expect(disputeFacts(change(null, {}))).toEqual([{ name: "dispute.opened", detail }]);
  });

  it("is an inquiry while it is but a warning", () => {
    const opened = disputeFacts(change(null, { status: "warning_needs_response" }));
    expect(opened).toMatchObject([{ name: "dispute.opened", detail: { isInquiry: true } }]);
  });

  it("is decided with what was claimed", () => {
    expect(disputeFacts(change({}, { status: "lost" }))).toEqual([{ name: "dispute.lost", detail: CLAIM }]);
  });

  it.each([
    ["needs_response", "under_review", []],
    ["under_review", "won", ["dispute.won"]],
    ["under_review", "lost", ["dispute.lost"]],
    ["warning_needs_response", "warning_under_review", []],
    ["warning_under_review", "needs_response", ["dispute.escalated"]],
    ["warning_needs_response", "under_review", ["dispute.escalated"]],
    ["hibernating", "needs_response", []],
    ["warning_under_review", "warning_closed", ["dispute.closed"]],
    ["needs_response", "prevented", ["dispute.closed"]],
    ["lost", "lost", []],
    ["lost", "appeal_needs_response", ["dispute.appealed"]],
    ["appeal_needs_response", "appeal_under_review", []],
    ["appeal_under_review", "won", ["dispute.won"]],
    [null, "won", ["dispute.opened", "dispute.won"]],
  ])("from %s to %s tells %j", (from, to, told) => {
    expect(names(from, to)).toEqual(told);
  });
});
