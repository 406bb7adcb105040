import type { Result } from "@stripe-lanes/core/batch";
import { Malformed, Unavailable } from "@stripe-lanes/core/errors";
import { parseEvent } from "@stripe-lanes/core/event";
import { messageOf, snapshotEvent } from "@stripe-lanes/testing/events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Batch, loggedBytes, metricBytesOf, metricNames } from "./logged.ts";

const event = snapshotEvent({
  id: "evt_1",
  type: "customer.created",
  created: 1_780_000_000,
  object: { object: "customer", id: "cus_1" },
});
const about = { message: messageOf(event, { id: "msg_1" }), event: parseEvent(JSON.stringify(event)) };
const applied: Result = { ...about, kind: "settled", outcome: "applied", reason: "first" };
const retried: Result = { ...about, kind: "retry", error: new Unavailable("down") };
const parked: Result = {
  ...about,
  kind: "settled",
  outcome: "parked",
  reason: "not-json",
  error: new Malformed("not-json", "no JSON"),
};

/** As Lambda sees it, with the trace that it sets, and the 26 bytes that CloudWatch Logs adds. */
const LINE = {
  level: "INFO",
  message: "applied",
  timestamp: "2026-11-21T12:00:00.000Z",
  service: "stripe-lanes",
  sampling_rate: 0,
  xray_trace_id: "1-65f0a1b2-0123456789abcdef01234567",
  eventId: "evt_1",
  eventType: "customer.created",
  messageId: "msg_1",
  origin: "msg_1",
  lane: "lane-00",
  receives: 1,
  outcome: "applied",
  reason: "first",
};
const WEIGHT = Buffer.byteLength(JSON.stringify(LINE)) + 26;

describe("the worker's lines", () => {
  it("weigh what they say, and 26 bytes each", () => {
    expect(loggedBytes([applied])).toEqual({ info: WEIGHT, warn: 0, error: 0 });
    expect(loggedBytes([applied, applied]).info).toBe(2 * WEIGHT);
  });

  it("are left out where the level is above them", () => {
    const { info, warn, error } = loggedBytes([applied, retried]);
    expect(warn).toBe(info - WEIGHT);
    expect([warn > 0, error]).toEqual([true, 0]);
  });

  it("are there at every level where a message was parked", () => {
    const spy = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => spy.mockRestore());
    const { info, warn, error } = loggedBytes([parked]);
    expect([warn, error]).toEqual([info, info]);
    expect(error).toBeGreaterThan(WEIGHT);
  });
});

describe("the lines of metrics", () => {
  const counts = { roundTrips: 2, conflicts: 0, ties: 0 };
  const batch: Batch = { results: Array(10).fill(applied), counts, now: 1_790_000_000_000 };

  it("are one of a batch, longer by a lag for each event", () => {
    const { perBatch, perEvent } = metricBytesOf([batch]);
    const lags = "[10000000,".length + 8 * "10000000,".length + "]".length;
    const counts = 2 * ("10".length - "1".length);
    expect(perEvent).toBeCloseTo((lags + counts) / 9);
    expect(perBatch).toBeGreaterThan(20 * perEvent);
  });

  it("name what counts something", () => {
    expect(metricNames([batch])).toEqual(["LagSeconds"]);
    expect(metricNames([{ ...batch, results: [parked] }])).toEqual(["Parked"]);
  });
});
