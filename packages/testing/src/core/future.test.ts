// Events whose `created` is ahead of the clock: of a test clock, or forged.
import type { Mode } from "@stripe-lanes/core/mode";
import { describe, expect, it } from "vitest";
import type { EventJson } from "../events.ts";
import { givenWith, noRow, outcomes, parked, row } from "../given.ts";
import { NOW } from "../ports.ts";
import { subscriptionIs } from "./told.ts";

const DAY = 86_400;
const at = (seconds: number): EventJson => subscriptionIs("active", { created: NOW / 1000 + seconds });
const inMode = (mode: Mode, event: EventJson) => ({ ...event, livemode: mode === "live" });

describe("an event more than a day ahead of the clock", () => {
  it("is parked in live mode, and holds its object from nothing", async () => {
    const real = inMode("live", subscriptionIs("past_due", { created: NOW / 1000 - 60 }));
    await givenWith({ mode: "live" })()
      .when(inMode("live", at(DAY + 1)), real)
      .then(
        outcomes("parked", "applied"),
        parked("from-the-future"),
        row("subscription", "sub_1", { status: "past_due" }),
      );
  });

  it.each(["test", "any"] as const)(
    "is applied in mode %s, since test clocks make such, and says so",
    async (mode) => {
      await givenWith({ mode })()
        .when(inMode(mode, at(400 * DAY)))
        .then(outcomes("applied"), ({ results }) => {
          expect(results).toMatchObject([{ ahead: 400 * DAY }]);
        });
    },
  );

  it("is parked thin as well, before Stripe is asked", async () => {
    const created = new Date(NOW + 2 * DAY * 1_000).toISOString();
    const related_object = { id: "sub_1", type: "subscription" };
    const thin = { id: "evt_1", object: "v2.core.event", type: "v1.x.updated", livemode: true };
    const stripe = { fetch: () => Promise.reject(new Error("Nobody should ask.")) };
    await givenWith({ mode: "live", stripe })()
      .when({ ...thin, created, related_object })
      .then(outcomes("parked"), parked("from-the-future"), noRow("subscription", "sub_1"));
  });

  it("of a connected account's test mode is ignored in live mode, as before", async () => {
    const foreign = { ...at(2 * DAY), account: "acct_1", livemode: false };
    await givenWith({ mode: "live" })().when(foreign).then(outcomes("ignored"), parked());
  });
});

describe("an event up to a day ahead of the clock", () => {
  it.each(["live", "test"] as const)("is like any other in %s mode", async (mode) => {
    await givenWith({ mode })()
      .when(inMode(mode, at(DAY)))
      .then(outcomes("applied"), ({ results }) => expect(results[0]).not.toHaveProperty("ahead"));
  });
});
