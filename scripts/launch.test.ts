import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readOptions } from "@stripe-lanes/ops/options";
import { expect, it } from "vitest";
import { ROOT } from "./graph/platform.ts";

type Configuration = { name: string; runtimeExecutable?: string; program?: string; args?: string[] };

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const { configurations } = JSON.parse(read(".vscode/launch.json")) as { configurations: Configuration[] };

it("the debugger is started on files that there are", () => {
  const paths = configurations.flatMap(({ runtimeExecutable, program }) => [
    ...(runtimeExecutable ? [runtimeExecutable] : []),
    ...(program ? [program] : []),
  ]);
  const missing = paths.filter((path) => !existsSync(path.replace(/^\$\{workspaceFolder\}\//, ROOT)));
  expect(paths).toHaveLength(4);
  expect(missing).toEqual([]);
});

it("npm start is given options that it takes", () => {
  const start = configurations.find(({ program }) => program?.endsWith("ops/src/start.ts"));
  expect(() => readOptions(start?.args ?? ["--none"])).not.toThrow();
});

it("docs/live-debugging.md names each configuration", () => {
  const guide = read("docs/live-debugging.md");
  expect(configurations.filter(({ name }) => !guide.includes(`*${name}*`))).toEqual([]);
});
