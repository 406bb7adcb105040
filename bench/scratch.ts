// One folder for what a run of the benchmark writes, gone with its process.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const INTERRUPTED = 130;

let folder: string | undefined;

/** A path in a folder that is removed when this process exits, also by Ctrl-C. */
export function scratch(name: string): string {
  folder ??= makeFolder();
  return join(folder, name);
}

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "stripe-lanes-bench-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => exitUnlessHeard(signal));
  return made;
}

/** Whoever else listens ends the process once it has closed what it opened. */
function exitUnlessHeard(signal: string): void {
  if (process.listenerCount(signal) === 1) process.exit(INTERRUPTED);
}
