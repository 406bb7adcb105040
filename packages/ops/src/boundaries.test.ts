import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PACKAGES = fileURLToPath(new URL("../../", import.meta.url));
const INFRA = join(PACKAGES, "../infra");
const SCRIPTS = join(PACKAGES, "../scripts");

/** What each package may import of the others; ARCHITECTURE.md draws the same arrows. */
const ARROWS: Record<string, string[]> = {
  core: [],
  functions: ["core"],
  testing: ["core"],
  ops: ["core", "testing"],
};

/** The only files of core that know AWS (D17). */
const ADAPTERS = [
  "dynamo.ts",
  "dynamo-encoding.ts",
  "dynamo-errors.ts",
  "dynamo-ledger.ts",
  "dynamo-table.ts",
];

type Source = { name: string; text: string; imports: string[] };

function sourcesOf(pack: string): Source[] {
  return sourcesIn(join(PACKAGES, pack, "src"));
}

function sourcesIn(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.test\.ts$|fixtures\//.test(name))
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const imports = [...text.matchAll(/(?:from|import\() ?"([^"]+)"/g)].map((match) => match[1] ?? "");
      return { name, text, imports };
    });
}

const breaches = (sources: Source[], isBreach: (imported: string, source: Source) => boolean) =>
  sources.flatMap((source) =>
    source.imports
      .filter((imported) => isBreach(imported, source))
      .map((imported) => `${source.name}: ${imported}`),
  );

const packageOf = (imported: string) => /^@stripe-lanes\/([^/]+)/.exec(imported)?.[1];

describe("the boundaries between packages (D17)", () => {
  it.each(Object.entries(ARROWS))("%s imports of the others only %j", (pack, allowed) => {
    const sources = sourcesOf(pack);
    expect(sources).not.toHaveLength(0);
    const crossing = breaches(sources, (imported) => {
      const other = packageOf(imported);
      return other !== undefined && other !== pack && !allowed.includes(other);
    });
    expect(crossing).toEqual([]);
  });

  it("no file reaches into another package by a path", () => {
    const reaching = Object.keys(ARROWS).flatMap((pack) =>
      breaches(sourcesOf(pack), (imported, { name }) => {
        const depth = name.split("/").length - 1;
        return imported.startsWith("../".repeat(depth + 1));
      }),
    );
    expect(reaching).toEqual([]);
  });
});

describe("an HTTP server", () => {
  it("is started in one place, which refuses what web pages send", () => {
    const bench = sourcesIn(join(PACKAGES, "../bench")).filter(({ name }) => !name.includes("node_modules"));
    const all = [...Object.keys(ARROWS).flatMap(sourcesOf), ...bench, ...sourcesIn(SCRIPTS)];
    const starting = all.filter(
      ({ imports, text }) => imports.includes("node:http") && /\bcreateServer\b/.test(text),
    );
    expect(starting.map(({ name }) => name)).toEqual(["local/loopback.ts"]);
  });
});

describe("whether a list is whole", () => {
  it("is worked out in one place, and where pages are read", () => {
    const asking = ["core", "functions"].flatMap(sourcesOf).filter(({ text }) => text.includes("has_more"));
    expect(asking.map(({ name }) => name).sort()).toEqual(["list.ts", "stripe-lists.ts"]);
  });
});

describe("infra", () => {
  const sources = sourcesIn(INFRA);

  it("takes names and lanes from core and functions, and nothing that only tests or people use", () => {
    expect(sources).not.toHaveLength(0);
    const others = breaches(sources, (imported) => ["testing", "ops"].includes(packageOf(imported) ?? ""));
    expect(others).toEqual([]);
  });

  it("reaches nowhere by a path but to its own files", () => {
    expect(breaches(sources, (imported) => imported.startsWith("../"))).toEqual([]);
  });
});

describe("core", () => {
  const sources = sourcesOf("core");

  it("knows AWS in its adapter alone", () => {
    const aws = breaches(sources, (imported, { name }) => /aws/.test(imported) && !ADAPTERS.includes(name));
    expect(aws).toEqual([]);
  });

  it("needs nothing but itself, what Node hashes and packs with, and the adapter's SDK", () => {
    const others = breaches(
      sources,
      (imported) => !/^(\.{1,2}\/|node:(crypto|zlib)$|@aws-sdk\/)/.test(imported),
    );
    expect(others).toEqual([]);
  });

  it.each(["process.", "Date.now", "new Date(", "Math.random", "randomUUID", "setTimeout"])(
    "never uses %s",
    (word) => {
      expect(sources.filter(({ text }) => text.includes(word)).map(({ name }) => name)).toEqual([]);
    },
  );
});
