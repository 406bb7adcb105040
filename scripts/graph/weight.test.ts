import { describe, expect, it } from "vitest";
import type { Metafile } from "./esbuild.ts";
import { weightOf } from "./weight.ts";

type Output = Metafile["outputs"][string];

function output(bytes: number, told: Partial<Output> = {}): Output {
  return { bytes, imports: [], inputs: {}, ...told };
}

const of = (path: string) => ({ [path]: { bytesInOutput: 1 } });

const imports = (path: string, kind = "import-statement") => ({ path, kind });

const BUNDLE: Metafile = {
  outputs: {
    "out/bundle.mjs": output(100, {
      imports: [
        imports("out/shared.mjs"),
        imports("out/late.mjs", "dynamic-import"),
        { ...imports("node:fs"), external: true },
      ],
      inputs: { ...of("packages/core/src/a.ts"), "node_modules/unused/a.js": { bytesInOutput: 0 } },
    }),
    "out/bundle.mjs.map": output(1_000_000),
    "out/shared.mjs": output(20, {
      imports: [imports("out/bundle.mjs")],
      inputs: of("node_modules/a/node_modules/@scope/b/c/d.js"),
    }),
    "out/late.mjs": output(3, { entryPoint: "late.ts", inputs: of("node_modules/stripe/x.js") }),
  },
};

describe("the weight of a bundle", () => {
  it("is that of all its files, without the maps of their sources", () => {
    expect(weightOf(BUNDLE, "bundle.mjs").bytes).toBe(123);
  });

  it("counts at the start what is imported statically, each once, and nothing that is imported later", () => {
    expect(weightOf(BUNDLE, "bundle.mjs")).toMatchObject({
      bytesAtStart: 120,
      packagesAtStart: ["@scope/b", "packages/core"],
    });
  });

  it("is not told of a file that is not there", () => {
    expect(() => weightOf(BUNDLE, "other.mjs")).toThrow("The bundle has no other.mjs.");
  });
});
