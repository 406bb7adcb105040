import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ROOT, sourceFiles } from "./fixtures/sources.ts";

const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

type Listed = { file: string; projectName: string };

const execute = promisify(execFile);

/** Which suite runs each test file, as Vitest says. */
async function suites(): Promise<Map<string, string[]>> {
  const { stdout } = await execute(process.execPath, [VITEST, "list", "--filesOnly", "--json"], {
    cwd: ROOT,
  });
  const listed = JSON.parse(stdout) as Listed[];
  const found = new Map<string, string[]>();
  for (const { file, projectName } of listed) {
    const path = relative(ROOT, file);
    found.set(path, [...(found.get(path) ?? []), projectName]);
  }
  return found;
}

/** The files of ours that a TypeScript configuration checks. */
async function checkedBy(...project: string[]): Promise<string[]> {
  const args = [TSC, "--noEmit", "--listFilesOnly", ...project];
  const { stdout } = await execute(process.execPath, args, { cwd: ROOT });
  return stdout.split("\n").map((file) => relative(ROOT, file));
}

describe("the suites", () => {
  it("run every test file of the repository, each in exactly one", async () => {
    const found = await suites();
    const files = sourceFiles().filter((file) => file.endsWith(".test.ts"));
    expect(files.length).toBeGreaterThan(400);
    const wrong = files
      .map((file) => [file, found.get(file) ?? []])
      .filter(([, projects]) => projects?.length !== 1);
    expect(wrong).toEqual([]);
  });

  it("keep what is named slow out of npm test", async () => {
    const found = [...(await suites())];
    const slow = found.filter(([file]) => file.endsWith(".slow.test.ts"));
    expect(slow.length).toBeGreaterThan(0);
    expect(slow.filter(([, projects]) => projects.join() !== "slow")).toEqual([]);
  });
});

describe("the type checks", () => {
  it("cover every TypeScript file of the repository", { timeout: 60_000 }, async () => {
    const checked = new Set([...(await checkedBy()), ...(await checkedBy("-p", "infra"))]);
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(1_000);
    expect(files.filter((file) => !checked.has(file))).toEqual([]);
  });
});
