import { describe, expect, it } from "vitest";
import { type Environment, readSettings, readWebhookSettings } from "./settings.ts";

const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/lanes.fifo";
const PARKED_QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/000000000000/parked.fifo";
const REQUIRED = { TABLE_NAME: "billing", QUEUE_URL, PARKED_QUEUE_URL };

const settingsOf = (env: Environment) => readSettings({ ...REQUIRED, ...env });

describe("the settings", () => {
  it("need a table and two queues, and are safe without the rest", () => {
    expect(readSettings(REQUIRED)).toEqual({
      table: "billing",
      queueUrl: QUEUE_URL,
      parkedUrl: PARKED_QUEUE_URL,
      sqsEndpoint: undefined,
      tenant: "main",
      mode: "test",
      ledgerDays: 90,
      stripeKey: undefined,
      stripeRate: 2,
      reserve: 7_000,
      raw: false,
      naming: { reference: undefined, label: undefined },
      metricsStage: undefined,
    });
  });

  it("are what the environment says", () => {
    const told = settingsOf({
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:4100",
      TENANT: "acme",
      MODE: "live",
      LEDGER_DAYS: "35",
      STRIPE_KEY: "rk_live_1",
      STRIPE_RATE: "0.5",
      RESERVE_MILLISECONDS: "0",
      RAW: "on",
      METRICS: "on",
      STAGE: "production",
    });
    expect(told).toMatchObject({
      sqsEndpoint: "http://127.0.0.1:4100",
      tenant: "acme",
      mode: "live",
      ledgerDays: 35,
      stripeKey: "rk_live_1",
      stripeRate: 0.5,
      reserve: 0,
      raw: true,
      metricsStage: "production",
    });
  });

  it("take an empty variable for a missing one", () => {
    const optional = ["AWS_ENDPOINT_URL_SQS", "TENANT", "MODE", "LEDGER_DAYS", "STRIPE_KEY", "STRIPE_RATE"];
    const empty = Object.fromEntries(
      [...optional, "RESERVE_MILLISECONDS", "RAW", "METRICS"].map((name) => [name, ""]),
    );
    expect(settingsOf(empty)).toEqual(readSettings(REQUIRED));
  });
});

describe("a setting that is missing", () => {
  it.each(Object.keys(REQUIRED))("is named: %s", (name) => {
    const sentence = `The setting ${name} is missing from the environment.`;
    expect(() => settingsOf({ [name]: undefined })).toThrow(new Error(sentence));
    expect(() => settingsOf({ [name]: "" })).toThrow(new Error(sentence));
  });
});

describe("metrics", () => {
  it("are off unless they are asked for, whatever the stage", () => {
    expect(settingsOf({ STAGE: "production" }).metricsStage).toBeUndefined();
    expect(settingsOf({ STAGE: "production", METRICS: "off" }).metricsStage).toBeUndefined();
  });

  it("need a stage to be told apart by", () => {
    const sentence = "The setting STAGE is missing from the environment.";
    expect(() => settingsOf({ METRICS: "on" })).toThrow(new Error(sentence));
  });
});

describe("a setting that is wrong", () => {
  it.each([
    ["QUEUE_URL", "lanes.fifo", 'The setting QUEUE_URL is an http or https URL, not "lanes.fifo".'],
    ["QUEUE_URL", "arn:aws:sqs:us-east-1:0:a", "The setting QUEUE_URL is an http or https URL, not"],
    ["PARKED_QUEUE_URL", "http://", 'The setting PARKED_QUEUE_URL is an http or https URL, not "http://".'],
    ["PARKED_QUEUE_URL", QUEUE_URL, "The setting PARKED_QUEUE_URL is another queue than QUEUE_URL, not the"],
    ["AWS_ENDPOINT_URL_SQS", "127.0.0.1", "The setting AWS_ENDPOINT_URL_SQS is an http or https URL, not"],
    ["MODE", "prod", 'The setting MODE is one of test, live, any, not "prod".'],
    ["LEDGER_DAYS", "34", 'The setting LEDGER_DAYS is a number of at least 35, not "34".'],
    ["LEDGER_DAYS", "-90", 'The setting LEDGER_DAYS is a number of at least 35, not "-90".'],
    ["LEDGER_DAYS", "35.5", 'The setting LEDGER_DAYS is a whole number, not "35.5".'],
    ["LEDGER_DAYS", "9".repeat(17), "The setting LEDGER_DAYS is a whole number, not"],
    ["STRIPE_RATE", "-1", 'The setting STRIPE_RATE is a number of at least 0, not "-1".'],
    ["STRIPE_RATE", "Infinity", 'The setting STRIPE_RATE is a number of at least 0, not "Infinity".'],
    ["STRIPE_RATE", "20/s", 'The setting STRIPE_RATE is a number of at least 0, not "20/s".'],
    ["METRICS", "yes", 'The setting METRICS is on or off, not "yes".'],
    ["RAW", "true", 'The setting RAW is on or off, not "true".'],
    ["RESERVE_MILLISECONDS", " ", 'The setting RESERVE_MILLISECONDS is a number of at least 0, not " ".'],
  ])("is named, with what it should be: %s=%s", (name, value, sentence) => {
    expect(() => settingsOf({ [name]: value })).toThrow(sentence);
  });
});

