import { describe, expect, it } from "vitest";
import { weightOf } from "./logged.ts";
import { takeSample } from "./sample.ts";

const { write } = process.stdout;
const sample = await takeSample({ seed: 3, events: 100 });

describe("a sample of some billing days", () => {
  it("is the same each time", async () => {
    expect(await takeSample({ seed: 3, events: 100 })).toEqual(sample);
  });

  it("leaves nothing of itself on the streams it looked at", () => {
    expect(process.stdout.write).toBe(write);
    expect(process.env._X_AMZN_TRACE_ID).toBeUndefined();
  });

  it("has a line for each event at the level info, and none above it", () => {
    const line = JSON.stringify({
      level: "INFO",
      message: "applied",
      timestamp: "2026-11-21T12:00:00.000Z",
      service: "stripe-lanes",
      xray_trace_id: "1-65f0a1b2-0123456789abcdef01234567",
      eventId: "evt_1PsimulatedEvent00000000",
      eventType: "customer.subscription.updated",
      messageId: "msg_000001",
      origin: "msg_000001",
      lane: "lane-00",
      receives: 1,
      outcome: "applied",
      reason: "newer",
    });
    const { info, warn, error } = sample.snapshot.lineBytes;
    expect(info / weightOf(line)).toBeGreaterThan(0.8);
    expect(info / weightOf(line)).toBeLessThan(1.2);
    expect([warn, error]).toEqual([0, 0]);
  });

  it("has the one metric of an ordinary day, as each is $0.30 a month", () => {
    expect(sample.metrics.filter((name) => name !== "Ties")).toEqual(["LagSeconds"]);
    expect(sample.metricBytes.perBatch).toBeGreaterThan(200);
    expect(sample.metricBytes.perEvent).toBeGreaterThan(0);
    expect(sample.metricBytes.perEvent).toBeLessThan(20);
  });

  it("has a ledger row of two write units for each event, and rows besides", () => {
    const { writeUnits, ledgerBytes, rowBytes, requests } = sample.snapshot;
    expect(writeUnits).toBeGreaterThan(3);
    expect(requests).toBeGreaterThanOrEqual(0.2);
    expect(ledgerBytes).toBeGreaterThan(200);
    expect(ledgerBytes).toBeLessThan(1_124);
    expect(rowBytes).toBeGreaterThan(100);
  });

  it("has raw objects that are packed", () => {
    expect(sample.rawBytes).toBeGreaterThan(10);
    expect(sample.rawBytes).toBeLessThan(sample.snapshot.bodyBytes / 2);
  });

  it("has thin events that add a ledger row each, and hardly a row", () => {
    const { bodyBytes, ledgerBytes, rowBytes, writeUnits, fetches } = sample.thin;
    expect(bodyBytes).toBeLessThan(500);
    expect(ledgerBytes).toBeGreaterThan(200);
    expect(rowBytes).toBeLessThan(50);
    expect(writeUnits).toBeGreaterThanOrEqual(2);
    expect(fetches).toBeGreaterThan(0);
  });
});
