// How much a bundle weighs, and what of it a cold start loads.
import { basename } from "node:path";
import type { Metafile } from "./esbuild.ts";

export type Weight = {
  /** Bytes of all its files. */
  bytes: number;
  /** Bytes of those that are loaded before the handler can be called: without what is imported dynamically. */
  bytesAtStart: number;
  /** Packages that have code in those; ours by their folder. */
  packagesAtStart: string[];
};

/**
 * @param file the name of the file that holds the handler
 * @throws Error where there is no such file in the bundle
 */
export function weightOf({ outputs }: Metafile, file: string): Weight {
  const entry = Object.keys(outputs).find((path) => basename(path) === file);
  if (entry === undefined) throw new Error(`The bundle has no ${file}.`);
  const start = [...loadedWith(entry, outputs, new Set())].flatMap((path) => outputs[path] ?? []);
  const inputs = start.flatMap((file) => Object.entries(file.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => packageOf(path));
  return {
    bytes: bytesOf(scripts(outputs)),
    bytesAtStart: bytesOf(start),
    packagesAtStart: [...new Set(used)].sort(),
  };
}

/** A file with all that it imports statically. */
function loadedWith(path: string, outputs: Metafile["outputs"], loaded: Set<string>): Set<string> {
  if (loaded.has(path)) return loaded;
  loaded.add(path);
  for (const imported of outputs[path]?.imports ?? []) {
    if (imported.kind === "import-statement" && !imported.external)
      loadedWith(imported.path, outputs, loaded);
  }
  return loaded;
}

function scripts(outputs: Metafile["outputs"]) {
  return Object.entries(outputs).flatMap(([path, output]) => (path.endsWith(".map") ? [] : [output]));
}

function bytesOf(files: { bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function packageOf(path: string): string {
  const [, installed] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return installed ?? path.split("/").slice(0, 2).join("/");
}
