import { describe, expect, it } from "vitest";
import { laneSets } from "./lane-sets.ts";
import { kept, nameOf, type StageSettings } from "./settings.ts";
import { settingsOf, toldIn } from "./stage-settings.ts";

const LIVE = "aws.partner/stripe.com/ed_61RsabcDEF";
const TEST = "aws.partner/stripe.com/ed_test_61RsabcDEF";

function mistake(told: object, stage = "production"): string {
  try {
    settingsOf(stage, told as StageSettings);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("the settings of a stage", () => {
  it("are live in production, and test on every other stage", () => {
    const modes = ["production", "staging", "ada"].map((stage) => settingsOf(stage).mode);
    expect(modes).toEqual(["live", "test", "test"]);
  });

  it("protect what events or rows are lost with, but not on a personal stage", () => {
    expect(kept(settingsOf("production"))).toEqual({ protect: true, retainOnDelete: true });
    expect(kept(settingsOf("staging"))).toEqual({ protect: true, retainOnDelete: true });
    expect(kept(settingsOf("ada"))).toEqual({ protect: false, retainOnDelete: false });
  });

  it("are a personal stage's unless it is production or staging", () => {
    const kinds = ["production", "staging", "ada", "pr-12"].map((stage) => settingsOf(stage).kind);
    expect(kinds).toEqual(["production", "staging", "personal", "personal"]);
  });

  it("are not taken from what every object has, whatever the stage is called", () => {
    expect(settingsOf("constructor")).toEqual({ ...settingsOf("ada"), stage: "constructor" });
  });

  it("are what a stage is set to by its name before what its kind is", () => {
    const stages = { personal: { lanes: 4, raw: true }, ada: { lanes: 8 } };
    expect(settingsOf("ada", {}, stages)).toMatchObject({ lanes: 8, raw: true });
    expect(settingsOf("bob", {}, stages)).toMatchObject({ lanes: 4, raw: true });
    expect(settingsOf("ada", { lanes: 9 }, stages)).toMatchObject({ lanes: 9, raw: true });
  });

  it("are refused under a name that no stage has, and with a name that no setting has", () => {
    expect(() => settingsOf("ada", {}, { prod: {} })).toThrow(/^The stage "prod" reads like production /);
    expect(() => settingsOf("ada", {}, { personal: { lane: 4 } as StageSettings })).toThrow(
      "There is no setting lane; did you mean lanes?",
    );
  });

  it("have a webhook where no source is told, and only then unless told otherwise", () => {
    expect(settingsOf("production").webhook).toBe(true);
    expect(settingsOf("production", { source: LIVE }).webhook).toBe(false);
    expect(settingsOf("production", { source: LIVE, webhook: true }).webhook).toBe(true);
  });

  it("are what is told before what the kind of stage says", () => {
    expect(settingsOf("ada", { lanes: 62, payloads: ["thin"] })).toMatchObject({ lanes: 62 });
    expect(settingsOf("production", { mode: "test", source: TEST }).mode).toBe("test");
  });

  it("take all kinds of events by default, as one that no rule takes is lost", () => {
    for (const stage of ["production", "staging", "ada"]) {
      expect(laneSets(settingsOf(stage))).toEqual(["snapshot", "connect", "thin"]);
    }
  });

  it("have a dashboard in production only, and log whole events nowhere unless told", () => {
    const set = ["production", "staging", "ada"].map((stage) => settingsOf(stage));
    expect(set.map(({ dashboard, logEvents }) => [dashboard, logEvents])).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ]);
  });

  it("name what is named after the stage", () => {
    expect(nameOf(settingsOf("ada"), "alarms")).toBe("stripe-lanes-ada-alarms");
  });
});

