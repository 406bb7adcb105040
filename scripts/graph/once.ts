// Each stage's graph once in a run of the tests, which ask for it from several processes.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alone } from "./alone.ts";

/** Names the folder that a run of the tests keeps its graphs in. */
const FOLDER = "GRAPHS_OF_THIS_RUN";

type Project = { onTestsRerun(forget: () => void): void };

/** Vitest calls this before the tests, and what it gives after them. */
export function setup(project: Project): () => void {
  const begin = () => {
    process.env[FOLDER] = mkdtempSync(join(tmpdir(), "graphs-"));
  };
  const end = () => rmSync(process.env[FOLDER] ?? "", { recursive: true, force: true });
  begin();
  project.onTestsRerun(() => {
    end();
    begin();
  });
  return end;
}

/** What was made for the same key in this run of the tests, or is made now. Outside of one, everything is made anew. */
export function once<T>(key: unknown, make: () => Promise<T>): Promise<T> {
  const folder = process.env[FOLDER];
  if (folder === undefined) return make();
  const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 16);
  const path = join(folder, `${name}.json`);
  return alone(`${path}.lock`, async () => {
    if (!existsSync(path)) await keep(path, make);
    return JSON.parse(readFileSync(path, "utf8"));
  });
}

async function keep<T>(path: string, make: () => Promise<T>): Promise<void> {
  writeFileSync(`${path}.new`, JSON.stringify(await make()));
  renameSync(`${path}.new`, path);
}
