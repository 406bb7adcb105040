// What is written to a log group, stream by stream, and read from it.
import { alreadyExists, invalidParameter, notFound, requiredText } from "./errors.ts";
import { groupOf } from "./groups.ts";
import { checkAllowed } from "./policies.ts";
import type { LogLine, LogsOperation } from "./state.ts";

const HOUR = 3_600_000;
/** Lines outside of this are not kept, and the request succeeds ("PutLogEvents", `rejectedLogEventsInfo`). */
const OLDEST = 14 * 24 * HOUR;
const NEWEST = 2 * HOUR;

/** "CreateLogStream". Throws AccessDeniedException unless a policy allows it, and ResourceAlreadyExistsException. */
export const createLogStream: LogsOperation = (turn, input) => {
  const group = groupOf(turn.state, input);
  const stream = requiredText(input, "logStreamName");
  checkAllowed(turn, "logs:CreateLogStream", group, stream);
  if (group.streams.has(stream)) throw alreadyExists("log stream");
  group.streams.set(stream, []);
  return {};
};

/**
 * "PutLogEvents": lines that are too old or too new are left out, and the answer says which. Throws
 * AccessDeniedException, ResourceNotFoundException and InvalidParameterException.
 */
export const putLogEvents: LogsOperation = (turn, input) => {
  const group = groupOf(turn.state, input);
  const stream = requiredText(input, "logStreamName");
  checkAllowed(turn, "logs:PutLogEvents", group, stream);
  const lines = group.streams.get(stream);
  if (!lines) throw notFound("log stream");
  const given = linesOf(input.logEvents, turn.now);
  const kept = given.filter(
    ({ timestamp }) => timestamp >= turn.now - OLDEST && timestamp <= turn.now + NEWEST,
  );
  lines.push(...kept);
  return kept.length < given.length ? { rejectedLogEventsInfo: rejectedOf(given, turn.now) } : {};
};

/** All lines of a group in the order of their time; `filterPattern` is a text in double quotes, or none. */
export const filterLogEvents: LogsOperation = ({ state }, input) => {
  const { streams } = groupOf(state, input);
  const wanted = patternOf(input.filterPattern);
  const events = [...streams]
    .flatMap(([logStreamName, lines]) => lines.map((line) => ({ logStreamName, ...line })))
    .filter(({ message }) => message.includes(wanted));
  return { events: events.toSorted((a, b) => a.timestamp - b.timestamp) };
};

function linesOf(events: unknown, now: number): LogLine[] {
  if (!Array.isArray(events) || events.length === 0) throw invalidParameter("logEvents must not be empty.");
  return events.map(({ timestamp, message }: Record<string, unknown>) => {
    if (typeof timestamp !== "number" || Number.isNaN(timestamp))
      throw invalidParameter("The timestamp of a log event must be a number.");
    if (typeof message !== "string" || message === "")
      throw invalidParameter("The message of a log event must be a text that is not empty.");
    return { timestamp, message, ingestionTime: now };
  });
}

function rejectedOf(lines: readonly LogLine[], now: number) {
  const tooOld = lines.findLastIndex(({ timestamp }) => timestamp < now - OLDEST);
  const tooNew = lines.findIndex(({ timestamp }) => timestamp > now + NEWEST);
  return {
    ...(tooOld !== -1 && { tooOldLogEventEndIndex: tooOld + 1 }),
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
  };
}

function patternOf(pattern: unknown): string {
  if (pattern === undefined || pattern === "") return "";
  const quoted = /^"(.*)"$/s.exec(String(pattern))?.[1];
  if (quoted === undefined) throw invalidParameter("filterPattern must be a text in double quotes here.");
  return quoted;
}
