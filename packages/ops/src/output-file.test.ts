import { linkSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordConsole } from "./fixtures/console.ts";
import { folderWith } from "./fixtures/start.ts";
import { main } from "./main.ts";
import { checkOutputs } from "./output-file.ts";

const folder = folderWith({ "events.jsonl": '{"id":"evt_1"}\n', "other.jsonl": "", "rows.txt": "" });
const at = (name: string) => join(folder, name);
symlinkSync(at("events.jsonl"), at("by-symlink"));
linkSync(at("events.jsonl"), at("by-link"));
symlinkSync(folder, at("folder"));

describe("an output", () => {
  it.each(["events.jsonl", "by-symlink", "by-link", "folder/events.jsonl", "./events.jsonl"])(
    "is never what is read, under the name %s",
    async (name) => {
      const said = recordConsole();
      expect(await main([at("events.jsonl"), "--exit", "--dump", at(name)])).toBe(2);
      expect(said.err()).toBe(
        `--dump would overwrite ${at("events.jsonl")}, which is read: choose another file.`,
      );
      expect(readFileSync(at("events.jsonl"), "utf8")).toBe('{"id":"evt_1"}\n');
    },
  );

  it("is none of the files of a folder that is read", async () => {
    const said = recordConsole();
    expect(await main(["--events", folder, "--exit", "--facts", at("other.jsonl")])).toBe(2);
    expect(said.err()).toMatch(/^--facts would overwrite .*other\.jsonl, which is read: /);
    expect(() => checkOutputs({ "--dump": at("rows.txt") }, [at("events.jsonl")])).not.toThrow();
  });

  it.each([
    ["rows.txt", "folder/rows.txt"],
    ["new.txt", "folder/new.txt"],
    ["by-link", "by-symlink"],
  ])("is no other output: %s and %s", (dump, facts) => {
    const check = () => checkOutputs({ "--dump": at(dump), "--facts": at(facts) });
    expect(check).toThrow("--dump and --facts name one file: choose two.");
  });

  it("may be a device twice, and a new file of the same name elsewhere", () => {
    expect(() => checkOutputs({ "--dump": "/dev/null", "--facts": "/dev/null" })).not.toThrow();
    const elsewhere = join(folderWith({}), "new.txt");
    expect(() => checkOutputs({ "--dump": at("new.txt"), "--facts": elsewhere })).not.toThrow();
  });
});
