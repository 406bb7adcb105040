import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import type { Bug } from "./bugs/bug.ts";
import type { Caught } from "./bugs/hunt.ts";
import { sourceOf, withBug } from "./bugs/inject.ts";
import { BUGS } from "./bugs.ts";
import type { Invariant } from "./checks.ts";

const RUN = fileURLToPath(new URL("bugs/run.ts", import.meta.url));
/** Milliseconds: a history that a bug keeps from ending is ended. */
const PATIENCE = 100_000;

vi.setConfig({ maxConcurrency: Math.min(2, availableParallelism()), testTimeout: PATIENCE });

const execute = promisify(execFile);

async function caughtBy(...args: string[]): Promise<Caught | null> {
  const { stdout } = await execute(process.execPath, [RUN, ...args, "--json"], { timeout: PATIENCE });
  return JSON.parse(stdout);
}

describe("the deliberate bugs", () => {
  it.each(BUGS)("$name still has its place in $file", (bug) => {
    const source = sourceOf(bug);
    expect(withBug(source, bug)).not.toBe(source);
  });

  it("must have a place, and only one", () => {
    const [bug] = BUGS as [Bug];
    expect(() => withBug("", bug)).toThrow(`The bug "${bug.name}" has no place: its text is there 0 times`);
    expect(() => withBug(bug.from + bug.from, bug)).toThrow("2 times");
  });

  it("have names of their own", () => {
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  });

  it("break each invariant", () => {
    const invariants: Record<Invariant, true> = {
      "nothing is lost": true,
      "nothing counts twice": true,
      "the rows are the truth": true,
      "a tombstone stays": true,
      "no innocent is parked": true,
      "nobody waits for a bad customer": true,
      "no version goes back": true,
    };
    expect(new Set(BUGS.map(({ breaks }) => breaks))).toEqual(new Set(Object.keys(invariants)));
  });
});

describe.concurrent("the simulation", () => {
  it("finds nothing where there is no bug", async () => {
    expect(await caughtBy("none", "--seeds", "1")).toBeNull();
  });

  it.each(BUGS)("catches $name: $breaks", async ({ name, breaks }) => {
    const caught = await caughtBy(name);
    expect(caught?.violations.map(({ invariant }) => invariant)).toContain(breaks);
  });
});
