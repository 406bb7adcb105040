import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FAULT_NAMES } from "@stripe-lanes/testing/sim/faults";
import { describe, expect, it } from "vitest";
import { folderWith, newFolder } from "../fixtures/start.ts";
import { HOPELESS, reportIn, sim } from "./fixtures/run.ts";

const small = ["--events", "50", "--seed", "2"];

describe("npm run sim", () => {
  it("gives its report as the last line, and as many faults as it names", async () => {
    const ended = await sim([...small, "--seeds", "2", "--json"]);
    const report = reportIn(ended);
    expect(report).toMatchObject({ seed: 2, events: 100, histories: 2, lost: 0, violations: 0 });
    expect(Object.values(report.struck).reduce((sum, count) => sum + count)).toBe(report.faults);
    expect(Object.keys(report.struck)).toEqual(FAULT_NAMES);
    expect(report.applied + report.superseded + report.ignored).toBe(100);
    expect(ended.code).toBe(0);
  });

  it("says the same each time, but for the time and the memory it takes", async () => {
    const [one, other] = await Promise.all([sim([...small, "--json"]), sim([...small, "--json"])]);
    const fixed = { seconds: 0, peakMemoryMegabytes: 0 };
    expect({ ...reportIn(one), ...fixed }).toEqual({ ...reportIn(other), ...fixed });
  });

  it("strikes with nothing but what --only names, and not with what --without names", async () => {
    const only = reportIn(await sim([...small, "--only", "delivered-twice,killed-after", "--json"]));
    const { "delivered-twice": twice, "killed-after": killed } = only.struck;
    expect(twice + killed).toBe(only.faults);
    const without = reportIn(await sim([...small, "--without", "delivered-twice", "--json"]));
    expect(without.struck["delivered-twice"]).toBe(0);
    expect(without.faults).toBeGreaterThan(0);
  });

  it("writes every line of a single history", async () => {
    const file = join(newFolder(), "trace.txt");
    const { code, out } = await sim([...small, "--trace", file]);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    for (const line of lines) expect(line).toMatch(/^\d+ \S/);
    expect(lines.filter((line) => line.includes(" applied ")).length).toBeGreaterThan(20);
    expect(out).toMatch(/Invariants\n {2}held/);
    expect(code).toBe(0);
  });

  it("writes what it survived between the marks of a document, the same each time", async () => {
    const file = join(
      folderWith({ "reliability.md": "<!-- sim:begin -->\n<!-- sim:end -->\n" }),
      "reliability.md",
    );
    await sim([...small, "--document", file]);
    const written = readFileSync(file, "utf8");
    expect(written).toContain("`npm run sim -- --events 50 --seed 2`\n");
    await sim([...small, "--document", file]);
    expect(readFileSync(file, "utf8")).toBe(written);
  });

  it("tells of a history that fails, finds a shorter one, and fails", async () => {
    const file = join(
      folderWith({ "reliability.md": "<!-- sim:begin -->\n<!-- sim:end -->\n" }),
      "reliability.md",
    );
    const { code, out, err } = await sim(["--plan", JSON.stringify(HOPELESS), "--document", file, "--json"]);
    expect(err).toContain("the history ends: the history of seed 4 broke off: ");
    expect(err).toMatch(/Shortest found, in \d+ runs: 1 of 20 events, with no fault/);
    expect(err).toContain("To repeat it: npm run sim -- --plan '{");
    expect(reportIn({ out })).toMatchObject({ violations: 1, events: 0 });
    expect(readFileSync(file, "utf8")).toBe("<!-- sim:begin -->\n<!-- sim:end -->\n");
    expect(code).toBe(1);
  });

  it("ends with the report so far at Ctrl-C", async () => {
    const { code, out } = await sim(["--events", "1000000", "--json"], (child) => {
      child.stderr?.on("data", () => child.kill("SIGINT"));
    });
    expect(reportIn({ out }).events).toBeLessThan(1_000_000);
    expect(code).toBe(130);
  });

  it.each([
    [
      ["--trace", "/nowhere/trace", "--events", "5"],
      /^There is no folder \/nowhere to write --trace into\.$/,
    ],
    [["--trace", newFolder(), "--events", "5"], /^--trace takes a file, and .* is a folder\.$/],
    [["--document", "/nowhere/x.md"], /^There is no folder \/nowhere to write --document into\.$/],
    [["--document", join(newFolder(), "x.md")], /^--document takes a file with a line/],
    [["--only", "outge"], /^--only: there is no fault "outge"; did you mean "outage"\?$/],
  ])("tells the mistake %j in one sentence, and runs nothing", async (args, sentence) => {
    const { code, out, err } = await sim(args);
    expect(err.trimEnd()).toMatch(sentence);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  it("says what it takes", async () => {
    const { code, out } = await sim(["--help"]);
    expect(out).toContain("--events N");
    expect(code).toBe(0);
  });
});
