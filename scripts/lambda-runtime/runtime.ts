// AWS's own runtime for Node on Lambda, which formats what a function logs. It is no dependency, since its installation
// compiles curl: the package is downloaded once and unpacked, and its native client is left out.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "../graph/alone.ts";
import { ROOT } from "../graph/platform.ts";

const PACKAGE = "aws-lambda-ric@4.0.2";
const ARCHIVE = "aws-lambda-ric-4.0.2.tgz";
const INTEGRITY = "FE5Vskx7mYNnqAnWWJXUOsLp2VGgdsJsCoRLFTa8L4Yk0QVtArqR8q58yPA++QC1a73ZWJXBQ2AH31nIAv7NOQ==";

const FOLDER = join(ROOT, "node_modules/.cache", PACKAGE);

/**
 * The runtime's file; downloads it from the npm registry, or takes it from npm's cache, where it is missing.
 * @throws Error when it cannot be had, or is not what it should be
 */
export async function readyRuntime(): Promise<string> {
  const path = join(FOLDER, "package/index.mjs");
  if (!existsSync(path)) await alone(`${FOLDER}.lock`, async () => existsSync(path) || install());
  return path;
}

function install(): void {
  const fresh = `${FOLDER}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  run("npm", ["pack", PACKAGE, "--prefer-offline", "--silent", "--pack-destination", fresh]);
  checkIntegrity(join(fresh, ARCHIVE));
  run("tar", ["-xzf", join(fresh, ARCHIVE), "-C", fresh, "package/index.mjs", "package/package.json"]);
  writeFileSync(join(fresh, "package/rapid-client.node"), "");
  renameSync(fresh, FOLDER);
}

function checkIntegrity(path: string): void {
  const found = createHash("sha512").update(readFileSync(path)).digest("base64");
  if (found !== INTEGRITY) throw new Error(`${PACKAGE} is not the archive that was tried: ${found}.`);
}

function run(command: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  throw new Error(`${PACKAGE} was not installed: is the npm registry within reach?\n${error ?? stderr}`);
}
