import { describe, expect, it } from "vitest";
import { FLAG, readArguments, TEXT, TEXTS } from "./arguments.ts";
import { checkNpmOptions } from "./npm-options.ts";

const OPTIONS = { events: TEXTS, seed: TEXT, "log-level": TEXT, exit: FLAG, json: FLAG };

const read = (...args: string[]) => readArguments("npm start --", args, OPTIONS, { allowPositionals: true });

describe("the options of a command", () => {
  it.each([
    [["--events", "--exit"], "Option '--events <value>' argument missing: --exit is the next option."],
    [["--events", "--seed=2"], "Option '--events <value>' argument missing: --seed=2 is the next option."],
    [["--seed", "-1"], "Option '--seed <value>' argument missing; for a value with a dash, write --seed=-1."],
    [["--seed"], "Option '--seed <value>' argument missing."],
    [["--exit=yes"], "Option '--exit' does not take an argument."],
    [["--exot"], "Unknown option '--exot': did you mean '--exit'?"],
    [["--loglevel", "x"], "Unknown option '--loglevel': did you mean '--log-level'?"],
    [["-x"], "Unknown option '-x'."],
  ])("%j are refused, and the sentence says where all are", (args, sentence) => {
    expect(() => read(...args)).toThrow(`${sentence} See npm start -- --help.`);
  });

  it("are refused where one is given twice that has one value", () => {
    expect(() => read("--seed", "1", "--seed", "2")).toThrow("--seed is given twice; give it once.");
    expect(read("--events", "a", "--events", "b", "--exit", "--exit").values.events).toEqual(["a", "b"]);
  });
});

describe("options that npm kept for itself", () => {
  const check = (args: string[], config: Record<string, string>, script = "start") => {
    const env = Object.fromEntries(
      Object.entries(config).map(([name, value]) => [`npm_config_${name}`, value]),
    );
    return () => checkNpmOptions("npm start --", args, OPTIONS, { ...env, npm_lifecycle_event: script });
  };

  it.each([
    [[], { exit: "true" }, "npm kept --exit for itself; type: npm start -- --exit"],
    [
      ["a b.jsonl"],
      { events: "true", exit: "true" },
      "npm kept --events and --exit for itself; type: npm start -- --events 'a b.jsonl' --exit",
    ],
    [["a.jsonl"], { seed: "2" }, "npm kept --seed for itself; type: npm start -- --seed 2 a.jsonl"],
    [["a", "b"], { seed: "true" }, "npm kept --seed for itself; type: npm start -- and then your options"],
    [[], { log_level: "warn" }, "npm kept --log-level for itself; type: npm start -- --log-level warn"],
  ])("%j with %j: the command is said as it should be typed", (args, config, sentence) => {
    expect(check(args, config)).toThrow(sentence);
  });

  it("are none of another script, none that are off, and none that were given behind the dashes too", () => {
    expect(check([], { exit: "true" }, "test")).not.toThrow();
    expect(check([], { json: "" })).not.toThrow();
    expect(check(["--json", "--seed=2"], { json: "true", seed: "1" })).not.toThrow();
  });
});
