import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { blocks, cloneOf, followOwnNoun, ROOT } from "./fixtures/clone.ts";

const run = promisify(execFile);
const EXAMPLES = readdirSync(join(ROOT, "examples"));
const CLONED = [
  "package.json",
  "tsconfig.json",
  "packages/core",
  "packages/testing",
  "scripts/docs/effects.ts",
  "scripts/fields/tables.ts",
  "scripts/fields/fields.ts",
  "scripts/fields/reasons.ts",
  "scripts/fields/objects",
  "examples",
];

/** The modules of an example that a reader copies, by their text. */
function sourcesOf(example: string): string[] {
  const folder = join(ROOT, "examples", example);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("the examples", () => {
  it("work as their READMEs say, in a clone where those are followed to the letter", async () => {
    const copy = cloneOf(CLONED, (name) => !name.endsWith(".test.ts"));
    await followOwnNoun(copy);
    for (const example of EXAMPLES)
      writeFileSync(join(copy, "examples", example, "readme.ts"), blocks(example, "ts").join("\n"));
    const compiler = join(ROOT, "node_modules/.bin/tsc");
    const { stdout: errors } = await run(compiler, ["--noEmit"], { cwd: copy }).catch((error) => error);
    expect(errors).toBe("");
    const { stdout: printed } = await run(process.execPath, [join(copy, "examples/own-noun/readme.ts")]);
    expect(printed).toBe("13500\n");
  }, 60_000);

  it.each(EXAMPLES)("%s needs nothing but core's exports and the SDKs", (example) => {
    const imports = sourcesOf(example).flatMap((text) =>
      [...text.matchAll(/from "([^"]+)"/g)].map((match) => match[1]),
    );
    expect(imports).not.toHaveLength(0);
    for (const name of imports)
      expect(name).toMatch(/^(\.\/[^/]+\.ts|@stripe-lanes\/core\/.+|@aws-sdk\/.+|aws-lambda|stripe)$/);
  });

  it.each(EXAMPLES)("%s is short enough to be read at once", (example) => {
    expect(sourcesOf(example).join("").split("\n").length).toBeLessThanOrEqual(120);
  });
});
