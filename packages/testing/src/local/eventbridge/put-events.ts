// PutEvents: each entry becomes an event on its bus, or fails on its own.
import { archive } from "./archives.ts";
import { ACCOUNT, DEFAULT_BUS, nameIn, REGION } from "./arn.ts";
import { isoSeconds } from "./deliveries.ts";
import { invalid, violated } from "./errors.ts";
import { isEscaped } from "./escapes.ts";
import { ESCAPES, type EventBridgeEvent } from "./event.ts";
import { isObject } from "./flat.ts";
import { type Input, list, optionalText, parsedJson, texts } from "./input.ts";
import { route } from "./route.ts";
import type { Bus, Operation, Reply, Turn } from "./state.ts";

type Refused = { readonly refusal: { readonly ErrorCode: string; readonly ErrorMessage: string } };
type Accepted = { readonly detail: Record<string, unknown>; readonly bus: Bus | undefined };

const MAX_ENTRIES = 10;
/** In bytes, of all entries together. */
const MAX_SIZE = 1024 * 1024;
const TIME_SIZE = 14;
const MALFORMED = "Detail is malformed.";
const LONGEST_CHARACTER = 3;

/**
 * "PutEvents": an entry fails by its ErrorCode, and the caller sends that one again. Throws ValidationException for
 * the whole request when it has not 1 to 10 entries or more than 1 MiB.
 */
export const putEvents: Operation = (turn, input) => {
  const entries = entriesOf(input);
  const checkedEntries = entries.map((entry) => ({ entry, ...checked(turn, entry) }));
  const results = checkedEntries.map((entry) => ("refusal" in entry ? entry.refusal : put(turn, entry)));
  const failed = results.filter((result) => "ErrorCode" in result).length;
  turn.state.metrics.putEventsEntries += entries.length;
  turn.state.metrics.putEventsFailedEntries += failed;
  return { FailedEntryCount: failed, Entries: results };
};

function entriesOf(input: Input): readonly Input[] {
  const entries = list(input, "Entries");
  const size = `[${entries.length} entries]`;
  if (entries.length === 0) throw violated(size, "entries", "have length greater than or equal to 1");
  if (entries.length > MAX_ENTRIES) throw violated(size, "entries", "have length less than or equal to 10");
  if (isTooLarge(entries)) throw invalid("Total size of the entries in the request is over the limit.");
  return entries;
}

function put(turn: Turn, { entry, bus, detail }: Accepted & { entry: Input }): Reply {
  const at = typeof entry.Time === "number" ? entry.Time * 1000 : turn.now;
  const event = {
    ...eventOf(entry, detail, nextEventId(turn), at),
    ...(turn.state.keepsEscapes && isEscaped(String(entry.Detail)) && { [ESCAPES]: true }),
  };
  if (bus) {
    archive(turn.state, bus, event, at);
    route(turn, bus, event);
  } else {
    turn.state.metrics.eventsForNoBus++;
    turn.effects.push({ kind: "dropped", event, why: `there is no bus ${String(entry.EventBusName)}` });
  }
  return { EventId: event.id };
}

function checked({ state }: Turn, entry: Input): Accepted | Refused {
  const missing = ["Source", "DetailType", "Detail"].find((member) => !optionalText(entry, member));
  if (missing) {
    const reason = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return refused("InvalidArgument", reason);
  }
  const bus = state.buses.get(nameIn(optionalText(entry, "EventBusName") ?? DEFAULT_BUS));
  if (String(entry.Source).startsWith("aws.") && !bus?.partner) {
    return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  const detail = parsedDetail(String(entry.Detail));
  return detail ? { bus, detail } : refused("MalformedDetail", MALFORMED);
}

function refused(code: string, message: string): Refused {
  return { refusal: { ErrorCode: code, ErrorMessage: message } };
}

function parsedDetail(detail: string): Record<string, unknown> | undefined {
  try {
    const parsed = parsedJson(detail, MALFORMED);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function eventOf(entry: Input, detail: Accepted["detail"], id: string, at: number): EventBridgeEvent {
  return {
    version: "0",
    id,
    "detail-type": String(entry.DetailType),
    source: String(entry.Source),
    account: ACCOUNT,
    time: isoSeconds(at),
    region: REGION,
    resources: texts(entry, "Resources"),
    detail,
  };
}

function isTooLarge(entries: readonly Input[]): boolean {
  const parts = entries.flatMap((entry) => [
    entry.Source,
    entry.DetailType,
    entry.Detail,
    ...texts(entry, "Resources"),
  ]);
  const text = parts.filter((part) => typeof part === "string").join("");
  if (text.length * LONGEST_CHARACTER + entries.length * TIME_SIZE <= MAX_SIZE) return false;
  const times = entries.filter((entry) => entry.Time !== undefined).length * TIME_SIZE;
  return new TextEncoder().encode(text).length + times > MAX_SIZE;
}

/** A UUID in form only: it counts, so that a run can be repeated. */
function nextEventId({ state }: Turn): string {
  const digits = (++state.lastNumber).toString(16).padStart(12, "0");
  return `00000000-0000-4000-8000-${digits}`;
}
