// sst.config.ts as SST's CLI evaluates it: first what the app is, then all that it runs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle, type Plugin } from "./esbuild.ts";

export type App = {
  name: string;
  stage: string;
  removal: string;
  home: string;
  providers: Record<string, Record<string, unknown>>;
  [further: string]: unknown;
};

export type Place = {
  /** The folder of sst.config.ts. */
  root: string;
  platform: string;
  /** A folder inside the platform, so that bundles find its packages. */
  scratch: string;
};

type Config = { app(input: { stage: string }): unknown };
type ProviderLock = { alias: string; package: string }[];

/** What a bundle imports from the platform's packages when it runs. */
const EXTERNAL = [
  "@pulumi/*",
  "@pulumiverse/*",
  "@sst-provider/*",
  "@aws-sdk/*",
  "archiver",
  "esbuild",
  "glob",
  "undici",
  "vite",
];

/** How SST makes the end of a physical name. A graph that changed with each run could not be compared. */
const RANDOM_SUFFIX = `crypto.randomBytes(8).toString("hex")`;

/** @throws Error with the sentence that sst.config.ts itself throws, or SST's when it refuses what it is told */
export async function appOf(place: Place, stage: string): Promise<App> {
  const outfile = join(place.scratch, "app.mjs");
  await bundle(place.platform, {
    ...source(place, `export { default } from ${JSON.stringify(configOf(place))};`),
    outfile,
    banner: "function $config(input) { return input }",
    plugins: [noImportOnTop],
  });
  const { default: config } = (await load(outfile)) as { default: Config };
  return completed(JSON.parse(JSON.stringify(await config.app({ stage }))), stage);
}

/** Gives the function that makes every resource. */
export async function stackOf(place: Place, app: App): Promise<() => Promise<unknown>> {
  const { platform, scratch } = place;
  const run = join(platform, "src/auto/run.ts");
  const outfile = join(scratch, "stack.mjs");
  await bundle(platform, {
    ...source(
      place,
      `import { run } from ${JSON.stringify(run)};
      import config from ${JSON.stringify(configOf(place))};
      export const stack = () => run(config.run);`,
    ),
    outfile,
    inject: [join(platform, "src/shim/run.js")],
    define: { $app: JSON.stringify(app), $cli: JSON.stringify(cliOf(place)), $dev: "false" },
    plugins: [await globals(place), steadyNames(platform)],
  });
  const { stack } = (await load(outfile)) as { stack: () => Promise<unknown> };
  return stack;
}

function configOf({ root }: Place): string {
  return join(root, "sst.config.ts");
}

function source({ root, platform }: Place, contents: string) {
  return {
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: "graph.ts", loader: "ts" as const },
    external: EXTERNAL,
    nodePaths: [join(platform, "node_modules")],
  };
}

function cliOf({ root, platform, scratch }: Place) {
  const paths = { home: scratch, root, work: scratch, platform };
  return { command: "deploy", dev: false, paths, state: { version: {} } };
}

function completed(app: Partial<App>, stage: string): App {
  if (!app.name || !/^[a-z][a-z0-9-]*$/i.test(app.name)) {
    throw new Error(
      `The app's name begins with a letter and has only letters, digits and hyphens: "${app.name}".`,
    );
  }
  if (!app.home) throw new Error("sst.config.ts names no home, such as aws.");
  const providers = { [app.home]: {}, ...app.providers };
  return { removal: "retain", ...app, name: app.name, home: app.home, providers, stage };
}

/** SST refuses these: the CLI reads sst.config.ts before anything that it could import is there. */
const noImportOnTop: Plugin = {
  name: "no import on top",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ importer, kind }) => {
      if (kind !== "import-statement" || !importer.endsWith("/sst.config.ts")) return undefined;
      return {
        errors: [{ text: "sst.config.ts imports on top; SST allows import() inside its functions only." }],
      };
    });
  },
};

/** What makes `sst` and `aws` names that every file knows. */
async function globals({ platform }: Place): Promise<Plugin> {
  const lock: ProviderLock = JSON.parse(await readFile(join(platform, "../provider-lock.json"), "utf8"));
  const imports = [...lock, { alias: "sst", package: join(platform, "src/components") }]
    .map(({ alias, package: name }) => `import * as ${alias} from ${JSON.stringify(name)};`)
    .join("\n");
  return {
    name: "globals",
    setup({ onLoad }) {
      onLoad({ filter: /\.(js|ts|jsx|tsx)$/ }, async ({ path }) => {
        if (path.startsWith(platform)) return undefined;
        return { contents: `${imports}\n${await readFile(path, "utf8")}`, loader: "default" };
      });
    },
  };
}

function steadyNames(platform: string): Plugin {
  return {
    name: "steady names",
    setup({ onLoad }) {
      onLoad({ filter: /\/components\/naming\.ts$/ }, async ({ path }) => {
        if (!path.startsWith(platform)) return undefined;
        const text = await readFile(path, "utf8");
        if (!text.includes(RANDOM_SUFFIX)) throw new Error(`${path} no longer holds ${RANDOM_SUFFIX}.`);
        return { contents: text.replace(RANDOM_SUFFIX, "main"), loader: "default" };
      });
    },
  };
}

function load(path: string): Promise<unknown> {
  return import(pathToFileURL(path).href);
}
