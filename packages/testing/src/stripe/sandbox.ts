// One Stripe account in memory: its clock, its objects, what falls due, and the events it has sent.
import { type Random, seeded } from "../random.ts";
import { NEWEST_API_VERSION } from "./api-versions.ts";
import { type Calendar, calendar } from "./calendar.ts";
import { type Shape, shapeOf } from "./differences.ts";
import type { Request, StripeEvent } from "./event.ts";
import type { ObjectType, RecordOf, StripeRecord } from "./records.ts";
import type { Second } from "./second.ts";

export type Options = {
  /** The same seed gives the same ids, and with the same calls the same events. */
  seed: number;
  /** Seconds since the epoch: 1 November 2026 unless told otherwise. */
  start?: number;
  apiVersion?: string;
  livemode?: boolean;
  /** The Connect account that every event names. */
  account?: string;
  /** What becomes of a subscription after the last try to collect a renewal. */
  afterLastAttempt?: "cancel" | "unpaid";
  /** The billing mode of new subscriptions: the default of the API version unless told otherwise. */
  billing?: "classic" | "flexible";
  /** Whether a charge's `amount_refunded` falls when a refund fails, or stays until it is refunded again. */
  afterFailedRefund?: "falls" | "stays";
  /** The currency the account is paid out in, where it is another than it sells in: so much of it for one. */
  settlement?: { currency: string; rate: number } | null;
  /** Whether each customer is an account as well (Accounts v2). */
  accountsAsCustomers?: boolean;
  /** What the shop sells in, and its customers pay in: `usd` unless told otherwise. */
  currency?: string;
  /** Whether Checkout sessions say in their metadata what was bought: they do unless told otherwise. */
  tellsLines?: boolean;
  /** Whether subscribers plan their end, and end at once, in the customer portal: not unless told otherwise. */
  portal?: boolean;
};

export type Entry = {
  record: StripeRecord;
  /** As its newest event showed it. */
  shown: StripeRecord | null;
  /** False for what was there before the first event and has sent none since. */
  told: boolean;
  second: Second;
};

export type Sandbox = {
  readonly options: Required<Omit<Options, "account">> & { account: string | null };
  readonly shape: Shape;
  /** Decides what happens: with the same requests it is the same in every API version. */
  readonly random: Random;
  /** Decides what only some API versions have, or have at another time, such as the ids of events. */
  readonly apart: Random;
  readonly calendar: Calendar;
  readonly entries: Map<string, Entry>;
  /** The keys of `entries`, by object type, in the order of their creation. */
  readonly keys: Map<string, Set<string>>;
  readonly events: StripeEvent[];
  /** Seconds since the epoch. */
  now: number;
  /** The second of the newest event, which may be ahead of the clock. */
  newest: number;
  request: Request;
  /** While true, things happen and no event tells of them. */
  muted: boolean;
};

const FIRST_OF_NOVEMBER_2026 = 1_793_491_200;
const NO_REQUEST: Request = { id: null, idempotency_key: null };

export function openSandbox(options: Options): Sandbox {
  const settings = {
    start: FIRST_OF_NOVEMBER_2026,
    apiVersion: NEWEST_API_VERSION,
    livemode: false,
    account: null,
    afterLastAttempt: "cancel" as const,
    afterFailedRefund: "falls" as const,
    settlement: null,
    accountsAsCustomers: false,
    currency: "usd",
    tellsLines: true,
    portal: false,
    ...options,
  };
  const shape = shapeOf(settings.apiVersion);
  return {
    options: { billing: shape.flexibleBilling ? "flexible" : "classic", ...settings },
    shape,
    random: seeded(settings.seed),
    apart: seeded(~settings.seed),
    calendar: calendar(),
    entries: new Map(),
    keys: new Map(),
    events: [],
    now: settings.start,
    newest: settings.start,
    request: NO_REQUEST,
    muted: false,
  };
}

export function newId({ random }: Pick<Sandbox, "random">, prefix: string, length: number): string {
  return prefix + random.id(length);
}

/** An id that was used before may be born again, but not within the second of what was last told of it. */
export function create<R extends StripeRecord>(sandbox: Sandbox, record: R): R {
  const { second, told } = sandbox.entries.get(keyOf(record)) ?? {
    second: { at: 0, tellings: [] },
    told: false,
  };
  sandbox.entries.set(keyOf(record), { record, shown: null, told, second });
  const keys = sandbox.keys.get(record.object) ?? new Set();
  sandbox.keys.set(record.object, keys.add(keyOf(record)));
  return record;
}

/** A plan has the id of its price, and what a customer is entitled to has none but the customer's. */
const WITHOUT_OWN_ID: readonly string[] = ["plan", "entitlements.active_entitlement_summary"];

export function keyOf({ object, id }: { object: string; id: string }): string {
  return WITHOUT_OWN_ID.includes(object) ? `${object} ${id}` : id;
}

/** Changes what is known by now of the object that `record` is, or was, a snapshot of. */
export function change<R extends StripeRecord>(sandbox: Sandbox, record: R, changes: Partial<R>): R {
  const entry = entryOf(sandbox, keyOf(record));
  const changed = { ...(entry.record as R), ...changes };
  entry.record = changed;
  return changed;
}

/** @throws Error when there is no such object. */
export function find<Type extends ObjectType>(sandbox: Sandbox, type: Type, id: string): RecordOf<Type> {
  const record = entryOf(sandbox, keyOf({ object: type, id })).record;
  if (record.object !== type) throw new Error(`${id} is a ${record.object}, not a ${type}.`);
  return record as RecordOf<Type>;
}

export function entryOf(sandbox: Sandbox, id: string): Entry {
  const entry = sandbox.entries.get(id);
  if (entry === undefined) throw new Error(`There is no object with the id ${id}.`);
  return entry;
}

export function recordsOf<Type extends ObjectType>(sandbox: Sandbox, type: Type): RecordOf<Type>[] {
  const keys = [...(sandbox.keys.get(type) ?? [])];
  return keys.map((key) => entryOf(sandbox, key).record as RecordOf<Type>);
}

/** Runs what an API request asks for; its events name the request. */
export function requested<T>(sandbox: Sandbox, run: () => T): T {
  const { random } = sandbox;
  sandbox.request = {
    id: newId(sandbox, "req_", 14),
    idempotency_key: random.chance(0.5) ? random.id(36) : null,
  };
  try {
    return run();
  } finally {
    sandbox.request = NO_REQUEST;
  }
}

/** Puts off what Stripe does on its own. */
export function schedule(sandbox: Sandbox, at: number, run: () => void): void {
  sandbox.calendar.add({ at, run });
}

/** Lets the next thing happen that is due by then, and says whether there was one. */
export function happen(sandbox: Sandbox, until: number): boolean {
  const task = sandbox.calendar.take(until);
  if (task === undefined) return false;
  sandbox.now = Math.max(sandbox.now, task.at);
  task.run();
  return true;
}

/** Moves the clock, and everything that falls due by then happens in its order. */
export function advance(sandbox: Sandbox, seconds: number): void {
  const until = sandbox.now + seconds;
  while (happen(sandbox, until));
  sandbox.now = Math.max(sandbox.now, until);
}
