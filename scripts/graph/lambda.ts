// A Lambda function's bundle, made the way SST makes it for nodejs24.x; its CLI does that outside of the platform.
import { existsSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { bundle } from "./esbuild.ts";
import { type Weight, weightOf } from "./weight.ts";

export type LambdaBundle = {
  /** The file that holds the handler. */
  path: string;
  /** What Lambda calls it by: its name, a dot, and what it exports. */
  handler: string;
  weight: Weight;
  /** Each file's source map. */
  maps: string[];
};

/** Of what a function may say of its bundle (`nodejs`), what ours do; without a word SST's CLI does not minify. */
export type Bundling = {
  minify?: boolean;
  splitting?: boolean;
  sourcemap?: boolean;
  esbuild?: { keepNames?: boolean };
};

type Source = { root: string; handler: string; out: string; bundling?: Bundling };

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

const NAME = "bundle";

/** Native packages, which SST installs beside the bundle. */
const NATIVE = ["sharp", "pg-native"];

/**
 * Bundles a handler such as `packages/functions/src/worker.handler` into a folder, dependencies and AWS SDK included.
 * @throws Error when there is no such file, or with a line for each mistake in the source
 */
export async function bundleHandler(
  platform: string,
  { root, handler, out, bundling: { minify = false, splitting = false, esbuild } = {} }: Source,
): Promise<LambdaBundle> {
  const metafile = await bundle(platform, {
    absWorkingDir: root,
    entryPoints: [{ in: sourceOf(root, handler), out: NAME }],
    outdir: out,
    outExtension: { ".js": ".mjs" },
    minify,
    splitting,
    // SST says ES2024, a name that the platform's own esbuild has not learnt.
    target: "node24",
    keepNames: esbuild?.keepNames ?? true,
    external: NATIVE,
  });
  const file = `${NAME}.mjs`;
  const weight = weightOf(metafile, file);
  const maps = Object.keys(metafile.outputs).filter((path) => path.endsWith(".map"));
  return {
    path: join(out, file),
    handler: `${NAME}${extname(handler)}`,
    weight,
    maps: maps.map((path) => resolve(root, path)),
  };
}

function sourceOf(root: string, handler: string): string {
  const stem = join(root, handler.slice(0, -extname(handler).length));
  const found = EXTENSIONS.map((extension) => stem + extension).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no source for the handler ${handler}.`);
  return found;
}
