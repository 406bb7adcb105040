// Checks sst.config.ts and infra/ against the types of the SST that deploys them. SST comes as TypeScript source,
// which does not hold to our stricter flags: what tsc says of that source is left out, and nothing else.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT, readyPlatform } from "./graph/platform.ts";

const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

try {
  await readyPlatform();
  const mistakes = ofOurs(said());
  for (const line of mistakes) console.error(line);
  if (mistakes.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function said(): string[] {
  const args = [TSC, "--noEmit", "--pretty", "false", "-p", "infra"];
  const { stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (error || stderr) throw error ?? new Error(stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

/** A mistake's further lines are indented, and go with the first. */
function ofOurs(lines: string[]): string[] {
  let isOurs = false;
  return lines.filter((line) => {
    if (!line.startsWith(" ")) isOurs = !line.startsWith(".sst/platform/");
    return isOurs;
  });
}
