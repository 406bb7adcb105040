import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bill, together } from "./bill.ts";
import { LOAD, QUANTITIES, SETTINGS } from "./fixtures/measured.ts";
import { PRICES } from "./prices.ts";
import { DESIGNS, type Design } from "./quantities.ts";
import { DEFAULTS, type Settings } from "./settings.ts";

const told = (design: Design, settings: Settings = SETTINGS, quantities = QUANTITIES) =>
  bill(design, quantities, settings, PRICES);

/** The lines of a service: what, how much of it, and dollars in millionths. */
function linesOf(design: Design, service: string, settings: Settings = SETTINGS) {
  return told(design, settings)
    .filter((line) => line.service === service)
    .map(({ what, quantity, dollars }) => [what, round(quantity), round(dollars * 1_000_000)]);
}

const round = (value: number) => Number(value.toPrecision(9));

/** A hundred events of 4,000 bytes. */
const ARRIVED = 400_000 / 1_024 ** 3;
/** Logs of 30 days, of which 15 % are left. */
const KEPT = (0.15 * 30 * 12) / 365;

describe("the bill of a hundred events in batches of ten", () => {
  it("has an event of EventBridge for each", () => {
    expect(linesOf("ours", "EventBridge")).toEqual([["events", 100, 100]]);
  });

  it("has a send for each, a receive and a delete for each batch, and receives of an idle queue", () => {
    expect(linesOf("ours", "SQS")).toEqual([
      ["sends", 100, 50],
      ["receives", 10, 5],
      ["deletes", 10, 5],
      ["empty receives", 657_000, 328_500],
    ]);
  });

  it("has ten invocations of two requests of 4 ms, with half a GB", () => {
    expect(linesOf("ours", "Lambda")).toEqual([
      ["requests", 10, 2],
      ["time", 0.04, round(0.04 * 13.3334)],
    ]);
  });

  it("has the write units of batches and of events, and the read units", () => {
    expect(linesOf("ours", "DynamoDB")).toEqual([
      ["writes", 400, 250],
      ["reads", 100, 12.5],
    ]);
  });

  it("has rows of a year, a ledger of its days, and the backup of both", () => {
    expect(linesOf("ours", "storage")).toEqual([
      ["rows", 1_200, 300_000_000],
      ["ledger", 100, 25_000_000],
      ["backup", 1_300, 260_000_000],
    ]);
  });

  it("has lines of events, of invocations and of the bus, and what is kept of them", () => {
    expect(linesOf("ours", "logs")).toEqual([
      ["lines of events", 100, 50_000_000],
      ["START, END and REPORT", 10, 5_000_000],
      ["log of all events", 100, 50_000_000],
      ["lines kept", round(210 * KEPT), round(210 * KEPT * 30_000)],
    ]);
  });

  it("has what the archive takes in, and what it keeps of two months", () => {
    expect(linesOf("ours", "archive")).toEqual([
      ["events taken in", round(ARRIVED), round(ARRIVED * 100_000)],
      ["events kept", round(2 * ARRIVED), round(2 * ARRIVED * 23_000)],
    ]);
  });

  it("has nothing of an archive where there is none", () => {
    expect(linesOf("ours", "archive", { ...SETTINGS, archiveDays: 0 })).toEqual([]);
  });

  it("has the lines of metrics, two metrics for the hours of ten invocations, the alarms and the dashboard", () => {
    expect(linesOf("ours", "metrics").map(([what, quantity]) => [what, quantity])).toEqual([
      ["lines of metrics", 110],
      ["lines kept", round(110 * KEPT)],
      ["our own metrics", round((2 * 10) / 730)],
      ["alarms", 14],
      ["metrics that alarms query", 0],
      ["dashboard", 1],
    ]);
  });

  it("has a metric for all hours at the most, and no dashboard where none is wanted", () => {
    const quantityOf = (what: string, settings: Settings) =>
      told("ours", settings).find((line) => line.what === what)?.quantity;
    expect(quantityOf("our own metrics", { ...SETTINGS, events: 1_000_000 })).toBe(2);
    expect(quantityOf("dashboard", { ...SETTINGS, dashboard: false })).toBe(0);
  });
});

