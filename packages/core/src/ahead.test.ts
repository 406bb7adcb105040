import { describe, expect, it } from "vitest";
import { secondsAhead } from "./ahead.ts";
import { thinAbout } from "./fixtures/history.ts";
import { entryOf } from "./ledger.ts";

const NOW = 1_790_000_000;
const DAY = 86_400;

describe("an event's second", () => {
  it.each([
    ["long ago", -365 * DAY, 0],
    ["now", 0, 0],
    ["a day ahead", DAY, 0],
    ["more than a day ahead", DAY + 1, DAY + 1],
    ["years ahead", 3 * 365 * DAY, 3 * 365 * DAY],
  ])("that is %s is ahead by so much as it matters", (_, by, ahead) => {
    expect(secondsAhead({ created: NOW + by }, NOW)).toBe(ahead);
  });

  it.each([
    ["before", -60, 60],
    ["within a day after", 60, 0],
    ["more than a day after", 2 * DAY, -2 * DAY],
  ])("that is %s the clock's is a lag that says so in the ledger", (_, by, lag) => {
    expect(entryOf("t", thinAbout("sub_1", NOW + by), 1, { now: NOW, keep: 1 }).lag).toBe(lag);
  });
});
