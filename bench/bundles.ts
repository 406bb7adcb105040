// Handlers bundled as SST bundles ours, each made once a run.
import { BUNDLING } from "../infra/bundling.ts";
import { bundleHandler, type LambdaBundle } from "../scripts/graph/lambda.ts";
import { ROOT, readyPlatform } from "../scripts/graph/platform.ts";
import { scratch } from "./scratch.ts";

export const WORKER = "packages/functions/src/worker.handler";

const made = new Map<string, Promise<LambdaBundle>>();

/** In a folder with no packages above it, so that the bundle has to hold all it needs. */
export function bundleOf(
  handler: string,
  { minify }: Pick<typeof BUNDLING, "minify"> = BUNDLING,
): Promise<LambdaBundle> {
  const key = `${handler} ${minify}`;
  const bundle = made.get(key) ?? bundled(handler, scratch(`bundle-${made.size}`), minify);
  made.set(key, bundle);
  return bundle;
}

async function bundled(handler: string, out: string, minify: boolean): Promise<LambdaBundle> {
  const bundling = { ...BUNDLING, minify };
  return bundleHandler(await readyPlatform(), { root: ROOT, handler, out, bundling });
}
