import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { cloneOf, followOwnNoun, ROOT } from "./fixtures/clone.ts";

const CLONED = [
  ...["package.json", "tsconfig.json", "biome.json", "vitest.config.ts", "README.md", "ARCHITECTURE.md"],
  ...["packages", "examples", "scripts", "docs", "infra", "sst.config.ts", "CHANGELOG.md", ".gitignore"],
];

/** What tells of nouns: the registry, the documents, generic rows, the example itself. */
const AFFECTED = [
  "scripts/fields",
  ...[
    "examples/own-noun",
    "scripts/fields",
    "packages/ops/src/docs.test.ts",
    "packages/ops/src/docs.declarations",
  ],
  ...[
    "customer-list",
    "status-rows",
    "lifecycle",
    "fields",
    "keys",
    "item",
    "plain-members",
    "nouns/generic",
  ].map((name) => `packages/core/src/${name}`),
];

const BIN = join(ROOT, "node_modules/.bin");

it("a noun that is added as examples/own-noun says leaves checks and tests green", async () => {
  const cwd = cloneOf(CLONED);
  const failing = (error: { stdout: string; stderr: string }) =>
    Promise.reject(new Error(error.stdout + error.stderr));
  const run = (file: string, ...args: string[]) => promisify(execFile)(file, args, { cwd }).catch(failing);
  await followOwnNoun(cwd);
  await run(join(BIN, "biome"), "check", "--write", "packages/core/src", "scripts/docs");
  await run(process.execPath, "scripts/docs.ts");
  expect(readFileSync(join(cwd, "docs/state.md"), "utf8")).toMatch(/^#+ quote$/m);
  await run(join(BIN, "tsc"), "--noEmit");
  await run(
    join(BIN, "biome"),
    "check",
    "--error-on-warnings",
    "packages/core/src",
    "scripts/docs",
    "examples",
  );
  const { stdout } = await run(join(BIN, "vitest"), "run", ...AFFECTED);
  expect(stdout).toMatch(/Test Files .* passed/);
}, 180_000);
