// What the worker is told by its environment: read once, at the start, and checked.
import { MODES, type Mode } from "@stripe-lanes/core/mode";

export type Settings = {
  table: string;
  /** The lanes' queue, whose messages are hidden and sent again. */
  queueUrl: string;
  /** The dead-letter queue. */
  parkedUrl: string;
  /** Starts the keys of everything that no Connect account owns. */
  tenant: string;
  mode: Mode;
  ledgerDays: number;
  /** Without it thin events are parked and ties stay marked. */
  stripeKey: string | undefined;
  /** Requests a second that this worker may make of Stripe. */
  stripeRate: number;
  /** Milliseconds left at which nothing new is begun. */
  reserve: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Stripe can resend an event for 30 days: a ledger that forgets earlier counts it twice (D6). */
const FEWEST_LEDGER_DAYS = 35;

/** @throws Error with one sentence that names the setting that is missing or wrong. */
export function readSettings(env: Environment): Settings {
  return {
    table: required(env, "TABLE_NAME"),
    queueUrl: requiredUrl(env, "QUEUE_URL"),
    parkedUrl: requiredUrl(env, "PARKED_QUEUE_URL"),
    tenant: env.TENANT || "main",
    mode: modeOf(env),
    ledgerDays: numberOf(env, "LEDGER_DAYS", { otherwise: 90, least: FEWEST_LEDGER_DAYS }),
    stripeKey: env.STRIPE_KEY || undefined,
    stripeRate: numberOf(env, "STRIPE_RATE", { otherwise: 2, least: 0 }),
    reserve: numberOf(env, "RESERVE_MILLISECONDS", { otherwise: 5_000, least: 0 }),
  };
}

function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The setting ${name} is missing from the environment.`);
  return value;
}

function requiredUrl(env: Environment, name: string): string {
  const value = required(env, name);
  if (!URL.canParse(value)) throw new Error(`The setting ${name} is no URL: "${value}".`);
  return value;
}

function modeOf({ MODE: mode = "test" }: Environment): Mode {
  const known = MODES.find((one) => one === mode);
  if (known === undefined) throw new Error(`The setting MODE is one of ${MODES.join(", ")}, not "${mode}".`);
  return known;
}

function numberOf(
  env: Environment,
  name: string,
  { otherwise, least }: { otherwise: number; least: number },
): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw new Error(`The setting ${name} is a number of at least ${least}, not "${text}".`);
}
