// What people have is often wrapped: in Stripe's lists, in EventBridge's envelopes, in records of SQS, Lambda and CloudWatch.
import { gunzipSync } from "node:zlib";
import { isObject, type JsonObject } from "@stripe-lanes/core/json";

/** What a wrapper holds: JSON, or texts that hold JSON themselves. */
export type Wrapped = { entries: unknown[]; texts: string[]; isPage: boolean };

/** Whether it means to be a Stripe event; the worker checks that it is one. */
export function isEvent(json: JsonObject): boolean {
  if (json.object === "event" || json.object === "v2.core.event") return true;
  if (typeof json.object === "string") return false;
  return typeof json.id === "string" && json.id.startsWith("evt_");
}

/** What the wrapper holds; undefined where it is none. */
export function unwrapped(json: unknown): Wrapped | undefined {
  if (Array.isArray(json)) return holding(json);
  if (!isObject(json) || isEvent(json)) return undefined;
  for (const unwrap of UNWRAPPERS) {
    const wrapped = unwrap(json);
    if (wrapped !== undefined) return wrapped;
  }
  return undefined;
}

type Unwrapper = (json: JsonObject) => Wrapped | undefined;

/** The first that knows it counts. */
const UNWRAPPERS: Unwrapper[] = [
  // Stripe's API: a page of a list, in v1 and v2; `stripe events list` prints it too.
  ({ object, data, has_more, next_page_url }) => {
    const isList = Array.isArray(data) && (object === "list" || next_page_url !== undefined);
    return isList ? { ...holding(data), isPage: has_more === true || Boolean(next_page_url) } : undefined;
  },
  // EventBridge's envelope.
  (json) => (isObject(json.detail) && "detail-type" in json ? holding([json.detail]) : undefined),
  // Lambda's records, of which SQS, SNS and Kinesis have their own.
  ({ Records }) => (Array.isArray(Records) ? holding(Records) : undefined),
  // `aws sqs receive-message`.
  ({ Messages }) => (Array.isArray(Messages) ? holding(Messages) : undefined),
  // An SQS message, in a record or as it was received, and a request to a function URL or an API gateway.
  ({ body, Body = body, isBase64Encoded }) => {
    if (typeof Body !== "string") return undefined;
    return holding([], [isBase64Encoded === true ? Buffer.from(Body, "base64").toString() : Body]);
  },
  // An SNS notification in a record.
  ({ Sns }) => (isObject(Sns) && typeof Sns.Message === "string" ? holding([], [Sns.Message]) : undefined),
  // The input of `aws events put-events`.
  ({ Entries }) => (Array.isArray(Entries) ? holding(Entries) : undefined),
  ({ DetailType, Detail }) =>
    typeof DetailType === "string" && typeof Detail === "string" ? holding([], [Detail]) : undefined,
  // What CloudWatch Logs hands to Lambda: packed, and in base64.
  ({ awslogs }) =>
    isObject(awslogs) && typeof awslogs.data === "string" ? holding([], [unpacked(awslogs.data)]) : undefined,
  // `aws logs filter-log-events` and `get-log-events`.
  ({ events }) => (Array.isArray(events) && events.every(isLogEvent) ? holding(events) : undefined),
  // A CloudWatch Logs subscription.
  ({ logEvents }) => (Array.isArray(logEvents) ? holding(logEvents) : undefined),
  // `aws logs get-query-results`, which has a list of fields for each line.
  ({ results }) =>
    Array.isArray(results) && results.every(isQueryRow) ? holding(results.flat()) : undefined,
  ({ field, value }) => {
    if (typeof field !== "string") return undefined;
    return holding([], field === "@message" && typeof value === "string" ? [value] : []);
  },
  // A log event, or a line of Lambda's JSON log format.
  (json) => {
    const { message } = json;
    if (!isLogEvent(json)) return undefined;
    return typeof message === "string" ? holding([], [message]) : holding([message]);
  },
];

function holding(entries: unknown[], texts: string[] = []): Wrapped {
  return { entries, texts, isPage: false };
}

/** A text that is no JSON where it is not packed as it should be. */
function unpacked(base64: string): string {
  try {
    return gunzipSync(Buffer.from(base64, "base64")).toString();
  } catch {
    return base64;
  }
}

function isLogEvent(json: unknown): boolean {
  if (!isObject(json) || !("timestamp" in json)) return false;
  return typeof json.message === "string" || isObject(json.message);
}

function isQueryRow(json: unknown): boolean {
  return Array.isArray(json) && json.every((field) => isObject(field) && typeof field.field === "string");
}
