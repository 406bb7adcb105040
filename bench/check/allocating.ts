// The bytes that our own code allocates, an event: counted in a process of its own that never collects them.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Megabytes of the young generation: more than the whole count takes, so that nothing is collected meanwhile. */
const YOUNG = 2_048;

/** Interpreted alone: what a compiler saves or not depends on when it comes. */
const FLAGS = [
  "--expose-gc",
  `--min-semi-space-size=${YOUNG}`,
  `--max-semi-space-size=${YOUNG}`,
  "--no-opt",
  "--no-maglev",
  "--no-sparkplug",
  "--single-threaded",
];

const PROGRAM = fileURLToPath(new URL("./allocations.ts", import.meta.url));

/** @throws Error when the process says something else than a number. */
export function allocatedBytesPerEvent(): number {
  const said = execFileSync(process.execPath, [...FLAGS, PROGRAM], { encoding: "utf8" });
  const bytes = Number(said.trimEnd().split("\n").at(-1));
  if (Number.isFinite(bytes) && bytes > 0) return bytes;
  throw new Error(`What is allocated could not be counted: ${said.slice(-200)}`);
}