describe("the other designs", () => {
  it("are the same bus and queue for the textbook, and nothing beside them", () => {
    const services = new Set(told("textbook").map(({ service }) => service));
    expect(services).toEqual(new Set(["EventBridge", "SQS", "Lambda", "DynamoDB", "storage", "logs"]));
    expect(linesOf("textbook", "SQS")).toEqual(linesOf("ours", "SQS"));
    expect(linesOf("textbook", "logs").map(([what]) => what)).not.toContain("log of all events");
  });

  it("are an HTTP API with an invocation for each event, however batches are", () => {
    expect(linesOf("webhook", "API Gateway")).toEqual([["requests", 100, 100]]);
    expect(linesOf("webhook", "Lambda")[0]).toEqual(["requests", 100, 20]);
    expect(linesOf("webhook", "DynamoDB")[0]).toEqual(["writes", 1_300, 812.5]);
    expect(told("webhook").map(({ service }) => service)).not.toContain("SQS");
  });
});

describe("a message's size", () => {
  const sized = (bodyBytes: number) => ({ ...QUANTITIES, snapshot: { ...LOAD, bodyBytes } });
  const quantityOf = (what: string, bodyBytes: number) =>
    told("ours", SETTINGS, sized(bodyBytes)).find((line) => line.what === what)?.quantity;

  it("counts by 64 KB for EventBridge, with its envelope", () => {
    expect(quantityOf("events", 64 * 1_024 - 1_000)).toBe(100);
    expect(quantityOf("events", 64 * 1_024 - 999)).toBe(200);
  });

  it("counts by 64 KB for each send, and for a receive of ten", () => {
    expect([quantityOf("sends", 65_536), quantityOf("sends", 65_537)]).toEqual([100, 200]);
    expect([quantityOf("receives", 6_553.6), quantityOf("receives", 6_554)]).toEqual([10, 20]);
  });
});

describe("thin events beside the snapshots", () => {
  it("are events of their own", () => {
    const both = { ...QUANTITIES, thin: { ...LOAD, writeUnits: { perBatch: 0, perEvent: 1 }, fetches: 1 } };
    const lines = told("ours", { ...SETTINGS, payloads: "both" }, both);
    const quantityOf = (what: string) => lines.find((line) => line.what === what)?.quantity;
    expect([quantityOf("events"), quantityOf("deletes"), quantityOf("writes")]).toEqual([200, 20, 500]);
    expect(quantityOf("time")).toBeCloseTo(0.04 + (10 * 1.508) / 2);
  });

  it("cost a design nothing that takes none", () => {
    expect(told("textbook", { ...SETTINGS, payloads: "both" })).toEqual(told("textbook"));
  });
});

describe("any bill", () => {
  const counts = fc.integer({ min: 1, max: 1_000_000_000 });

  it("grows with its events, but for what is the same each month once every hour has some", () => {
    const fewest = 10_000;
    fc.assert(
      fc.property(fc.constantFrom(...DESIGNS), counts, (design, times) => {
        const events = times * fewest;
        const one = told(design, { ...DEFAULTS, events: fewest });
        for (const [index, line] of told(design, { ...DEFAULTS, events }).entries()) {
          expect(line.dollars / (line.grows ? times : 1)).toBeCloseTo(one[index]?.dollars ?? 0, 6);
        }
      }),
    );
  });

  it("comes to the sum of its lines", () => {
    const lines = told("ours");
    expect(together(lines, ["EventBridge", "Lambda"])).toBeCloseTo(
      (100 + 2 + 0.04 * 13.3334) / 1_000_000,
      12,
    );
    expect(together(lines)).toBe(lines.reduce((sum, { dollars }) => sum + dollars, 0));
  });
});
