import { describe, expect, it } from "vitest";
import { withMeasured } from "./document.ts";
import { sampleResults } from "./fixtures/results.ts";

const results = sampleResults();
const MARKED = "# Performance\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nprose\n";
const written = withMeasured(MARKED, results, { requestsPerEvent: 0.201 });

describe("the measured part of the document", () => {
  it("replaces what is between the marks and keeps what stands around them", () => {
    expect(written).toMatch(/^# Performance\n<!-- bench:begin -->\n`npm run bench` on 2026-11-21/);
    expect(written).toMatch(/\n<!-- bench:end -->\nprose\n$/);
    expect(written).not.toContain("old");
  });

  it("comes out the same when it is written again", () => {
    expect(withMeasured(written, results, { requestsPerEvent: 0.201 })).toBe(written);
  });

  it("says when, on what machine and for how long", () => {
    expect(written).toContain(
      "on 2026-11-21, in under 9 min: Example(R) CPU @ 2.90GHz, 2 cores, Node 24.11.1, PostgreSQL 15.14;\n5 rounds, bodies of 3,205 bytes",
    );
    const bare = { ...results, machine: { ...results.machine, postgres: null, cores: 1 }, seconds: 540 };
    expect(withMeasured(MARKED, bare, {})).toContain(
      "in under 10 min: Example(R) CPU @ 2.90GHz, 1 core, Node 24.11.1, no PostgreSQL;",
    );
  });

  it("has every goal with its verdict", () => {
    expect(written).toContain(
      "| events per second against textbook, 1 lane each, 4 ms a request | ≥ 9 × | 11.92 ×, floor 13.47 × | yes |",
    );
    expect(written).toContain("| DynamoDB requests per event, batches of 10 | ≤ 0.2 | 0.201 | **no** |");
    expect(written).toContain("| write units per event, `raw` off | ≤ 4.7 | not measured | – |");
  });

  it("has both plots and the comparison", () => {
    expect(written).toContain("](performance-comparison.svg)");
    expect(written).toContain("](performance-growth.svg)");
    expect(written).toContain("| ours | 1 | DynamoDB | 4 ms | 512 ±8% |");
  });

  it("reads the growth out of the figures", () => {
    expect(written).toContain(
      "| workers that buy of one price at once | 4 ms a request | 1 to 40 | 480 to 290, 0.60 × | – | 0.2 to 1.8, 9.00 × |",
    );
    expect(written).toContain(
      "With 1,000,000 rows in the table it handles 0.97 × the events per second of 10 rows.",
    );
    expect(written).toContain("Its time grows as events to the power of 0.97; 1 is linear.");
    expect(written).toContain("Lanes at once, on 2 cores: 16 handle 3.44 × the events per second of 1.");
  });

  it("leaves out what was not measured, plot and all", () => {
    const part = withMeasured(MARKED, { ...results, growth: [] }, {});
    expect(part).not.toMatch(/### Growth|performance-growth/);
    const none = withMeasured(MARKED, { ...results, growth: [], compared: [] }, {});
    expect(none).not.toMatch(/Side by side|\.svg/);
  });

  it.each(["# Performance\n", "<!-- bench:end -->\n<!-- bench:begin -->\n"])(
    "needs both marks in order: %j",
    (text) => {
      expect(() => withMeasured(text, results, {})).toThrow(
        /^docs\/performance.md must have a line <!-- bench:begin -->/,
      );
    },
  );
});
