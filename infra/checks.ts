// What must hold for a stage's settings: each mistake is one sentence.
import { checkLanes } from "@stripe-lanes/core/lanes";
import { laneSets } from "./lane-sets.ts";
import type { Settings } from "./settings.ts";

/** EventBridge's quota for one bus. */
const MOST_RULES = 300;

/** The rule for strays, the two that log, and the one that an archive adds. */
const OTHER_RULES = 4;

/** Names of all resources stay within what AWS takes: an archive's has 48 characters at most. */
const LONGEST_STAGE = 24;

const HOURS_OF_A_WEEK = 168;

type Setting = Exclude<keyof Settings, "stage" | "kind">;
type Check = (settings: Settings) => string | false;

/** Of one setting each; the sentence says what it is, and what it was told ends it. */
const VALUES: Record<Setting, [holds: (settings: Settings) => boolean, sentence: string]> = {
  region: [
    ({ region }) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
    "region is one of AWS's, such as us-east-1",
  ],
  mode: [({ mode }) => mode === "live" || mode === "test", "mode is live or test"],
  source: [
    ({ source }) => source === null || /^aws\.partner\/stripe\.com\/ed_\w+$/.test(source),
    "source is the partner event source's whole name, aws.partner/stripe.com/ed_…, or null",
  ],
  adoptBus: [({ adoptBus }) => typeof adoptBus === "boolean", "adoptBus is true or false"],
  webhook: [({ webhook }) => typeof webhook === "boolean", "webhook is true or false"],
  payloads: [
    ({ payloads }) => isListOf(payloads, ["snapshot", "thin"]),
    'payloads is ["snapshot"], ["thin"] or both',
  ],
  connect: [({ connect }) => typeof connect === "boolean", "connect is true or false"],
  lanes: [({ lanes }) => isLanes(lanes), "lanes is a whole number from 2 to 62"],
  ledgerDays: [
    ({ ledgerDays }) => isWhole(ledgerDays, 35),
    "ledgerDays is a whole number of at least 35, as Stripe can resend an event for 30 days",
  ],
  raw: [({ raw }) => typeof raw === "boolean", "raw is true or false"],
  customerReference: [
    ({ customerReference }) => isMember(customerReference),
    "customerReference is the name of a metadata member, of at most 40 characters, or null",
  ],
  label: [
    ({ label }) => isMember(label),
    "label is the name of a metadata member, of at most 40 characters, or null",
  ],
  history: [({ history }) => history === "none" || history === "unknown", "history is none or unknown"],
  logEvents: [({ logEvents }) => typeof logEvents === "boolean", "logEvents is true or false"],
  dashboard: [({ dashboard }) => typeof dashboard === "boolean", "dashboard is true or false"],
  archiveDays: [({ archiveDays }) => isWhole(archiveDays, 1), "archiveDays is a whole number of at least 1"],
  alarmEmail: [
    ({ alarmEmail }) => alarmEmail === null || /^[^\s@]+@[^\s@]+$/.test(alarmEmail),
    "alarmEmail is an email address or null",
  ],
  quietHours: [
    ({ quietHours }) => quietHours === null || isWhole(quietHours, 1, HOURS_OF_A_WEEK),
    "quietHours is a whole number from 1 to 168, a week, or null",
  ],
  concurrency: [
    ({ concurrency }) => isWhole(concurrency, 2, 1000),
    "concurrency is a whole number from 2 to 1000, as Lambda wants it",
  ],
  protect: [({ protect }) => typeof protect === "boolean", "protect is true or false"],
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
  checkStage(settings.stage);
  for (const [name, value] of Object.entries(settings)) checkValue(settings, name, value);
  for (const check of COMBINATIONS) {
    const sentence = check(settings);
    if (sentence) throw new Error(sentence);
  }
}

function checkStage(stage: string): void {
  if (stage.length <= LONGEST_STAGE && /^[a-zA-Z0-9-]+$/.test(stage)) return;
  throw new Error(
    `A stage's name is at most ${LONGEST_STAGE} letters, digits and hyphens, and "${stage}" is not.`,
  );
}

function checkValue(settings: Settings, name: string, value: unknown): void {
  if (name === "stage" || name === "kind") return;
  if (!isSetting(name)) {
    throw new Error(`There is no setting ${name}: there are ${Object.keys(VALUES).join(", ")}.`);
  }
  const [holds, sentence] = VALUES[name];
  if (!holds(settings)) throw new Error(`The setting ${sentence}, not ${JSON.stringify(value)}.`);
}

function isSetting(name: string): name is Setting {
  return Object.hasOwn(VALUES, name);
}

function isListOf(list: unknown, known: string[]): boolean {
  if (!Array.isArray(list) || list.length === 0) return false;
  return new Set(list).size === list.length && list.every((item) => known.includes(item));
}

function isWhole(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** As Stripe takes a name of metadata: "Metadata", docs.stripe.com/metadata. */
function isMember(name: unknown): boolean {
  return name === null || (typeof name === "string" && /^[^[\]]{1,40}$/.test(name));
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
