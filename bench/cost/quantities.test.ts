import { Mistake } from "@stripe-lanes/ops/mistake";
import { describe, expect, it } from "vitest";
import { inBatches } from "./amortized.ts";
import { BASELINE, RESULTS, SAMPLE } from "./fixtures/measured.ts";
import { quantitiesOf } from "./quantities.ts";

const measured = { results: RESULTS, baseline: BASELINE, sample: SAMPLE };
const { ours, textbook, webhook } = quantitiesOf(measured);

describe("the quantities of ours", () => {
  it("are the units of full batches and of single events, and between them those between", () => {
    const { writeUnits } = ours.snapshot;
    expect(inBatches(writeUnits, 10)).toBeCloseTo(4);
    expect(inBatches(writeUnits, 1)).toBeCloseTo(4.9);
    expect(inBatches(writeUnits, 2)).toBeCloseTo(4.4);
    expect(inBatches(ours.snapshot.readUnits, 1)).toBeCloseTo(0.8);
  });

  it("are what raw adds, to ours alone", () => {
    expect(ours.snapshot.rawUnits).toBeCloseTo(0.5);
    expect(ours.snapshot.rawBytes).toBe(300);
    expect([textbook.snapshot.rawUnits, textbook.snapshot.rawBytes]).toEqual([0, 0]);
  });

  it("are two requests for a batch of any size", () => {
    expect(inBatches(ours.snapshot.requests, 10)).toBeCloseTo(0.2);
    expect(inBatches(ours.snapshot.requests, 1)).toBeCloseTo(2);
  });

  it("have the benchmark's bodies, and the CPU time of its slower database", () => {
    expect(ours.snapshot).toMatchObject({ bodyBytes: 3_200, envelopeBytes: 400, cpuMilliseconds: 0.4 });
  });

  it("have thin events as the sample had them", () => {
    expect(ours.thin).toMatchObject({ bodyBytes: 300, fetches: 1, ledgerBytes: 400, rawUnits: 0 });
    expect(inBatches(ours.thin?.writeUnits ?? { perBatch: 0, perEvent: 0 }, 10)).toBe(2);
  });
});

describe("the quantities of the others", () => {
  it("are those of each event, one after another", () => {
    expect(textbook.snapshot.requests).toEqual({ perBatch: 0, perEvent: 4 });
    expect(webhook.snapshot.requests).toEqual({ perBatch: 0, perEvent: 2 });
    expect(inBatches(webhook.snapshot.writeUnits, 1)).toBe(2);
    expect(textbook.snapshot.cpuMilliseconds).toBe(2.5);
  });

  it("have no ledger where keys are forgotten within the hour, and no thin events", () => {
    expect([textbook.snapshot.ledgerBytes, webhook.snapshot.ledgerBytes]).toEqual([0, 400]);
    expect([textbook.thin, webhook.thin]).toEqual([null, null]);
  });
});

describe("a figure that is missing", () => {
  it.each(["ours", "textbook", "two-writes"])("is told in one sentence: of %s", (contender) => {
    const compared = RESULTS.compared.filter((one) => one.contender !== contender);
    const quantities = () => quantitiesOf({ ...measured, results: { ...RESULTS, compared } });
    expect(quantities).toThrow(Mistake);
    expect(quantities).toThrow(
      new RegExp(`^bench/results.json has no \\w+ of ${contender}: npm run bench -- --document writes it`),
    );
  });

  it("is told in one sentence: of the baseline", () => {
    const { writeUnitsPerEventAlone: _, ...baseline } = BASELINE;
    expect(() => quantitiesOf({ ...measured, baseline: baseline as typeof BASELINE })).toThrow(
      /^bench\/baseline.json has no writeUnitsPerEventAlone: npm run bench -- --check --accept writes it\.$/,
    );
  });
});
