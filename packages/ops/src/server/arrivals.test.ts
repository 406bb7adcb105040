import type { Dropped } from "@stripe-lanes/testing/local/eventbridge/state";
import { describe, expect, it } from "vitest";
import { arrivals } from "./arrivals.ts";

function shown() {
  const lines: string[] = [];
  const told = arrivals((line) => lines.push(line));
  told.show();
  return { lines, told };
}

const words = (line: string | undefined) => line?.split(/ {2,}/);

describe("the line of an event that arrives", () => {
  it("has its id, its type and its outcome, and a reason where it is not applied", () => {
    const { lines, told } = shown();
    const event = { origin: "m", eventId: "evt_1", eventType: "customer.updated" };
    told.onOutcome({ ...event, outcome: "applied", reason: "later-second" });
    told.onOutcome({ ...event, outcome: "parked", reason: "wrong-mode" });
    told.onOutcome({ ...event, outcome: "retried", reason: "DynamoDB is unavailable." });
    expect(lines.map(words)).toEqual([
      ["evt_1", "customer.updated", "applied"],
      ["evt_1", "customer.updated", "parked", "wrong-mode"],
      ["evt_1", "customer.updated", "retried", "DynamoDB is unavailable."],
    ]);
  });

  it("says of a copy that the queue swallowed it", () => {
    const { lines, told } = shown();
    told.onSwallowed('{"id":"evt_1","type":"customer.updated"}');
    told.onSwallowed('{"id":5}');
    told.onSwallowed("{");
    expect(lines.map(words)).toEqual([
      ["evt_1", "customer.updated", "duplicate", "swallowed by the queue"],
      ["(no id)", "(no type)", "duplicate", "swallowed by the queue"],
      ["(no id)", "(no type)", "duplicate", "swallowed by the queue"],
    ]);
  });

  it("says of what no rule matched where it came from", () => {
    const { lines, told } = shown();
    const event = { "detail-type": "customer.updated", detail: { id: "evt_1" } };
    told.onDropped({ event, why: "matched no rule: source stripe.com" } as unknown as Dropped);
    expect(lines.map(words)).toEqual([
      ["evt_1", "customer.updated", "lost", "matched no rule: source stripe.com"],
    ]);
  });

  it("is one line of plain characters, whatever was sent", () => {
    const { lines, told } = shown();
    told.onOutcome({
      origin: "m",
      eventId: "\u001b[2J\nevt",
      eventType: "x".repeat(500),
      outcome: "applied",
    });
    told.onRefused({ status: 400, headers: {}, body: "a\u001b]0;b\n" });
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]{1,200}$/);
    expect(lines[1]).toBe("refused with 400: a?]0;b");
  });

  it("is not printed before the run stays up", () => {
    const lines: string[] = [];
    arrivals((line) => lines.push(line)).onSwallowed("{}");
    expect(lines).toEqual([]);
  });
});
