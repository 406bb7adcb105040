import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const MODULE = new URL("source-maps.ts", import.meta.url).href;

/** In a process of its own, since Vitest maps stacks too. */
const PROGRAM = `
const { mapStacks } = await import(${JSON.stringify(MODULE)});
mapStacks(process.argv[1]);
console.log((await import(process.argv[1]).catch((error) => error)).stack);`;

/** The first line of the bundle is the ninth of its source. */
const MAP = JSON.stringify({ version: 3, sources: ["packages/a.ts"], names: [], mappings: "AAQA" });

/** The stack of an error that a bundle throws, with this map beside it. */
function stackWith(map: string | undefined, thrown = `new RangeError("too far")`): string {
  const folder = mkdtempSync(join(tmpdir(), "maps-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "bundle.mjs");
  writeFileSync(path, `throw ${thrown};`);
  if (map !== undefined) writeFileSync(`${path}.map`, map);
  const args = ["--input-type=module", "--eval", PROGRAM, pathToFileURL(path).href];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stdout;
}

it("a stack names the source's file, line and column", () => {
  expect(stackWith(MAP)).toMatch(/^RangeError: too far\n {4}at \(?packages\/a\.ts:9:\d+\)?\n/);
});

it("a stack stays as it is without a map, and with one that cannot be read", () => {
  for (const map of [undefined, "", "{", `{"version":3}`]) {
    expect(stackWith(map)).toMatch(/^RangeError: too far\n {4}at file:.*\/bundle\.mjs:1:7/);
  }
});

it("an error that cannot be written down is still told of", () => {
  const thrown = `Object.defineProperty(new Error(), "message", { get() { throw 1; } })`;
  expect(stackWith(MAP, thrown)).toMatch(/^Error\n {4}at /);
});
