import { describe, expect, it, onTestFinished, vi } from "vitest";
import { BASELINE, benchWith, RESULTS } from "./fixtures/measured.ts";
import { main } from "./main.ts";
import type { Report } from "./report.ts";

const FILES = { "results.json": RESULTS, "baseline.json": BASELINE };

/** What a person sees of it. */
async function run(args: string[], files: Record<string, unknown> = FILES) {
  const told: Record<"log" | "error", string[]> = { log: [], error: [] };
  for (const stream of ["log", "error"] as const) {
    const spy = vi.spyOn(console, stream).mockImplementation((text) => void told[stream].push(text));
    onTestFinished(() => spy.mockRestore());
  }
  return { code: await main(args, benchWith(files)), out: told.log.join("\n"), err: told.error.join("\n") };
}

describe("npm run cost", () => {
  it("prints the three bills, what settings cost, a million, and the drain", async () => {
    const { code, out } = await run(["--events-per-month", "2000000"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^The bill of a month with 2,000,000 events, in batches of 10\.$/m);
    expect(out).toMatch(/^Prices of us-east-1 on 2026-11-21; no free tier is taken off\.$/m);
    expect(out).toMatch(/^ {2}EventBridge +events +\$2\.00 +\d+ % +\$2\.00 +\d+ % +–$/m);
    expect(out).toMatch(/^ {2}API Gateway +requests +– +– +\$2\.00 +\d+ %$/m);
    expect(out).toMatch(/^ {2}DynamoDB +writes +\$5\.00 /m);
    expect(out).toMatch(/^ {2}--raw +\+\$\d+\.\d\d$/m);
    expect(out).toMatch(/^ {2}--log-level warn +−\$\d+\.\d\d$/m);
    expect(out).toMatch(/^ {2}\$1\.62 {2}of it for the requests/m);
    expect(out).toMatch(/^ {2}1 lane +\d+\.\d h +\d+\/s {2}held back by lanes$/m);
  });

  it("prints it all as JSON, of which the shares make a whole", async () => {
    const { out } = await run(["--json", "--drain", "100"]);
    const { bills, drain, backlog, million } = JSON.parse(out) as Report;
    for (const { dollars, lines } of Object.values(bills)) {
      expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      expect(lines.reduce((sum, line) => sum + line.dollars, 0)).toBeCloseTo(dollars);
    }
    expect([backlog, drain.map(({ lanes }) => lanes)]).toEqual([100, [1, 4, 16]]);
    expect(million.requests).toBeCloseTo(1.62);
  });

  it("says what it can be asked for", async () => {
    const { code, out } = await run(["--help"], {});
    expect([code, out]).toEqual([0, expect.stringMatching(/^npm run cost -- \[options\]/)]);
  });

  it.each([
    [
      { "baseline.json": BASELINE },
      "There is no bench/results.json yet: npm run bench -- --document writes it.",
    ],
    [
      { "results.json": RESULTS },
      "There is no bench/baseline.json yet: npm run bench -- --check --accept writes it.",
    ],
    [
      { ...FILES, "results.json": "{" },
      "bench/results.json is broken: npm run bench -- --document writes it.",
    ],
  ])("ends with 2 and a sentence where nothing was measured", async (files, sentence) => {
    expect(await run([], files)).toEqual({ code: 2, out: "", err: sentence });
  });

  it("ends with 2 and a sentence for a bad option", async () => {
    const { code, err } = await run(["--batch", "0"]);
    expect([code, err]).toEqual([2, '--batch takes a number from 1 to 10, not "0".']);
  });
});
