import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, sourceFiles } from "./fixtures/sources.ts";

const IMPORTED = /(?:\bfrom|\bimport\(|^import) ?"([^"]+)"/gm;

type Imports = ReadonlyMap<string, readonly string[]>;

/** The file of ours that a specifier names, types and all; none for a library's. */
function fileOf(specifier: string, from: string): string | undefined {
  if (specifier.startsWith(".")) return join(dirname(from), specifier);
  const [, pack, path] = /^@stripe-lanes\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  return pack && path && join(ROOT, "packages", pack, "src", `${path}.ts`);
}

function importsOf(file: string): string[] {
  const named = [...readFileSync(file, "utf8").matchAll(IMPORTED)].map(([, name = ""]) => fileOf(name, file));
  return named.filter((one) => one !== undefined && existsSync(one)) as string[];
}

/** The shortest way from a file back to itself, or none. */
function circleFrom(file: string, imports: Imports): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const open = [file];
  for (const one of open) {
    for (const next of imports.get(one) ?? []) {
      if (next === file) return wayTo(one, file, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, one);
      open.push(next);
    }
  }
  return undefined;
}

function wayTo(last: string, first: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [first];
  for (let one = last; one !== first; one = cameFrom.get(one) ?? first) way.unshift(one);
  return [first, ...way];
}

function circlesIn(imports: Imports): string[] {
  const found = [...imports.keys()].flatMap((file) => {
    const circle = circleFrom(file, imports);
    return circle ? [circle.map((one) => relative(ROOT, one))] : [];
  });
  const smallest = new Map(found.map((circle) => [[...new Set(circle)].toSorted().join(), circle]));
  return [...smallest.values()].map((circle) => circle.join(" → "));
}

describe("imports, those of types too", () => {
  it("lead from no file back to itself", () => {
    const files = sourceFiles().map((file) => join(ROOT, file));
    expect(files.length).toBeGreaterThan(1_000);
    expect(circlesIn(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([]);
  });

  it("are found to lead back where they do", () => {
    const at = (name: string) => join(ROOT, name);
    const imports = new Map([
      [at("a.ts"), [at("b.ts"), at("c.ts")]],
      [at("b.ts"), [at("c.ts")]],
      [at("c.ts"), [at("a.ts")]],
      [at("d.ts"), [at("a.ts")]],
    ]);
    expect(circlesIn(imports)).toEqual(["c.ts → a.ts → c.ts", "b.ts → c.ts → a.ts → b.ts"]);
  });
});
