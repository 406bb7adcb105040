import { describe, expect, it } from "vitest";
import { bill, together } from "./bill.ts";
import { differences } from "./differences.ts";
import { QUANTITIES, SETTINGS } from "./fixtures/measured.ts";
import { readOptions } from "./options.ts";
import { PRICES } from "./prices.ts";
import { DEFAULTS, type Settings } from "./settings.ts";

const totalOf = (settings: Settings) => together(bill("ours", QUANTITIES, settings, PRICES));
const told = differences(QUANTITIES, DEFAULTS, PRICES);
const dollarsOf = (setting: string) => told.find((one) => one.setting === setting)?.dollars;

describe("what a setting costs", () => {
  it.each(told)("is the bill with it less the bill without: $setting", ({ setting, dollars }) => {
    const { settings } = readOptions(setting.split(" "));
    expect(dollars).toBeCloseTo(totalOf(settings) - totalOf(DEFAULTS), 6);
  });

  it("is nothing for lanes, as rules cost nothing", () => {
    expect([dollarsOf("--lanes 4"), dollarsOf("--lanes 32")]).toEqual([0, 0]);
  });

  it("is nothing for what is set so already", () => {
    expect(dollarsOf("--ledger-days 90")).toBe(0);
  });

  it("is what raw writes more of, two units an event, and what is kept of it for a year", () => {
    const kept = 1_000_000 * 12 * (0.25 + 0.2);
    expect(dollarsOf("--raw")).toBeCloseTo(2 * 0.625 + kept, 6);
  });

  it("is saved where less is kept or told", () => {
    const set = differences(QUANTITIES, SETTINGS, PRICES);
    const saved = set.find(({ setting }) => setting === "--log-level warn")?.dollars;
    expect(saved).toBeCloseTo(-50 * (0.5 + ((0.15 * 30 * 12) / 365) * 0.03), 9);
  });
});
