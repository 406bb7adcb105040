// What a team sets for each stage, and what a stage gets where nothing is set.
import type { Kind } from "./stage-name.ts";

/** The app's name, with which and the stage's everything is named that has a name of its own. */
export const APP = "stripe-lanes";

export type Settings = {
  stage: string;
  kind: Kind;
  region: string;
  /** Of which of Stripe's modes events are taken; an event of the other one is parked (D16). */
  mode: "live" | "test";
  /** The partner event source, `aws.partner/stripe.com/ed_…`; null where Stripe has no such destination. */
  source: string | null;
  /** The partner bus is there already, associated by hand or by another stage: it is used, and never deleted. */
  adoptBus: boolean;
  /** A URL that takes Stripe's signed webhooks. With a source as well, the ledger makes the copies duplicates (D6). */
  webhook: boolean;
  /** The most webhooks at one time, so that a flood of requests leaves the worker its share; null for no limit. */
  webhookConcurrency: number | null;
  /** Events of a kind that is not named here match no rule: EventBridge drops them without a word. */
  payloads: ("snapshot" | "thin")[];
  /** Whether events of connected accounts are taken. */
  connect: boolean;
  /** How many lanes there are besides the one for the rest. */
  lanes: number;
  /** Stripe can resend for 30 days: a ledger that forgets earlier counts an event twice (D6). */
  ledgerDays: number;
  /** Whether rows keep the whole Stripe objects beside their states, compressed (D13). */
  raw: boolean;
  /**
   * The metadata member by whose value `customerOf` finds a customer, beside Checkout's `client_reference_id`: an id of your
   * own, such as `user_id`. Null for none.
   */
  customerReference: string | null;
  /** The metadata member whose value is in the customer's profile, and lists it: such as `tenant_id`. Null for none. */
  label: string | null;
  /**
   * `none` where the Stripe account had no customers before the first deployment; shown after each deployment, for the
   * apps that read the table: with it their refusals of access can be certain (D22).
   */
  history: "none" | "unknown";
  /** Whole events are logged, for a first look in test mode; else a stage that is not personal logs their ids. */
  logEvents: boolean;
  /** How long a bus's archive can be replayed; null for no archive. */
  archiveDays: number | null;
  /** Without one the alarms are there and tell nobody. */
  alarmEmail: string | null;
  /** Whether there is a dashboard, which costs more than all alarms together. */
  dashboard: boolean;
  /** Hours without any event after which that is an alarm; null for none. */
  quietHours: number | null;
  /** Workers at one time, which share Stripe's rate limit (D12). */
  concurrency: number;
  /** Whether Pulumi refuses to delete what events or rows are lost with. */
  protect: boolean;
};

export type StageSettings = Partial<Omit<Settings, "stage" | "kind">>;

/**
 * What a team edits: settings of each kind of stage and, over those, of a personal stage by its name (`ada: { … }`).
 * All sets of rules are on, since a rule costs nothing and a missing one loses events.
 */
export const STAGES: Record<Kind, StageSettings> & Record<string, StageSettings> = {
  production: { mode: "live", quietHours: 24, concurrency: 10, dashboard: true },
  staging: { mode: "test" },
  personal: { mode: "test", protect: false, archiveDays: 7, lanes: 4 },
};

export const DEFAULTS = {
  region: "us-east-1",
  mode: "test",
  source: null,
  adoptBus: false,
  webhookConcurrency: null,
  payloads: ["snapshot", "thin"],
  connect: true,
  lanes: 16,
  ledgerDays: 90,
  raw: false,
  customerReference: null,
  label: null,
  history: "unknown",
  logEvents: false,
  archiveDays: 90,
  dashboard: false,
  alarmEmail: null,
  quietHours: null,
  concurrency: 2,
  protect: true,
} satisfies StageSettings;

/** For what SST and Pulumi name at random, or not after the stage. */
export function nameOf({ stage }: Pick<Settings, "stage">, what: string): string {
  return `${APP}-${stage}-${what}`;
}

/** SST's `removal` keeps tables and buckets only; nothing else that events or rows are lost with. */
export function kept({ protect }: Settings): { protect: boolean; retainOnDelete: boolean } {
  return { protect, retainOnDelete: protect };
}
