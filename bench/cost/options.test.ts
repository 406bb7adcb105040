import { Mistake } from "@stripe-lanes/ops/mistake";
import { describe, expect, it } from "vitest";
import { readOptions, USAGE } from "./options.ts";
import { DEFAULTS } from "./settings.ts";

/** What a person types, and the one sentence they get. */
const MISTAKES: [args: string[], sentence: RegExp][] = [
  [["--event", "1"], /^Unknown option '--event'\. See npm run cost -- --help\.$/],
  [["1000"], /^Unexpected argument '1000'\. See npm run cost -- --help\.$/],
  [["--events-per-month", "many"], /^--events-per-month takes a whole number, not "many"\.$/],
  [["--events-per-month", "0"], /^--events-per-month takes a number of at least 1\.$/],
  [["--batch", "0"], /^--batch takes a number from 1 to 10, not "0"\.$/],
  [["--batch", "11"], /^--batch takes a number from 1 to 10, not "11"\.$/],
  [["--batch", "1e1"], /^--batch takes a number from 1 to 10, not "1e1"\.$/],
  [["--lanes", "1"], /^The number of lanes is a whole number from 2 to 62, not 1\.$/],
  [["--lanes", "x"], /^--lanes takes a whole number, not "x"\.$/],
  [["--ledger-days", "34"], /^--ledger-days takes a number of at least 35, not "34"\.$/],
  [["--archive-days=-1"], /^--archive-days takes a whole number, not "-1"\.$/],
  [["--archive-days", "all"], /^--archive-days takes a whole number, not "all"\.$/],
  [["--log-level", "debug"], /^--log-level is one of info, warn, error, not "debug"\.$/],
  [["--payloads", "thin"], /^--payloads is one of snapshot, both, not "thin"\.$/],
  [["--metrics", "no"], /^--metrics is one of on, off, not "no"\.$/],
  [["--dashboard", "yes"], /^--dashboard is one of on, off, not "yes"\.$/],
  [["--drain", "0"], /^--drain takes a number of at least 1\.$/],
];

describe("a mistake", () => {
  it.each(MISTAKES)("%j is told in one sentence", (args, sentence) => {
    const read = () => readOptions(args);
    expect(read).toThrow(Mistake);
    expect(read).toThrow(sentence);
  });
});

describe("the options", () => {
  it("are a million events of a production stage where nothing is said", () => {
    expect(readOptions([])).toEqual({ settings: DEFAULTS, backlog: 1_000_000, json: false });
    expect(DEFAULTS).toMatchObject({ events: 1_000_000, batch: 10, raw: false, lanes: 16, ledgerDays: 90 });
  });

  it("take 0 days for no archive", () => {
    expect(readOptions(["--archive-days", "0"]).settings.archiveDays).toBe(0);
  });

  it("say what is otherwise", () => {
    const told = [
      ["--events-per-month", "5000"],
      ["--batch", "2.5"],
      ["--raw"],
      ["--lanes", "4"],
      ["--ledger-days", "35"],
      ["--archive-days", "7"],
      ["--log-level", "warn"],
      ["--payloads", "both"],
      ["--metrics", "off"],
      ["--dashboard", "off"],
      ["--drain", "10"],
      ["--json"],
    ];
    expect(readOptions(told.flat())).toEqual({
      settings: {
        ...DEFAULTS,
        events: 5_000,
        batch: 2.5,
        raw: true,
        lanes: 4,
        ledgerDays: 35,
        archiveDays: 7,
        logLevel: "warn",
        payloads: "both",
        metrics: false,
        dashboard: false,
      },
      backlog: 10,
      json: true,
    });
    for (const [option] of told) expect(USAGE).toContain(`  ${option} `);
  });
});
