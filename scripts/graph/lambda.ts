// A Lambda function's bundle, made the way SST makes it for nodejs24.x; its CLI does that outside of the platform.
import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import { bundle } from "./esbuild.ts";

export type LambdaBundle = {
  /** The bundle's file. */
  path: string;
  /** What Lambda calls it by: its name, a dot, and what it exports. */
  handler: string;
};

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** Native packages, which SST installs beside the bundle. */
const NATIVE = ["sharp", "pg-native"];

/**
 * Bundles a handler such as `packages/functions/src/worker.handler` into a folder, dependencies and AWS SDK included.
 * @throws Error when there is no such file, or with a line for each mistake in the source
 */
export async function bundleHandler(
  platform: string,
  { root, handler, out }: { root: string; handler: string; out: string },
): Promise<LambdaBundle> {
  const path = join(out, "bundle.mjs");
  await bundle(platform, {
    absWorkingDir: root,
    entryPoints: [sourceOf(root, handler)],
    outfile: path,
    // SST says ES2024, a name that the platform's own esbuild has not learnt.
    target: "node24",
    keepNames: true,
    external: NATIVE,
  });
  return { path, handler: `bundle${extname(handler)}` };
}

function sourceOf(root: string, handler: string): string {
  const stem = join(root, handler.slice(0, -extname(handler).length));
  const found = EXTENSIONS.map((extension) => stem + extension).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no source for the handler ${handler}.`);
  return found;
}
