import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const EXAMPLES = readdirSync(join(ROOT, "examples"));
const COPIED = [
  "package.json",
  "tsconfig.json",
  "packages/core",
  "packages/testing",
  "scripts/docs/effects.ts",
  "examples",
];

const copy = mkdtempSync(join(tmpdir(), "stripe-lanes-examples-"));
afterAll(() => rmSync(copy, { recursive: true }));

/** A clone of the project without its tests, on the dependencies that are installed. */
function clone(): void {
  const filter = (name: string) => !name.endsWith(".test.ts");
  for (const path of COPIED) cpSync(join(ROOT, path), join(copy, path), { recursive: true, filter });
  const modules = join(copy, "node_modules");
  mkdirSync(join(modules, "@stripe-lanes"), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (name !== "@stripe-lanes") symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  for (const name of ["core", "testing"])
    symlinkSync(join(copy, "packages", name), join(modules, "@stripe-lanes", name));
}

/** The code blocks of an example's README in one language, without what they are indented by. */
function blocks(example: string, language: string): string[] {
  const readme = readFileSync(join(ROOT, "examples", example, "README.md"), "utf8");
  return [...readme.matchAll(/^( *)```(\w+)\n(.*?)^ *```$/gms)]
    .filter(([, , name]) => name === language)
    .map(([, indent = "", , text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
}

/** Does to each file what a reader would by hand. */
function applyDiff(diff: string): void {
  for (const section of diff.split(/^--- /m).slice(1)) {
    const [file = "", ...lines] = section.trimEnd().split("\n");
    const path = join(copy, file);
    writeFileSync(path, lines.reduce(withLine, { text: readFileSync(path, "utf8"), above: "" }).text);
  }
}

type Edit = { text: string; above: string };

/** A line to add goes under the one above it, an import to the top; any other line has to be there, once. */
function withLine({ text, above }: Edit, line: string): Edit {
  const told = line.slice(1);
  if (line.startsWith("+import")) return { text: `${told}\n${text}`, above };
  if (line.startsWith("+"))
    return { text: text.replace(`\n${above}\n`, `\n${above}\n${told}\n`), above: told };
  expect(text.split(`\n${told}\n`), `not one line, but none or several: ${told}`).toHaveLength(2);
  return { text, above: told };
}

/** The modules of an example that a reader copies, by their text. */
function sourcesOf(example: string): string[] {
  const folder = join(ROOT, "examples", example);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("the examples", () => {
  it("work as their READMEs say, in a clone where those are followed to the letter", async () => {
    clone();
    for (const command of blocks("own-noun", "sh")) await run("sh", ["-c", command], { cwd: copy });
    for (const diff of blocks("own-noun", "diff")) applyDiff(diff);
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
