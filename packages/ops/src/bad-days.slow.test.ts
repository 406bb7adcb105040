import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { factsIn, newFolder, reportIn, start } from "./fixtures/start.ts";
import type { Report } from "./report.ts";

type Ran = { code: number | null; report: Report; rows: string; facts: string };

/** 400 simulated events, with the rows and the facts that the run writes. */
async function run(...options: string[]): Promise<Ran> {
  const folder = newFolder();
  const [dump, facts] = [join(folder, "rows"), join(folder, "facts")];
  const outputs = ["--dump", dump, "--facts", facts, "--exit", "--json"];
  const ended = await start(["--simulate", "400", "--seed", "8", ...outputs, ...options]).ended;
  return { code: ended.code, report: reportIn(ended), rows: readFileSync(dump, "utf8"), facts };
}

describe("npm start on a day on which everything goes wrong on the way", () => {
  let plain: Ran;
  let faulty: Ran;

  beforeAll(async () => {
    plain = await run();
    faulty = await run("--faults", "--duplicates", "--shuffle");
  }, 180_000);

  it("ends in the same rows", () => {
    expect(plain.report).not.toHaveProperty("faults");
    expect(faulty.report).toMatchObject({ lost: 0, truth: { wrong: 0 }, ties: 0, faults: { outage: 1 } });
    expect(Object.keys(faulty.report.parkedReasons)).toEqual(["not-an-event", "too-large", "wrong-mode"]);
    expect(faulty.rows).toBe(plain.rows);
    expect([plain.code, faulty.code]).toEqual([0, 0]);
  });

  it("writes each fact once, by row and revision", () => {
    const told = factsIn(faulty.facts);
    expect(told.length).toBeGreaterThan(100);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    const rows = Map.groupBy(told, ({ entity, entityId }) => `${entity} ${entityId}`);
    expect([...rows.values()].flat()).toEqual(told);
    for (const facts of rows.values()) {
      const sequences = facts.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    }
  });
});
