// How SST bundles the functions; what measures the bundles asks here too.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

/**
 * SST minifies only where it is told so, whatever its documentation says of the default, and keeps the names of
 * functions, which costs a call for each closure that is made. What is imported dynamically, the Stripe SDK and the SQS
 * client, is in files of its own, which a cold start does not load. Maps stay with the code, where `mapStacks` reads
 * them: else SST uploads each as a resource, and its Console takes one of them for every file (D19).
 */
export const BUNDLING = { minify: true, splitting: true, sourcemap: true, esbuild: { keepNames: false } };

/** For what SST calls once a function is bundled and before it is packed. */
export const PACKING = { postbuild: slimMaps };

type SourceMap = { sources: string[]; sourcesContent?: string[] };

/** Leaves of each map what a stack trace needs: no sources, and their paths from the project's folder. */
async function slimMaps(folder: string): Promise<void> {
  const files = await readdir(folder);
  await Promise.all(files.filter((file) => file.endsWith(".map")).map((file) => slimMap(folder, file)));
}

async function slimMap(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  const { sourcesContent, ...map }: SourceMap = JSON.parse(await readFile(path, "utf8"));
  const sources = map.sources.map((source) => relative(process.cwd(), resolve(folder, source)));
  await writeFile(path, JSON.stringify({ ...map, sources }));
}
