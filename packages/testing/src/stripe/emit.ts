// Sends events: an object as it is now, and on an update what changed since its event before.
import type { PreviousAttributes, StripeEvent, StripeObject } from "./event.ts";
import { isEmpty, previousAttributes } from "./previous.ts";
import type { StripeRecord } from "./records.ts";
import { render } from "./render.ts";
import { type Entry, entryOf, keyOf, newId, type Sandbox } from "./sandbox.ts";
import { isDecidable, type Telling } from "./second.ts";

/**
 * Tells of one change, in as many events as Stripe sends for it. An update that changed nothing is not told.
 * The event waits for the next second where this one would hide which state was the last.
 */
export function emit(sandbox: Sandbox, record: StripeRecord, ...types: string[]): void {
  const entry = entryOf(sandbox, keyOf(record));
  const found = entry.shown;
  entry.shown = entry.record;
  if (sandbox.muted) return;
  for (const type of types) tell(sandbox, entry, found, type);
}

/** What no event tells of: a later one says what has changed since. */
export function keepQuiet(sandbox: Sandbox, record: StripeRecord): void {
  const entry = entryOf(sandbox, keyOf(record));
  entry.shown = entry.record;
}

function tell(sandbox: Sandbox, entry: Entry, found: StripeRecord | null, type: string): void {
  const object = render(entry.record, sandbox);
  const previous = isUpdate(type) && found ? previousAttributes(render(found, sandbox), object) : null;
  if (previous !== null && isEmpty(previous)) return;
  keepDecidable(sandbox, entry, { type, record: entry.record, object, previous });
  entry.told = true;
  send(sandbox, type, object, previous);
}

/** The few updates that have another name tell of the state before as well. */
function isUpdate(type: string): boolean {
  return type.endsWith(".updated") || UPDATES.includes(type);
}

const UPDATES: readonly string[] = ["payment_method.automatically_updated", "payment_method.detached"];

function keepDecidable(sandbox: Sandbox, entry: Entry, telling: Telling): void {
  sandbox.newest = Math.max(sandbox.newest, sandbox.now);
  const isSameSecond = entry.second.at === sandbox.newest;
  if (isSameSecond && !isDecidable(entry.second.tellings, telling)) sandbox.newest += 1;
  if (entry.second.at !== sandbox.newest) entry.second = { at: sandbox.newest, tellings: [] };
  entry.second.tellings.push(telling);
}

/** Tells of an object that does not exist yet and so has no id. */
export function emitWithoutId(sandbox: Sandbox, record: StripeRecord, type: string): void {
  if (sandbox.muted) return;
  const { id: _, ...object } = render(record, sandbox);
  send(sandbox, type, object as StripeObject, null);
}

function send(
  sandbox: Sandbox,
  type: string,
  object: StripeObject,
  previous: PreviousAttributes | null,
): void {
  const { account, apiVersion, livemode } = sandbox.options;
  sandbox.newest = Math.max(sandbox.newest, sandbox.now);
  const event: StripeEvent = {
    id: newId({ random: sandbox.apart }, "evt_1", 23),
    object: "event",
    ...(account === null ? {} : { account }),
    api_version: apiVersion,
    created: sandbox.newest,
    data: previous === null ? { object } : { object, previous_attributes: previous },
    livemode,
    pending_webhooks: 1 + sandbox.apart.integer(3),
    request: { ...sandbox.request },
    type,
  };
  sandbox.events.push(event);
}
