import { join } from "node:path";
import { FAULT_NAMES } from "@stripe-lanes/testing/sim/faults";
import { describe, expect, it } from "vitest";
import { folderWith } from "../fixtures/start.ts";
import { documentIn, tableOf } from "./document.ts";
import { totalsWith } from "./fixtures/run.ts";
import { reportOf } from "./report.ts";

const measured = { seed: 1, seconds: 70, peakMemoryMegabytes: 320 };
const table = tableOf(reportOf(totalsWith(), measured), "npm run sim -- --events 2000 --seed 1");

describe("the table of faults survived", () => {
  it("has the command, the totals and a row for each fault", () => {
    expect(table).toMatch(
      /^`npm run sim -- --events 2000 --seed 1`\n\n2,000 events in 2 histories of 12 days/,
    );
    expect(table).toContain("| DynamoDB | is down for minutes or hours | `outage` | 1,200 |");
    expect(table.match(/^\| .* \| `.*` \| [\d,]+ \|$/gm)).toHaveLength(FAULT_NAMES.length);
  });

  it("says the same on another day and on a somewhat slower machine", () => {
    const slower = { ...measured, seconds: 100, peakMemoryMegabytes: 400 };
    expect(tableOf(reportOf(totalsWith(), slower), "npm run sim -- --events 2000 --seed 1")).toBe(table);
    expect(table).toContain("in under 2 min and with under 500 MB of memory");
  });

  it("says at least how long the longest runs took", () => {
    const long = { ...measured, seconds: 4_000, peakMemoryMegabytes: 3_000.6 };
    expect(tableOf(reportOf(totalsWith(), long), "")).toContain("under 67 min and with under 3,001 MB");
  });
});

describe("the document", () => {
  const marked = "# Title\n<!-- sim:begin -->\nold\n<!-- sim:end -->\nprose\n";
  const folder = folderWith({ "marked.md": marked, "plain.md": "# Title\n" });

  it("keeps what stands around the marks", () => {
    const written = documentIn(join(folder, "marked.md"))("new");
    expect(written).toBe("# Title\n<!-- sim:begin -->\nnew\n<!-- sim:end -->\nprose\n");
  });

  it.each(["plain.md", "missing.md"])("must have the marks: %s has none", (name) => {
    expect(() => documentIn(join(folder, name))).toThrow(
      /^--document takes a file with a line <!-- sim:begin/,
    );
  });
});
