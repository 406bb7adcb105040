// The tests that mutants of core face. Stryker's copy of the project has no node_modules but a link to the original's,
// where workspace links lead back to sources without mutants: here packages find each other by path, inside the copy.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));

// biome-ignore lint/style/noDefaultExport: Vitest takes no other.
export default defineConfig({
  root,
  resolve: {
    alias: [{ find: /^@stripe-lanes\/([^/]+)\/(.+)$/, replacement: `${root}packages/$1/src/$2.ts` }],
  },
  test: {
    include: ["packages/core/src/**/*.test.ts", "packages/testing/src/core/**/*.test.ts"],
    // Long runs and real servers take most of the time, and what runs before a test meets every mutant of its code.
    exclude: [
      "packages/testing/src/core/{cost,money,dynamo,versions.slow,subsets.slow,joins.workers,stories/*}.test.ts",
    ],
    setupFiles: ["scripts/mutation/seed.ts"],
    isolate: false,
    testTimeout: 20_000,
  },
});
