// The esbuild that SST's platform brings, and what SST's CLI tells it whatever it bundles.
import { createRequire } from "node:module";
import { join } from "node:path";

type Loaded = { contents: string; loader: "default" } | undefined;

type PluginBuild = {
  onLoad(options: { filter: RegExp }, load: (file: { path: string }) => Loaded | Promise<Loaded>): void;
  onResolve(
    options: { filter: RegExp },
    resolve: (imported: { importer: string; kind: string }) => { errors: { text: string }[] } | undefined,
  ): void;
};

export type Plugin = { name: string; setup(build: PluginBuild): void };

export type BuildOptions = {
  /** What paths are shown from, in mistakes and in the bundle. */
  absWorkingDir: string;
  /** A file, or a folder where it is split into several. */
  outfile?: string;
  outdir?: string;
  entryPoints?: string[] | { in: string; out: string }[];
  stdin?: { contents: string; resolveDir: string; sourcefile: string; loader: "ts" };
  target?: string;
  keepNames?: boolean;
  minify?: boolean;
  /** What is imported dynamically goes into files of its own. */
  splitting?: boolean;
  outExtension?: Record<string, string>;
  define?: Record<string, string>;
  inject?: string[];
  external?: string[];
  nodePaths?: string[];
  plugins?: Plugin[];
  /** Goes on top of the bundle, below what makes `require` and `__dirname` work in a module. */
  banner?: string;
};

type Message = { text: string; location: { file: string; line: number; column: number } | null };

/** What went into each file that was written, and what those import; paths are from `absWorkingDir`. */
export type Metafile = {
  outputs: Record<
    string,
    {
      bytes: number;
      entryPoint?: string;
      imports: { path: string; kind: string; external?: boolean }[];
      inputs: Record<string, { bytesInOutput: number }>;
    }
  >;
};

type Esbuild = { build(options: Record<string, unknown>): Promise<{ metafile: Metafile }> };

const BANNER = [
  `import { createRequire as topLevelCreateRequire } from 'module';`,
  "const require = topLevelCreateRequire(import.meta.url);",
  `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"`,
  "const __filename = topLevelFileUrlToPath(import.meta.url)",
  `const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`,
];

/** @throws Error with a line for each mistake in the source */
export async function bundle(platform: string, { banner = "", ...options }: BuildOptions): Promise<Metafile> {
  const { build } = requireFrom(platform)("esbuild") as Esbuild;
  const shared = { bundle: true, platform: "node", format: "esm", mainFields: ["module", "main"] };
  const js = [...BANNER, banner].join("\n");
  try {
    const asked = { ...shared, sourcemap: "linked", logLevel: "silent", metafile: true, ...options };
    return (await build({ ...asked, banner: { js } })).metafile;
  } catch (error) {
    throw new Error(messagesOf(error).map(lineOf).join("\n") || String(error), { cause: error });
  }
}

/** Loads what is installed in the platform: Pulumi keeps its state in the module, so there may be only one. */
export function requireFrom(platform: string): NodeJS.Require {
  return createRequire(join(platform, "package.json"));
}

function messagesOf(error: unknown): Message[] {
  return (error as { errors?: Message[] }).errors ?? [];
}

function lineOf({ text, location }: Message): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column}: ${text}`;
}
