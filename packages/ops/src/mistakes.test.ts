import { chmodSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordConsole } from "./fixtures/console.ts";
import { folderWith, newFolder } from "./fixtures/start.ts";
import { main } from "./main.ts";
import { checkOutputFile } from "./output-file.ts";

const files = folderWith({
  "broken.jsonl": '{"id":"evt_1"}\n{broken\n',
  "empty.json": "",
  "numbers.json": "[1, 2]",
});
const emptyFolder = newFolder();
mkdirSync(join(files, "folder"));

const events = (name: string) => ["--events", join(files, name), "--exit"];

/** What a person types, and the one sentence they get. */
const MISTAKES: [args: string[], sentence: RegExp][] = [
  [["--events", "/nowhere", "--exit"], /^There is no file or folder \/nowhere\.$/],
  [["--events", emptyFolder, "--exit"], /^The folder .* holds no \.json or \.jsonl file\.$/],
  [events("empty.json"), /empty\.json is empty\.$/],
  [events("broken.jsonl"), /broken\.jsonl, line 2 is not JSON\.$/],
  [events("numbers.json"), /numbers\.json, entry 1 is not a JSON object\.$/],
  [["--evnts", "x"], /^Unknown option '--evnts': did you mean '--events'\? See npm start -- --help\.$/],
  [["events"], /^There is no file or folder events\.$/],
  [["--simulate", "many"], /^--simulate takes a whole number, not "many"\.$/],
  [["--simulate", "0"], /^--simulate takes a number of events of at least 1\.$/],
  [["--simulate", "1", "--events", "x"], /exclude each other/],
  [["--faults", "--events", files], /^--faults goes with --simulate: /],
  [["--seed", "x"], /^--seed takes a whole number, not "x"\.$/],
  [["--mode", "prod"], /^--mode is one of test, live, any, not "prod"\.$/],
  [["--lanes", "1"], /^The number of lanes is a whole number from 2 to 62, not 1\.$/],
  [["--port", "70000"], /^--port takes a number from 0 to 65532, not "70000"\.$/],
  [["--dump", "/nowhere/rows", "--simulate", "1"], /^There is no folder \/nowhere to write --dump into\.$/],
  [["--dump", files, "--simulate", "1"], /is a folder\.$/],
  [
    ["--facts", "/nowhere/facts", "--simulate", "1"],
    /^There is no folder \/nowhere to write --facts into\.$/,
  ],
  [["--facts", files, "--simulate", "1"], /^--facts takes a file, and .* is a folder\.$/],
  [
    ["--facts", join(files, "empty.json", "facts")],
    /^There is no folder .*empty\.json to write --facts into\.$/,
  ],
  [["--facts=", "--simulate", "1"], /^--facts takes the name of a file\.$/],
  [["--facts"], /^Option '--facts <value>' argument missing\. See npm start -- --help\.$/],
  [["--facts", "rows", "--dump", "./rows"], /^--dump and --facts name one file: choose two\.$/],
];

describe("a mistake", () => {
  it.each(MISTAKES)("%j is told in one sentence, and nothing is run", async (args, sentence) => {
    const said = recordConsole();
    expect(await main(args)).toBe(2);
    expect(said.err()).toMatch(sentence);
    expect(said.err().split("\n")).toHaveLength(1);
    expect(said.out()).toBe("");
  });

  it("is no file that is only read", async () => {
    const taken = folderWith({ facts: "" });
    chmodSync(join(taken, "facts"), 0o444);
    const check = () => checkOutputFile("--facts", join(taken, "facts"));
    if (process.getuid?.() === 0) expect(check).not.toThrow();
    else expect(check).toThrow(/^--facts cannot be written: .* is not writable\.$/);
  });

  it("a port in use is named", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    const said = recordConsole();
    expect(await main(["--simulate", "1", "--port", String(port - 1), "--exit"])).toBe(2);
    taken.close();
    expect(said.err()).toBe(`Port ${port} is in use: choose others with --port N, which takes N to N+3.`);
  });
});
