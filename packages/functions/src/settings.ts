// What the functions are told by their environment: read once, at the start, and checked.
import { MODES, type Mode } from "@stripe-lanes/core/mode";
import type { Naming } from "@stripe-lanes/core/naming";

export type Settings = {
  table: string;
  /** The lanes' queue, whose messages are hidden and sent again. */
  queueUrl: string;
  /** The dead-letter queue. */
  parkedUrl: string;
  /** For the local run: with a queue URL alone the SDK goes to that URL's host. */
  sqsEndpoint: string | undefined;
  /** Starts the keys of everything that no Connect account owns. */
  tenant: string;
  mode: Mode;
  ledgerDays: number;
  /** Without it thin events are parked and ties stay marked. */
  stripeKey: string | undefined;
  /** Requests a second that this worker may make of Stripe; at 0 it asks nothing, and what needs an answer waits. */
  stripeRate: number;
  /** Milliseconds left at which nothing new is begun. */
  reserve: number;
  /** Whether rows keep the whole Stripe objects (D13). */
  raw: boolean;
  /** The metadata members that a customer's reference and their label are in; none where they are not named. */
  naming: Naming;
  /** What the metrics of one stage are told apart by; without it none are written. */
  metricsStage: string | undefined;
};

export type WebhookSettings = {
  bus: string;
  /** What an envelope's `source` is to be: what the lanes' rules on that bus look for. */
  source: string;
  secrets: string[];
  /** As the worker's. */
  metricsStage: string | undefined;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Stripe can resend an event for 30 days: a ledger that forgets earlier counts it twice (D6). */
const FEWEST_LEDGER_DAYS = 35;

/** @throws Error with one sentence that names the setting that is missing or wrong; none repeats a key. */
export function readSettings(env: Environment): Settings {
  const mode = modeOf(env);
  const queueUrl = url(env, "QUEUE_URL");
  return {
    table: required(env, "TABLE_NAME"),
    queueUrl,
    parkedUrl: parkedUrlOf(env, queueUrl),
    sqsEndpoint: env.AWS_ENDPOINT_URL_SQS ? url(env, "AWS_ENDPOINT_URL_SQS") : undefined,
    tenant: env.TENANT || "main",
    mode,
    ledgerDays: wholeNumber(env, "LEDGER_DAYS", { otherwise: 90, least: FEWEST_LEDGER_DAYS }),
    stripeKey: stripeKeyOf(env, mode),
    stripeRate: number(env, "STRIPE_RATE", { otherwise: 2, least: 0 }),
    reserve: number(env, "RESERVE_MILLISECONDS", { otherwise: 7_000, least: 0 }),
    raw: isOn(env, "RAW"),
    naming: { reference: memberNamed(env, "CUSTOMER_REFERENCE"), label: memberNamed(env, "LABEL") },
    metricsStage: metricsStageOf(env),
  };
}

/** @throws Error with one sentence that names the setting that is missing or wrong; none repeats a secret. */
export function readWebhookSettings(env: Environment): WebhookSettings {
  return {
    bus: required(env, "BUS_NAME"),
    source: required(env, "SOURCE"),
    secrets: secretsOf(env),
    metricsStage: metricsStageOf(env),
  };
}

function metricsStageOf(env: Environment): string | undefined {
  return isOn(env, "METRICS") ? required(env, "STAGE") : undefined;
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The setting ${name} is missing from the environment.`);
  return value;
}

function url(env: Environment, name: string): string {
  const value = required(env, name);
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new Error(`The setting ${name} is an http or https URL, not "${value}".`);
}

/** A message that is parked where it came from would come again, for ever. */
function parkedUrlOf(env: Environment, queueUrl: string): string {
  const parkedUrl = url(env, "PARKED_QUEUE_URL");
  if (parkedUrl !== queueUrl) return parkedUrl;
  throw new Error("The setting PARKED_QUEUE_URL is another queue than QUEUE_URL, not the same.");
}

function modeOf({ MODE: told }: Environment): Mode {
  const mode = told || "test";
  const known = MODES.find((one) => one === mode);
  if (known === undefined) throw new Error(`The setting MODE is one of ${MODES.join(", ")}, not "${mode}".`);
  return known;
}

/** A key of the other mode finds nothing (D23). */
function stripeKeyOf({ STRIPE_KEY: key }: Environment, mode: Mode): string | undefined {
  if (!key) return undefined;
  const keyMode = /^[sr]k_(?:org_)?(test|live)_\w+$/.exec(key)?.[1];
  if (keyMode === undefined) {
    throw new Error("The setting STRIPE_KEY is a secret or a restricted key: sk_test_…, rk_live_….");
  }
  if (mode === "any" || keyMode === mode) return key;
  throw new Error(`The setting STRIPE_KEY is a key of ${keyMode} mode, and MODE is ${mode}.`);
}

/** Several while a secret is rolled. */
function secretsOf(env: Environment): string[] {
  const secrets = required(env, "WEBHOOK_SECRET")
    .split(",")
    .map((secret) => secret.trim());
  if (secrets.every((secret) => /^whsec_\S+$/.test(secret))) return secrets;
  throw new Error(
    "The setting WEBHOOK_SECRET is one signing secret or several, with commas between: whsec_….",
  );
}

/** Off where nothing is said. */
function isOn(env: Environment, name: string): boolean {
  const told = env[name] || "off";
  if (told === "on" || told === "off") return told === "on";
  throw new Error(`The setting ${name} is on or off, not "${told}".`);
}

/** As Stripe takes a name of metadata: "Metadata", docs.stripe.com/metadata. */
function memberNamed(env: Environment, name: string): string | undefined {
  const member = env[name];
  if (!member) return undefined;
  if (/^[^[\]]{1,40}$/.test(member)) return member;
  throw new Error(
    `The setting ${name} must name a metadata member of at most 40 characters; got "${member}".`,
  );
}

type Range = { otherwise: number; least: number };

function number(env: Environment, name: string, { otherwise, least }: Range): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= least) return value;
  throw new Error(`The setting ${name} is a number of at least ${least}, not "${text}".`);
}

function wholeNumber(env: Environment, name: string, range: Range): number {
  const value = number(env, name, range);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`The setting ${name} is a whole number, not "${env[name]}".`);
}
