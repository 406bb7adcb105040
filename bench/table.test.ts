import { describe, expect, it } from "vitest";
import { sampleResults } from "./fixtures/results.ts";
import { markdownTable, tableMarkdown, tableText } from "./table.ts";

const results = sampleResults();

describe("the comparison for a terminal", () => {
  const [head = "", ...lines] = tableText(results.compared).split("\n");
  const rows = lines.slice(0, results.compared.length);

  it("has a row for each contender and setting, with medians and spread", () => {
    expect(rows).toHaveLength(18);
    expect(rows[0]).toMatch(
      /^ {2}ours +1 +DynamoDB +0 ms +1,214 ±8% +0\.41 ±8% +0\.2 +4\.55 +1\.62 +17\.9 ±8%/,
    );
    expect(rows[6]).toMatch(/sync-engine +10 +PostgreSQL +0 ms +1,312 ±8% +0\.5 ±8% +– +– +– /);
    expect(rows[14]).toMatch(/ours +1 +recorded +0 ms +2,010 ±8%/);
  });

  it("is aligned, with numbers to the right, and fits 140 columns", () => {
    const end = head.indexOf("events/s") + "events/s".length;
    for (const row of rows) {
      expect(row.slice(0, end + 2)).toMatch(/[%\d–] {2}$/);
      expect(row.length).toBeLessThanOrEqual(140);
    }
  });

  it("says what the signs mean", () => {
    expect(lines.at(-1)).toContain("± is how far the farthest round lies from the median");
  });
});

describe("the comparison as Markdown", () => {
  it("has the same rows", () => {
    const [head, rule, ...rows] = tableMarkdown(results.compared).split("\n");
    expect(head).toMatch(/^\| contender \| lanes \| answers \| latency \| events\/s \| CPU ms \|/);
    expect(rule).toBe(`|${"---|".repeat(4)}${"---:|".repeat(8)}`);
    expect(rows).toHaveLength(18);
    expect(rows[9]).toMatch(
      /^\| textbook \| 1 \| DynamoDB \| 4 ms \| 43 ±8% \| 2.6 ±8% \| 4 \| 5.06 \| 0.5 \|/,
    );
  });

  it("lets no text end its cell", () => {
    expect(markdownTable(["a"], [["b|c"]], 1)).toBe("| a |\n|---|\n| b\\|c |");
  });
});