describe("a wrong setting", () => {
  it.each([
    [{ region: "Frankfurt" }, "region"],
    [{ logEvents: "whole" }, "logEvents"],
    [{ dashboard: 1 }, "dashboard"],
    [{ mode: "any" }, "mode"],
    [{ source: "aws.partner/shopify.com/1" }, "source"],
    [{ source: "arn:aws:events:us-east-1::event-source/aws.partner/stripe.com/ed_1" }, "source"],
    [{ source: "" }, "source"],
    [{ adoptBus: "yes" }, "adoptBus"],
    [{ webhook: 1 }, "webhook"],
    [{ payloads: [] }, "payloads"],
    [{ payloads: ["thick"] }, "payloads"],
    [{ payloads: ["thin", "thin"] }, "payloads"],
    [{ connect: null }, "connect"],
    [{ lanes: 1 }, "lanes"],
    [{ lanes: 63 }, "lanes"],
    [{ lanes: 2.5 }, "lanes"],
    [{ lanes: "16" }, "lanes"],
    [{ ledgerDays: 34 }, "ledgerDays"],
    [{ ledgerDays: Number.POSITIVE_INFINITY }, "ledgerDays"],
    [{ raw: "on" }, "raw"],
    [{ customerReference: "" }, "customerReference"],
    [{ customerReference: "user[id]" }, "customerReference"],
    [{ label: "x".repeat(41) }, "label"],
    [{ history: "some" }, "history"],
    [{ archiveDays: 0 }, "archiveDays"],
    [{ alarmEmail: "on call" }, "alarmEmail"],
    [{ alarmEmail: "" }, "alarmEmail"],
    [{ quietHours: 0 }, "quietHours"],
    [{ quietHours: 169 }, "quietHours"],
    [{ concurrency: 1 }, "concurrency"],
    [{ concurrency: 1001 }, "concurrency"],
    [{ protect: undefined }, "protect"],
    [{ region: ["us-east-1"] }, "region"],
    [{ source: [TEST] }, "source"],
    [{ alarmEmail: ["a@example.com"] }, "alarmEmail"],
    [{ archiveDays: "90" }, "archiveDays"],
    [{ archiveDays: 36_501 }, "archiveDays"],
    [{ webhookConcurrency: 0 }, "webhookConcurrency"],
    [{ webhookConcurrency: 1001 }, "webhookConcurrency"],
    [{ webhookConcurrency: "10" }, "webhookConcurrency"],
    [{ webhookConcurrency: 2.5 }, "webhookConcurrency"],
  ])("is told in one sentence that names it: %j", (told, name) => {
    expect(mistake(told)).toMatch(new RegExp(`^${name} must be [^.].*; got .*\\.$`));
  });

  it("ends the sentence as it was told", () => {
    expect(mistake({ ledgerDays: 30 })).toBe(
      "ledgerDays must be a whole number of at least 35, as Stripe can resend an event for 30 days; got 30.",
    );
  });

  it("is one that there is not, with the one that was meant where one is near", () => {
    expect(mistake({ lane: 8 })).toBe("There is no setting lane; did you mean lanes?");
    expect(mistake({ archivedays: 8 })).toBe("There is no setting archivedays; did you mean archiveDays?");
    expect(mistake({ alarmsEmail: "a@b" })).toBe("There is no setting alarmsEmail; did you mean alarmEmail?");
    expect(mistake({ retries: 3 })).toMatch(
      /^There is no setting retries: there are region, mode, source, .*\.$/,
    );
  });

  it.each(['{"toString":1}', '{"__proto__":{"lanes":8}}', '{"stage":"ada"}', '{"kind":"personal"}'])(
    "is no setting either: %s",
    (text) => {
      expect(mistake(toldIn(text))).toMatch(/^There is no setting (toString|__proto__|stage|kind)[:;]/);
    },
  );

  it.each(["", "a stage", "feature/x", "ü", "s".repeat(25)])("is the stage's name: %j", (stage) => {
    expect(mistake({}, stage)).toMatch(
      /^A stage's name must have at most 24 letters, digits and hyphens; got "/,
    );
  });
});

describe("a wrong combination", () => {
  it("is live mode on a personal stage", () => {
    expect(mistake({ mode: "live" }, "ada")).toBe(
      "The stage ada is a personal one and takes test events only: live mode is for production and staging.",
    );
    expect(mistake({ mode: "live" }, "staging")).toBe("");
  });

  it("is whole events in the log of a stage in live mode", () => {
    const sentence =
      "logEvents writes whole events with their personal data to a log: it must be false in live mode.";
    expect(mistake({ logEvents: true })).toBe(sentence);
    expect(mistake({ logEvents: true, mode: "live" }, "staging")).toBe(sentence);
    expect(mistake({ logEvents: true }, "staging")).toBe("");
    expect(mistake({ logEvents: true, mode: "test" })).toBe("");
  });

  it("is no way in", () => {
    expect(mistake({ webhook: false })).toMatch(/^A stage has a source, a webhook or both: /);
  });

  it("is a source of the other mode", () => {
    expect(mistake({ source: TEST })).toBe(
      `The source ${TEST} sends test events, and the stage's mode is live.`,
    );
    expect(mistake({ source: LIVE }, "staging")).toBe(
      `The source ${LIVE} sends live events, and the stage's mode is test.`,
    );
  });

  it("is a limit for a webhook that is not there", () => {
    expect(mistake({ source: LIVE, webhookConcurrency: 5 })).toBe(
      "webhookConcurrency needs a webhook: set webhook to true.",
    );
    expect(mistake({ webhookConcurrency: 5 })).toBe("");
  });

  it("is a bus to adopt without a source", () => {
    expect(mistake({ adoptBus: true })).toBe("adoptBus needs the source whose bus is there already.");
  });

  it("is more lanes than a bus has rules for while their number changes", () => {
    expect(mistake({ lanes: 47 })).toBe("");
    expect(mistake({ lanes: 48 })).toMatch(/^48 lanes need 151 rules a bus, .*: take 47 at most\.$/);
    expect(mistake({ lanes: 62, connect: false })).toBe("");
    expect(mistake({ lanes: 62, payloads: ["snapshot"] })).toBe("");
  });
});

describe("settings that the environment tells", () => {
  it("are none where there are none", () => {
    expect([toldIn(undefined), toldIn("")]).toEqual([{}, {}]);
  });

  it("are a JSON object", () => {
    expect(toldIn('{"lanes":8}')).toEqual({ lanes: 8 });
  });

  it.each(["lanes=8", "[]", "8", "null", '"lanes"'])("are nothing else: %s", (text) => {
    expect(() => toldIn(text)).toThrow(
      /^STAGE_SETTINGS must be a JSON object of settings, such as .*; got .*\.$/,
    );
  });
});
