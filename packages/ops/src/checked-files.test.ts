import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const VITEST = join(ROOT, "node_modules/vitest/vitest.mjs");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const NOT_OURS = /(^|\/)(node_modules|\.sst|\.stryker|\.git|coverage)(\/|$)/;

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

function sourceFiles(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NOT_OURS.test(relative(ROOT, path))) return [];
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith(".ts") ? [relative(ROOT, path)] : [];
  });
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
