// What must hold for a stage's settings: each mistake is one sentence.
import { checkLanes } from "@stripe-lanes/core/lanes";
import { near } from "@stripe-lanes/core/nearest";
import { laneSets } from "./lane-sets.ts";
import type { Settings } from "./settings.ts";

/** EventBridge's quota for one bus. */
const MOST_RULES = 300;

/** The rule for strays, the two that log, and the one that an archive adds. */
const OTHER_RULES = 4;

const HOURS_OF_A_WEEK = 168;

/** A hundred years: EventBridge states no most, and a longer archive is a typing error. */
const MOST_ARCHIVE_DAYS = 36_500;

const TRUE_OR_FALSE = "true or false";
const METADATA_KEY = "the name of a metadata member, of at most 40 characters, or null";

type Setting = Exclude<keyof Settings, "stage" | "kind">;
type Check = (settings: Settings) => string | false;

/** Of one setting each; the sentence says what it must be, and what it was told ends it. */
const VALUES: Record<Setting, [holds: (settings: Settings) => boolean, sentence: string]> = {
  region: [
    ({ region }) => isText(region, /^[a-z]{2}(-[a-z]+)+-\d$/),
    "one of AWS's regions, such as us-east-1",
  ],
  mode: [({ mode }) => mode === "live" || mode === "test", "live or test"],
  source: [
    ({ source }) => source === null || isText(source, /^aws\.partner\/stripe\.com\/ed_\w+$/),
    "the partner event source's whole name, aws.partner/stripe.com/ed_…, or null",
  ],
  adoptBus: [({ adoptBus }) => typeof adoptBus === "boolean", TRUE_OR_FALSE],
  webhook: [({ webhook }) => typeof webhook === "boolean", TRUE_OR_FALSE],
  webhookConcurrency: [
    ({ webhookConcurrency }) => webhookConcurrency === null || isWhole(webhookConcurrency, 1, 1000),
    "a whole number from 1 to 1000, or null for no limit",
  ],
  payloads: [({ payloads }) => isListOf(payloads, ["snapshot", "thin"]), '["snapshot"], ["thin"] or both'],
  connect: [({ connect }) => typeof connect === "boolean", TRUE_OR_FALSE],
  lanes: [({ lanes }) => isLanes(lanes), "a whole number from 2 to 62"],
  ledgerDays: [
    ({ ledgerDays }) => isWhole(ledgerDays, 35),
    "a whole number of at least 35, as Stripe can resend an event for 30 days",
  ],
  raw: [({ raw }) => typeof raw === "boolean", TRUE_OR_FALSE],
  customerReference: [({ customerReference }) => isMember(customerReference), METADATA_KEY],
  label: [({ label }) => isMember(label), METADATA_KEY],
  history: [({ history }) => history === "none" || history === "unknown", "none or unknown"],
  archiveDays: [
    ({ archiveDays }) => archiveDays === null || isWhole(archiveDays, 1, MOST_ARCHIVE_DAYS),
    `a whole number from 1 to ${MOST_ARCHIVE_DAYS}, or null for no archive`,
  ],
  logEvents: [({ logEvents }) => typeof logEvents === "boolean", TRUE_OR_FALSE],
  dashboard: [({ dashboard }) => typeof dashboard === "boolean", TRUE_OR_FALSE],
  alarmEmail: [
    ({ alarmEmail }) => alarmEmail === null || isText(alarmEmail, /^[^\s@]+@[^\s@]+$/),
    "an email address or null",
  ],
  quietHours: [
    ({ quietHours }) => quietHours === null || isWhole(quietHours, 1, HOURS_OF_A_WEEK),
    "a whole number from 1 to 168 (a week), or null",
  ],
  concurrency: [
    ({ concurrency }) => isWhole(concurrency, 2, 1000),
    "a whole number from 2 to 1000, as Lambda wants it",
  ],
  protect: [({ protect }) => typeof protect === "boolean", TRUE_OR_FALSE],
};

/** Of what goes together; each has sound values before it. */
const COMBINATIONS: Check[] = [
  ({ stage, mode, kind }) =>
    kind === "personal" &&
    mode === "live" &&
    `The stage ${stage} is a personal one and takes test events only: live mode is for production and staging.`,
  ({ source, webhook }) =>
    source === null && !webhook && "A stage has a source, a webhook or both: without one no event gets in.",
  ({ source, adoptBus }) =>
    source === null && adoptBus && "adoptBus needs the source whose bus is there already.",
  ({ webhook, webhookConcurrency }) =>
    webhookConcurrency !== null && !webhook && "webhookConcurrency needs a webhook: set webhook to true.",
  ({ source, mode }) =>
    source !== null &&
    isTestSource(source) !== (mode === "test") &&
    `The source ${source} sends ${isTestSource(source) ? "test" : "live"} events, and the stage's mode is ${mode}.`,
  ({ mode, logEvents }) =>
    mode === "live" &&
    logEvents &&
    "logEvents writes whole events with their personal data to a log: it must be false in live mode.",
  (settings) =>
    rulesOf(settings) * 2 > MOST_RULES &&
    `${settings.lanes} lanes need ${rulesOf(settings)} rules a bus, of which ${MOST_RULES} must hold twice as many while the number of lanes changes: take ${mostLanes(settings)} at most.`,
];

/** @throws Error with one sentence for the first setting, or combination of them, that is wrong. */
export function checkSettings(settings: Settings): void {
  for (const [name, [holds, sentence]] of Object.entries(VALUES)) {
    if (holds(settings)) continue;
    throw new Error(`${name} must be ${sentence}; got ${JSON.stringify(settings[name as Setting])}.`);
  }
  for (const check of COMBINATIONS) {
    const sentence = check(settings);
    if (sentence) throw new Error(sentence);
  }
}

/** @throws Error with one sentence for the first name that is no setting's. */
export function checkNames(names: string[]): void {
  const unknown = names.find((name) => !isSetting(name));
  if (unknown !== undefined) throw new Error(`There is no setting ${unknown}${suggestionFor(unknown)}`);
}

/** The setting that was meant, where one is near, else all of them. */
function suggestionFor(name: string): string {
  const names = Object.keys(VALUES);
  const lower = names.map((known) => known.toLowerCase());
  const meant = names[lower.indexOf(near(name.toLowerCase(), lower) ?? "")];
  return meant === undefined ? `: there are ${names.join(", ")}.` : `; did you mean ${meant}?`;
}

function isSetting(name: string): boolean {
  return Object.hasOwn(VALUES, name);
}

function isListOf(list: unknown, known: string[]): boolean {
  if (!Array.isArray(list) || list.length === 0) return false;
  return new Set(list).size === list.length && list.every((item) => known.includes(item));
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function isWhole(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** As Stripe takes a name of metadata: "Metadata", docs.stripe.com/metadata. */
function isMember(name: unknown): boolean {
  return name === null || isText(name, /^[^[\]]{1,40}$/);
}

function isLanes(lanes: number): boolean {
  try {
    checkLanes(lanes);
    return true;
  } catch {
    return false;
  }
}

/** Stripe names the sources of its test mode `ed_test_…`. */
function isTestSource(source: string): boolean {
  return source.includes("/ed_test_");
}

function rulesOf(settings: Settings): number {
  return laneSets(settings).length * (settings.lanes + 1) + OTHER_RULES;
}

function mostLanes(settings: Settings): number {
  return Math.floor((MOST_RULES / 2 - OTHER_RULES) / laneSets(settings).length) - 1;
}
