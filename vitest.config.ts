// Three suites. `unit` runs in one process and without files; `integration` starts processes, servers and SST's
// platform; `slow` takes more than ten seconds a file. `npm test` runs the first two.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const UNIT = ["packages/{core,functions,testing}/src/**/*.test.ts", "examples/**/*.test.ts"];
const INTEGRATION = ["packages/ops/src/**/*.test.ts", "{bench,infra,scripts}/**/*.test.ts"];

/** Long histories, and what starts servers, threads or SST's platform: they are integration tests, wherever they are. */
const INTEGRATION_BESIDE_UNITS = [
  "packages/testing/src/core/{goals,joins.asking,joins.workers,money,sold,stock}.test.ts",
  "packages/testing/src/core/stories/*.test.ts",
  "packages/testing/src/local/lambda/runtime.test.ts",
  "packages/testing/src/sim/*.test.ts",
  "packages/functions/src/{webhook.pipeline,worker.metrics}.test.ts",
];

const SLOW = "**/*.slow.test.ts";
const INSTALLED = "**/node_modules/**";

/** Milliseconds. What starts processes has time on a busy machine as well: a graph of a stage takes five seconds alone. */
const QUICK = { testTimeout: 20_000, hookTimeout: 60_000 };
const PATIENT = { testTimeout: 90_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    // Vitest leaves one processor to itself otherwise, which on a machine with two is half of them.
    maxWorkers: availableParallelism(),
    globalSetup: ["scripts/graph/once.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: UNIT,
          exclude: [INSTALLED, SLOW, ...INTEGRATION_BESIDE_UNITS],
          isolate: false,
          ...QUICK,
        },
      },
      {
        test: {
          name: "integration",
          include: [...INTEGRATION, ...INTEGRATION_BESIDE_UNITS],
          exclude: [INSTALLED, SLOW],
          ...PATIENT,
        },
      },
      { test: { name: "slow", include: [SLOW], exclude: [INSTALLED], ...PATIENT } },
    ],
  },
});
