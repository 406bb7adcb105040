// Puts a bug into a module's source as it is loaded: nothing on disk changes.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import type { Bug } from "./bug.ts";

const PACKAGES = new URL("../../../../", import.meta.url);

/**
 * The source with the bug in it.
 * @throws Error where the bug's text is not there exactly once.
 */
export function withBug(source: string, { name, file, from, to }: Bug): string {
  const around = source.split(from);
  if (around.length === 2) return around.join(to);
  throw new Error(`The bug "${name}" has no place: its text is there ${around.length - 1} times in ${file}.`);
}

export function sourceOf({ file }: Bug): string {
  return readFileSync(new URL(file, PACKAGES), "utf8");
}

/**
 * From now on the bug's module is loaded with it, where nobody has imported that before.
 * @returns whether it was loaded so.
 */
export function inject(bug: Bug): () => boolean {
  const place = new URL(bug.file, PACKAGES).href;
  let isIn = false;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== place) return loaded;
      isIn = true;
      return { ...loaded, source: withBug(sourceOf(bug), bug) };
    },
  });
  return () => isIn;
}
