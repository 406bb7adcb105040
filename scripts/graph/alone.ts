// One at a time on this machine: tests run in several processes, and what they make is the same.
import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds after which whoever holds a lock is taken for dead. */
const LONGEST = 10 * 60 * 1_000;

/** Milliseconds between looks at whether it is free. */
const LOOK = 100;

/** Runs the work while the folder `lock` is there by our hand. */
export async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) await sleep(LOOK);
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock: string): boolean {
  if (isLeftBehind(lock)) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isLeftBehind(lock: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > LONGEST;
}
