// What a function's URL makes of a request, and of the function's answer.
import { describe, expect, it } from "vitest";
import { FunctionError, Throttled } from "./errors.ts";
import { invokeUrl, type UrlRequest, urlEvent } from "./function-url.ts";

const NOW = new Date("2026-11-28T10:00:00Z");

type Given = Partial<UrlRequest> & { body?: string | Buffer };

function eventOf({ body = "", headersDistinct = {}, ...request }: Given) {
  const headers = Object.fromEntries(
    Object.entries(headersDistinct).map(([name, all]) => [name, all?.join(", ")]),
  );
  return urlEvent({ method: "POST", url: "/", headers, headersDistinct, ...request }, Buffer.from(body), NOW);
}

const json = { "content-type": ["application/json"] };

describe("the event of a function's URL", () => {
  it("has the path, the query and the method of the request", () => {
    const event = eventOf({ url: "/webhook?a=1&a=2&b=%20", method: "PUT" });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/webhook",
      rawQueryString: "a=1&a=2&b=%20",
      queryStringParameters: { b: " " },
      requestContext: {
        http: { method: "PUT", path: "/webhook", protocol: "HTTP/1.1" },
        timeEpoch: NOW.getTime(),
      },
    });
    expect(eventOf({ url: "/a?b?c" })).toMatchObject({ rawPath: "/a", rawQueryString: "b?c" });
  });

  it("joins the values of a header with commas, without a space between", () => {
    const { headers } = eventOf({ headersDistinct: { "stripe-signature": ["t=1,v1=a", "v1=b"] } });
    expect(headers["stripe-signature"]).toBe("t=1,v1=a,v1=b");
  });

  it("has cookies apart from the headers", () => {
    const event = eventOf({ headersDistinct: { cookie: ["a=1; b=2"], ...json } });
    expect(event.cookies).toEqual(["a=1", "b=2"]);
    expect(event.headers).not.toHaveProperty("cookie");
  });

  it.each(["application/json", "application/json; charset=utf-8", "text/plain", "application/vnd.x+json"])(
    "hands %s over as text, as it was sent",
    (type) => {
      const body = '\ufeff{"a": "ü😀" }\r\n';
      const event = eventOf({ body, headersDistinct: { "content-type": [type] } });
      expect(event).toMatchObject({ body, isBase64Encoded: false });
    },
  );

  it.each<[name: string, given: Given]>([
    ["of no content type", { body: "{}" }],
    ["of a form", { body: "{}", headersDistinct: { "content-type": ["application/x-www-form-urlencoded"] } }],
    ["of bytes", { body: "{}", headersDistinct: { "content-type": ["application/octet-stream"] } }],
    ["that is compressed", { body: "{}", headersDistinct: { ...json, "content-encoding": ["gzip"] } }],
    [
      "that claims to be text and is no UTF-8",
      { body: Buffer.from([0x7b, 0xff, 0x7d]), headersDistinct: json },
    ],
  ])("hands a body %s over in base64", (_, given) => {
    const { body, isBase64Encoded } = eventOf(given);
    expect(isBase64Encoded).toBe(true);
    expect(Buffer.from(body ?? "", "base64")).toEqual(Buffer.from(given.body ?? ""));
  });

  it("has no body where none was sent", () => {
    expect(eventOf({ headersDistinct: json })).not.toHaveProperty("body");
  });
});

describe("what a function's URL answers", () => {
  const answer = (result: unknown) => invokeUrl({ invoke: async () => result }, eventOf({}));
  const failure = (error: Error) => invokeUrl({ invoke: () => Promise.reject(error) }, eventOf({}));

  it("is what the function says", async () => {
    expect(await answer({ statusCode: 400, headers: { "x-a": 1 }, body: "no" })).toEqual({
      status: 400,
      headers: { "x-a": "1" },
      body: "no",
    });
    const body = Buffer.from([1, 2]);
    expect(
      await answer({ statusCode: 200, body: body.toString("base64"), isBase64Encoded: true }),
    ).toMatchObject({
      body,
    });
  });

  it("is a 200 with JSON where the function names no status", async () => {
    expect(await answer({ a: 1 })).toEqual({
      status: 200,
      headers: { "content-type": "application/json" },
      body: '{"a":1}',
    });
    expect(await answer(null)).toMatchObject({ status: 200, body: "null" });
  });

  it("is 429 where no environment is free, and 502 without a reason where the function failed", async () => {
    expect(await failure(new Throttled("busy"))).toMatchObject({ status: 429 });
    const failed = await failure(new FunctionError("Error", "a secret"));
    expect(failed).toMatchObject({ status: 502, body: "Internal Server Error" });
  });
});
