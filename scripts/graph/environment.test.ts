import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { environmentOf } from "./environment.ts";

/** What a stage ada is told by these files, under this shell. */
function told(files: Record<string, string>, shell: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), "environment-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return environmentOf(root, "ada", shell);
}

const [SHARED, SHELL, OWN] = ['{"lanes":8}', '{"lanes":9}', '{"lanes":10}'];
const FILES = { ".env": `STAGE_SETTINGS='${SHARED}'`, ".env.ada": `STAGE_SETTINGS='${OWN}'` };

it("a stage's own file is over the shell, and the shell over the file of all stages, as for SST", () => {
  const shell = { STAGE_SETTINGS: SHELL };
  expect(told({})).toEqual({});
  expect(told({ ".env": FILES[".env"] })).toEqual({ STAGE_SETTINGS: SHARED });
  expect(told({ ".env": FILES[".env"] }, shell)).toEqual({ STAGE_SETTINGS: SHELL });
  expect(told(FILES, shell)).toEqual({ STAGE_SETTINGS: OWN });
  expect(told({ ".env.ada": FILES[".env.ada"] }, shell)).toEqual({ STAGE_SETTINGS: OWN });
});

it("what is set to nothing is set", () => {
  expect(told({ ".env": FILES[".env"] }, { STAGE_SETTINGS: "" })).toEqual({ STAGE_SETTINGS: "" });
  expect(told({ ".env.ada": "STAGE_SETTINGS=" }, { STAGE_SETTINGS: SHELL })).toEqual({ STAGE_SETTINGS: "" });
});

it("other variables are in the same order, and of the shell only those that a file names", () => {
  const files = { ".env": "A=1\nB=1", ".env.ada": "B=3" };
  expect(told(files, { A: "2", B: "2", HOME: "/home/ada" })).toEqual({ A: "2", B: "3" });
});

it("another stage's file is not read", () => {
  expect(told({ ".env.production": FILES[".env.ada"] })).toEqual({});
});

it("JSON is read with single quotes around it, and without any", () => {
  expect(told({ ".env.ada": `STAGE_SETTINGS=${OWN}` })).toEqual({ STAGE_SETTINGS: OWN });
  expect(told({ ".env.ada": `export STAGE_SETTINGS='${OWN}' # of ada` })).toEqual({ STAGE_SETTINGS: OWN });
});
