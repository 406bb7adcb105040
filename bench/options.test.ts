import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { CONTENDERS } from "./contender.ts";
import { readOptions, USAGE } from "./options.ts";

const WHOLE = {
  kind: "run",
  rounds: 5,
  only: CONTENDERS,
  growth: true,
  document: false,
  json: false,
  profile: undefined,
};

describe("what the benchmark is asked for", () => {
  it("is all of it in five rounds, where nothing is said", () => {
    expect(readOptions([])).toEqual(WHOLE);
  });

  it("is a few contenders without growth, in so many rounds", () => {
    const args = ["--only", "floor,ours", "--rounds", "2", "--json", "--profile", tmpdir()];
    const asked = { rounds: 2, only: ["floor", "ours"], growth: false, json: true, profile: tmpdir() };
    expect(readOptions(args)).toEqual({ ...WHOLE, ...asked });
  });

  it("is what no machine changes, and to accept it", () => {
    expect(readOptions(["--check"])).toEqual({ kind: "check", accept: false });
    expect(readOptions(["--check", "--accept"])).toEqual({ kind: "check", accept: true });
  });

  it("is told with every option", () => {
    const told = [...USAGE.matchAll(/^ {2}--([a-z]+)/gm)].map(([, option]) => option);
    expect(told).toEqual(["rounds", "only", "document", "profile", "json", "check", "accept"]);
  });
});

describe("what it cannot be asked for", () => {
  it.each([
    [["--fast"], "Unknown option '--fast'. See npm run bench -- --help."],
    [["--rounds", "0"], "--rounds takes at least one."],
    [["--rounds", "two"], '--rounds takes a whole number, not "two".'],
    [["--only", "mine"], `--only takes names with commas between them: ${CONTENDERS.join(", ")}; not mine.`],
    [["--document", "--only", "ours"], "--document needs all of them: leave --only out."],
    [["--accept"], "--accept is for --check: it says which figures are committed to."],
    [["--check", "--rounds", "2"], "--check measures no time, so it goes without --rounds."],
    [["--profile", "."], "--profile slows down what it looks at: say with --only at what."],
    [["--only", "ours", "--profile", "/none"], "--profile takes a folder that is there, not /none."],
  ])("is told in a sentence: %s", (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
