// Zstandard's own trainer, which Node does not have: `apt-get install zstd` has it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A larger one is loaded at each call as well, and saves little. */
const LARGEST = 32 * 1024;

/** Long segments keep the members of an object together. */
const COVER = "--train-cover=k=2000,d=8";

export function hasTrainer(): boolean {
  return spawnSync("zstd", ["--version"]).error === undefined;
}

/** @throws Error where there is no `zstd` to run, or too little to train on. */
export function trained(samples: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "dictionary-"));
  try {
    samples.forEach((text, number) => {
      writeFileSync(join(folder, `${number}.json`), text);
    });
    const out = join(folder, "trained");
    execFileSync("zstd", [COVER, "-r", folder, `--maxdict=${LARGEST}`, "-q", "-o", out], {
      stdio: "inherit",
    });
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
