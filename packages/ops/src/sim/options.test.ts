import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FAULT_NAMES } from "@stripe-lanes/testing/sim/faults";
import { planOf } from "@stripe-lanes/testing/sim/plan";
import { describe, expect, it } from "vitest";
import { folderWith } from "../fixtures/start.ts";
import { Mistake } from "../mistake.ts";
import { plansFor, readOptions } from "./options.ts";

const plan = { ...planOf({ seed: 5, events: 30 }), chances: { outage: 0.1 } };
const json = (told: object) => JSON.stringify({ ...plan, ...told });
const folder = folderWith({ "plan.json": JSON.stringify(plan), "list.json": "[]" });

/** What a person types, and the one sentence they get. */
const MISTAKES: [args: string[], sentence: RegExp][] = [
  [["--evnts", "1"], /^Unknown option '--evnts': did you mean '--events'\? See npm run sim -- --help\.$/],
  [["1000"], /^Unexpected argument '1000'\. See npm run sim -- --help\.$/],
  [["--events", "many"], /^--events takes a whole number, not "many"\.$/],
  [["--events", "0"], /^--events takes a number of at least 1\.$/],
  [["--seed", "-1"], /--seed/],
  [["--seed", "1.5"], /^--seed takes a whole number, not "1\.5"\.$/],
  [["--seeds", "0"], /^--seeds takes a number of at least 1\.$/],
  [["--parallel", "0"], /^--parallel takes a number of at least 1\.$/],
  [["--parallel", "65"], /^--parallel takes a number from 1 to 64, not "65"\.$/],
  [["--first", "0", "--events", "10"], /^--first takes a number of at least 1\.$/],
  [["--first", "10"], /^--first is for a single history: say --events 2,000 or fewer, or --seeds 1\.$/],
  [["--trace", "x"], /^--trace is for a single history: say --events 2,000 or fewer, or --seeds 1\.$/],
  [["--trace", "x", "--events", "10", "--seeds", "2"], /^--trace is for a single history/],
  [["--only", "outge"], /^--only: there is no fault "outge"; did you mean "outage"\?$/],
  [["--without", "outage,kiled-after"], /^--without: there is no .* did you mean "killed-after"\?$/],
  [["--only", ""], /^--only: there is no fault ""/],
  [["--plan", "{}", "--seed", "1"], /^--plan and --seed exclude each other: a plan says all of it\.$/],
  [["--plan", "/nowhere.json"], /^There is no file \/nowhere\.json, and --plan takes a file or JSON\.$/],
  [["--plan", folder], /^--plan cannot read /],
  [["--plan", join(folder, "list.json")], /^--plan takes a plan as JSON, as a failing run prints it\.$/],
  [["--plan", "{broken"], /^--plan takes a plan as JSON, as a failing run prints it\.$/],
  [["--plan", "{}"], /^The plan's "seed" is missing or wrong\.$/],
  [["--plan", json({ lanes: "2" })], /^The plan's "lanes" is missing or wrong\.$/],
  [["--plan", json({ days: 0 })], /^The plan's "days" is missing or wrong\.$/],
  [["--plan", json({ lanes: 2.5 })], /^The plan's "lanes" is missing or wrong\.$/],
  [["--plan", json({ first: 0 })], /^The plan's "first" is missing or wrong\.$/],
  [["--plan", json({ echoes: 1 })], /^The plan's "echoes" is missing or wrong\.$/],
  [["--plan", json({ account: 1 })], /^The plan's "account" is missing or wrong\.$/],
  [["--plan", json({ luck: 1 })], /^A plan has no "luck"\.$/],
  [["--plan", json({ chances: { outge: 0.1 } })], /^There is no fault "outge"; did you mean "outage"\?$/],
  [["--plan", json({ chances: { outage: 2 } })], /^The plan's share of "outage" is a number from 0 to 1\.$/],
];

describe("a mistake", () => {
  it.each(MISTAKES)("%j is told in one sentence", (args, sentence) => {
    const read = () => readOptions(args);
    expect(read).toThrow(Mistake);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(/\n/);
  });
});

describe("the options", () => {
  it("are 100,000 events of seed 1 where nothing is said", () => {
    expect(readOptions([])).toMatchObject({
      asked: { events: 100_000, seed: 1 },
      histories: 50,
      json: false,
    });
    expect(readOptions([]).asked).not.toHaveProperty("faults");
  });

  it("name the faults that are left", () => {
    const faultsOf = (...args: string[]) => readOptions(args).asked.faults;
    expect(faultsOf("--only", "outage,sweep")).toEqual(["outage", "sweep"]);
    expect(faultsOf("--only", "outage, sweep", "--without", "sweep")).toEqual(["outage"]);
    expect(faultsOf("--without", "outage")).toEqual(FAULT_NAMES.filter((name) => name !== "outage"));
  });

  it("end a single history sooner", () => {
    const { asked } = readOptions(["--events", "100", "--seed", "3", "--first", "7"]);
    expect([...plansFor(asked)]).toEqual([{ ...planOf({ seed: 3, events: 100 }), first: 7 }]);
    expect([...plansFor({ ...asked, first: 900 })]).toEqual([planOf({ seed: 3, events: 100 })]);
  });

  it("take a plan from a file, or as it is", () => {
    const file = join(folder, "plan.json");
    expect(readOptions(["--plan", file])).toMatchObject({ given: plan, histories: 1 });
    expect(readOptions(["--plan", json({ days: 0.4 })]).given).toEqual({ ...plan, days: 0.4 });
    writeFileSync(file, `\n${JSON.stringify({ ...plan, account: "acct_1" }, null, 2)}\n`);
    expect(readOptions(["--plan", file]).given).toEqual({ ...plan, account: "acct_1" });
  });
});