describe("a Stripe key", () => {
  it.each([
    ["sk_test_1", "test"],
    ["rk_test_1", "test"],
    ["sk_org_live_1", "live"],
    ["sk_live_1", "any"],
    ["sk_test_1", "any"],
  ])("%s serves a stage of mode %s", (STRIPE_KEY, MODE) => {
    expect(settingsOf({ STRIPE_KEY, MODE }).stripeKey).toBe(STRIPE_KEY);
  });

  it.each([
    ["sk_live_1", "test", "The setting STRIPE_KEY is a key of live mode, and MODE is test."],
    ["rk_test_1", "live", "The setting STRIPE_KEY is a key of test mode, and MODE is live."],
  ])("of the other mode would see every object as deleted: %s with %s (D4)", (STRIPE_KEY, MODE, sentence) => {
    expect(() => settingsOf({ STRIPE_KEY, MODE })).toThrow(new Error(sentence));
  });

  it.each(["pk_test_1", "sk_test_1\n", "whsec_1"])("that is none is refused and not repeated: %j", (key) => {
    const sentence = "The setting STRIPE_KEY is a secret or a restricted key: sk_test_…, rk_live_….";
    expect(() => settingsOf({ STRIPE_KEY: key })).toThrow(new Error(sentence));
  });
});

describe("the webhook's settings", () => {
  const WEBHOOK = { BUS_NAME: "webhook", SOURCE: "stripe-lanes.webhook", WEBHOOK_SECRET: "whsec_1" };

  it("are a bus, the source of what comes by it, and a signing secret", () => {
    expect(readWebhookSettings(WEBHOOK)).toEqual({
      bus: "webhook",
      source: "stripe-lanes.webhook",
      secrets: ["whsec_1"],
      metricsStage: undefined,
    });
  });

  it("name the stage of its metrics where those are on", () => {
    const told = { ...WEBHOOK, METRICS: "on", STAGE: "production" };
    expect(readWebhookSettings(told).metricsStage).toBe("production");
    expect(() => readWebhookSettings({ ...told, STAGE: "" })).toThrow(
      "The setting STAGE is missing from the environment.",
    );
  });

  it("may be several secrets, while one is rolled", () => {
    const { secrets } = readWebhookSettings({ ...WEBHOOK, WEBHOOK_SECRET: " whsec_1,whsec_2 ,whsec_3\n" });
    expect(secrets).toEqual(["whsec_1", "whsec_2", "whsec_3"]);
  });

  it.each(Object.keys(WEBHOOK))("have no stand-in, and the one that is missing is named: %s", (name) => {
    const sentence = `The setting ${name} is missing from the environment.`;
    expect(() => readWebhookSettings({ ...WEBHOOK, [name]: undefined })).toThrow(new Error(sentence));
    expect(() => readWebhookSettings({ ...WEBHOOK, [name]: "" })).toThrow(new Error(sentence));
  });

  it.each(["sk_test_1", "whsec_", "whsec_1,", ",", " ", "whsec_1 whsec_2"])(
    "refuse what is no signing secret, and do not repeat it: %j",
    (WEBHOOK_SECRET) => {
      const sentence =
        "The setting WEBHOOK_SECRET is one signing secret or several, with commas between: whsec_….";
      expect(() => readWebhookSettings({ ...WEBHOOK, WEBHOOK_SECRET })).toThrow(new Error(sentence));
    },
  );
});
