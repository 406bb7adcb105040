// SST's platform, which is its components with Pulumi and esbuild: where it is, and how it gets there.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { alone } from "./alone.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * No telemetry, npm instead of a downloaded Bun, and none of the binaries that only a deployment needs. SST reads the
 * config for a stage, and without this one would ask for a name, or take the user's, and keep it in .sst/stage.
 */
const INSTALL_ENV = {
  SST_STAGE: "install",
  STAGE_SETTINGS: "",
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
};

/**
 * The platform's folder; installs it, and says so on stderr, where it is missing or of another version of SST.
 * @throws Error with npm's or SST's own words when it cannot be installed
 */
export async function readyPlatform(root = ROOT): Promise<string> {
  if (!isReady(root)) await alone(join(root, ".sst", "platform.lock"), () => installUnlessReady(root));
  return realpathSync(platformOf(root));
}

function isReady(root: string): boolean {
  return installedVersion(root) === sstVersion() && existsSync(join(platformOf(root), "config.d.ts"));
}

/** The version in package.json's lock, which is what `npm ci` has installed. */
export function sstVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, "node_modules/sst/package.json"), "utf8"));
  return version;
}

function platformOf(root: string): string {
  return join(root, ".sst", "platform");
}

function installedVersion(root: string): string | undefined {
  const path = join(platformOf(root), "version");
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
}

async function installUnlessReady(root: string): Promise<void> {
  if (isReady(root)) return;
  console.error(
    `Installing SST ${sstVersion()}'s platform into .sst, once, from the npm registry (about 40 s).`,
  );
  const { code, output } = await sstInstall(root);
  if (code === 0 && isReady(root)) return;
  throw new Error(`SST's platform was not installed: is the npm registry within reach?\n${reasonIn(output)}`);
}

/** npm's first lines, which SST logs as one; else SST's last. */
function reasonIn(output: string): string {
  const lines = output.replaceAll("\\n", "\n").trim().split("\n");
  const npm = lines.filter((line) => line.startsWith("npm error ") && !line.includes("    at "));
  return (npm.length > 0 ? npm.slice(0, 4) : lines.slice(-4)).join("\n");
}

function sstInstall(root: string): Promise<{ code: number | null; output: string }> {
  const sst = join(ROOT, "node_modules/sst/bin/sst.mjs");
  const env = { ...process.env, ...INSTALL_ENV };
  const child = spawn(process.execPath, [sst, "install", "--print-logs"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, output }));
  });
}
