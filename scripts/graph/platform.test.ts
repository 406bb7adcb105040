import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, readyPlatform, sstVersion } from "./platform.ts";

const NO_REGISTRY = { npm_config_registry: "http://127.0.0.1:9", npm_config_fetch_retries: "0" };

/** What a new project's installation says, on stderr and by its error. */
function installed(env: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "platform-"));
  const config = `export default $config({ app: () => ({ name: "probe", home: "aws" }), async run() {} });`;
  writeFileSync(join(root, "sst.config.ts"), config);
  const program = `import { readyPlatform } from ${JSON.stringify(join(ROOT, "scripts/graph/platform.ts"))};
    await readyPlatform(${JSON.stringify(root)}).catch(({ message }) => console.log(message));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  const hasStage = existsSync(join(root, ".sst/stage"));
  rmSync(root, { recursive: true, force: true });
  return { stdout, stderr, hasStage };
}

it("says that it installs and in npm's words why it cannot, and makes nobody a personal stage", {
  timeout: 60_000,
}, () => {
  const { stdout, stderr, hasStage } = installed(NO_REGISTRY);
  expect(stderr).toBe(
    `Installing SST ${sstVersion()}'s platform into .sst, once, from the npm registry (about 40 s).\n`,
  );
  expect(stdout).toMatch(
    /^SST's platform was not installed: is the npm registry within reach\?\nnpm error .*ECONNREFUSED/,
  );
  expect(hasStage).toBe(false);
});

it("gives the folder at once where it is installed", async () => {
  expect(await readyPlatform()).toBe(join(ROOT, ".sst/platform"));
});
