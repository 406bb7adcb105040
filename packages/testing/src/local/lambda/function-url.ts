// A function's URL: an HTTP request becomes the event that Lambda gives the function, and its answer the response.
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { Throttled } from "./errors.ts";
import type { Runtime } from "./runtime.ts";

export type UrlRequest = Pick<IncomingMessage, "method" | "url" | "headers" | "headersDistinct">;

export type UrlAnswer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** Bytes of a request ("Lambda quotes", AWS Lambda Developer Guide: 6 MB). */
export const LARGEST_BODY = 6 * 1024 * 1024;

const DEFAULT = "$default";

/** Content types that Lambda hands over as text; everything else comes in base64. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml)\b|application\/[\w.+-]+\+(?:json|xml)\b)/i;

/** The event of payload format 2.0: header names in lower case, several values joined by commas. */
export function urlEvent(request: UrlRequest, body: Buffer, now: Date): LambdaFunctionURLEvent {
  const { method = "GET", url = "/", headers } = request;
  const [rawPath = "/", rawQueryString = ""] = url.split(/\?(.*)/s);
  const query = Object.fromEntries(new URLSearchParams(rawQueryString));
  const cookies = headers.cookie?.split(/; */);
  return {
    version: "2.0",
    routeKey: DEFAULT,
    rawPath,
    rawQueryString,
    ...(cookies && { cookies }),
    headers: { ...headersOf(request), "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" },
    ...(rawQueryString && { queryStringParameters: query }),
    requestContext: contextOf(headers, method, rawPath, now),
    ...bodyOf(body, headers),
  };
}

function headersOf({ headersDistinct }: UrlRequest): Record<string, string> {
  const { cookie: _, ...headers } = headersDistinct;
  return Object.fromEntries(Object.entries(headers).map(([name, values = []]) => [name, values.join(",")]));
}

function contextOf(
  { host = "", "user-agent": userAgent = "" }: IncomingHttpHeaders,
  method: string,
  path: string,
  now: Date,
) {
  return {
    accountId: "anonymous",
    apiId: "local",
    domainName: host,
    domainPrefix: "local",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent },
    requestId: crypto.randomUUID(),
    routeKey: DEFAULT,
    stage: DEFAULT,
    time: now.toUTCString(),
    timeEpoch: now.getTime(),
  };
}

/** What claims to be text and is no UTF-8 comes in base64 too, so that no byte is changed. */
function bodyOf(body: Buffer, headers: IncomingHttpHeaders) {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(headers["content-type"] ?? "") && headers["content-encoding"] === undefined;
  const text = isText ? utf8(body) : undefined;
  if (text !== undefined) return { body: text, isBase64Encoded: false };
  return { body: body.toString("base64"), isBase64Encoded: true };
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What the URL answers: 429 where no environment is free, 502 where the function failed. */
export async function invokeUrl(
  runtime: Pick<Runtime, "invoke">,
  event: LambdaFunctionURLEvent,
): Promise<UrlAnswer> {
  try {
    return answerOf(await runtime.invoke(event));
  } catch (error) {
    if (error instanceof Throttled) return plain(429, "Rate Exceeded.");
    return plain(502, "Internal Server Error");
  }
}

type Result = {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  body?: string;
  isBase64Encoded?: boolean;
};

/** What names no status is the body of a 200, as JSON. */
function answerOf(result: unknown): UrlAnswer {
  const { statusCode, headers = {}, body = "", isBase64Encoded = false } = (result ?? {}) as Result;
  if (statusCode === undefined)
    return { ...plain(200, JSON.stringify(result)), headers: { "content-type": "application/json" } };
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: isBase64Encoded ? Buffer.from(body, "base64") : body,
  };
}

function plain(status: number, body: string): UrlAnswer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
