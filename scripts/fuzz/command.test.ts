import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const FUZZ = fileURLToPath(new URL("../fuzz.ts", import.meta.url));

it("npm run fuzz has its report alone on stdout, and not the metrics of the function that it calls", () => {
  const args = ["--requests", "5000", "--bodies", "20", "--json"];
  const { status, stdout } = spawnSync(process.execPath, [FUZZ, ...args], { encoding: "utf8" });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ violations: [] });
});
