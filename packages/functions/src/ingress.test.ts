import { FIRST_SECOND, snapshotEvent, thinEvent } from "@stripe-lanes/testing/events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestOf, SECRET } from "./fixtures/request.ts";
import { type AdmitOptions, admit, type Request } from "./ingress.ts";

const NOW = FIRST_SECOND * 1000;
const OPTIONS: AdmitOptions = { secrets: [SECRET], source: "stripe-lanes.webhook", now: NOW };

const customer = { object: "customer", id: "cus_1", email: "ada@example.com" };
const EVENT = snapshotEvent({ id: "evt_1", type: "customer.updated", object: customer });
const BODY = JSON.stringify(EVENT);

const signed = (body: string, second = FIRST_SECOND, secret = SECRET) => requestOf(body, { second, secret });
const entryOf = (request: Request, options = OPTIONS) => {
  const admitted = admit(request, options);
  return "entry" in admitted ? admitted.entry : admitted;
};

const UNSIGNED = "The signature was not made of this body with a signing secret of this endpoint.";
const NO_EVENT = "The body is no Stripe event: it is no JSON object with a type.";

describe("a request that Stripe signed", () => {
  it("becomes an entry with its type and its body as it is", () => {
    expect(admit(signed(BODY), OPTIONS)).toEqual({
      eventId: "evt_1",
      entry: { Source: "stripe-lanes.webhook", DetailType: "customer.updated", Detail: BODY },
    });
  });

  it("may be in base64", () => {
    const request = { ...signed(BODY), body: Buffer.from(BODY).toString("base64"), isBase64Encoded: true };
    expect(entryOf(request)).toMatchObject({ Detail: BODY });
  });

  it("may bring a thin event, which constructEvent refuses", () => {
    const related = { id: "cus_1", type: "customer" };
    const thin = JSON.stringify(thinEvent({ id: "evt_2", type: "v1.customer.updated", related }));
    expect(entryOf(signed(thin))).toMatchObject({ DetailType: "v1.customer.updated", Detail: thin });
  });

  it("may bring what is no event yet that Stripe documents, for the stray lane to park", () => {
    const body = '{"object":"v3.core.event","type":"v3.customer.updated"}';
    expect(admit(signed(body), OPTIONS)).toMatchObject({ eventId: undefined, entry: { Detail: body } });
  });

  it.each([
    ["a number past 2^53", '{"type":"t","amount":9007199254740993}'],
    ["a number with zeros behind its point", '{"type":"t","rate":1.50000000000000000001}'],
    ["members twice", '{"type":"t","a":1,"a":2}'],
    ["white space", '{ "type" : "t" }\n'],
    ["characters outside ASCII", '{"type":"t","name":"Ada \u{1f600} \\ud83d\u2028"}'],
  ])("keeps its bytes: %s", (_, body) => {
    expect(entryOf(signed(body))).toMatchObject({ Detail: body });
  });

  it("keeps its bytes, whatever it holds, but for what SQS refuses", () => {
    const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const body = JSON.stringify({ ...members, type: "t" });
      const Detail = body.replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
      expect(entryOf(signed(body))).toEqual({ Source: OPTIONS.source, DetailType: "t", Detail });
    });
    fc.assert(property);
  });
});

describe("a signing secret", () => {
  const rolled = { ...OPTIONS, secrets: ["whsec_new", "whsec_old"] };

  it.each(rolled.secrets)("is any of those that are good while one is rolled: %s", (secret) => {
    expect(entryOf(signed(BODY, FIRST_SECOND, secret), rolled)).toMatchObject({ Detail: BODY });
  });

  it("that is none of them is refused", () => {
    expect(admit(signed(BODY), rolled)).toEqual({ status: 400, refusal: UNSIGNED });
  });

  it("makes one signature of several in a header good enough", () => {
    const { headers, ...request } = signed(BODY, FIRST_SECOND, "whsec_old");
    const [, other] = signed(BODY).headers["stripe-signature"]?.split(",") ?? [];
    const both = `${headers["stripe-signature"]},${other}`;
    expect(entryOf({ ...request, headers: { "stripe-signature": both } })).toMatchObject({ Detail: BODY });
  });
});

describe("a request that Stripe did not sign", () => {
  it.each([
    ["no header", { ...signed(BODY), headers: {} }, "The header stripe-signature is missing."],
    ["an empty header", { ...signed(BODY), headers: { "stripe-signature": "" } }, "The header stripe-sign"],
    ["a header that is none", { ...signed(BODY), headers: { "stripe-signature": "v1" } }, UNSIGNED],
    ["no signature", { ...signed(BODY), headers: { "stripe-signature": `t=${FIRST_SECOND}` } }, UNSIGNED],
    ["another secret", signed(BODY, FIRST_SECOND, "whsec_other"), UNSIGNED],
    ["another body", { ...signed(BODY), body: BODY.replace("ada@", "eve@") }, UNSIGNED],
    ["a body laid out anew", { ...signed(BODY), body: JSON.stringify(EVENT, null, 2) }, UNSIGNED],
    ["an empty body", signed(""), UNSIGNED],
    ["base64 taken for text", { ...signed(BODY), isBase64Encoded: true }, UNSIGNED],
  ])("is refused: %s", (_, request, sentence) => {
    expect(admit(request, OPTIONS)).toEqual({ status: 400, refusal: expect.stringContaining(sentence) });
  });

  it("is refused without a body at all", () => {
    const { body: _, ...request } = signed("");
    expect(admit(request, OPTIONS)).toEqual({ status: 400, refusal: UNSIGNED });
  });

  it("is refused wherever one byte of its body or its header differs", () => {
    const { headers, ...request } = signed(BODY);
    const header = headers["stripe-signature"] ?? "";
    const change = fc.record({ place: fc.nat(), by: fc.integer({ min: 1, max: 127 }) });
    fc.assert(
      fc.property(change, (inBody) => {
        expect(admit({ ...request, headers, body: changed(BODY, inBody) }, OPTIONS)).toHaveProperty(
          "status",
          400,
        );
      }),
    );
    fc.assert(
      fc.property(change, (inHeader) => {
        const tampered = { ...request, headers: { "stripe-signature": changed(header, inHeader) } };
        expect(admit(tampered, OPTIONS)).toHaveProperty("status", 400);
      }),
    );
  });

  function changed(text: string, { place, by }: { place: number; by: number }): string {
    const bytes = Buffer.from(text);
    const index = place % bytes.length;
    bytes.writeUInt8(bytes.readUInt8(index) ^ by, index);
    return bytes.toString();
  }
});

describe("a signature", () => {
  it("is good for 300 seconds", () => {
    expect(entryOf(signed(BODY, FIRST_SECOND - 300))).toMatchObject({ Detail: BODY });
    expect(admit(signed(BODY, FIRST_SECOND - 301), OPTIONS)).toEqual({
      status: 400,
      refusal: "The signature is older than 300 seconds.",
      metric: "WebhookRefused",
    });
  });

  it("that is old and false is said to be false", () => {
    const request = signed(BODY, FIRST_SECOND - 301, "whsec_other");
    expect(admit(request, OPTIONS)).toEqual({ status: 400, refusal: UNSIGNED });
  });
});

describe("a body that is no event", () => {
  it.each(["nonsense", "null", "[]", '"type"', "{}", '{"type":""}', '{"type":1}', '{"id":"evt_1"}'])(
    "is refused although it is signed: %s",
    (body) => {
      expect(admit(signed(body), OPTIONS)).toEqual({
        status: 400,
        refusal: NO_EVENT,
        metric: "WebhookRefused",
      });
    },
  );
});

describe("an event that has no way to the worker", () => {
  const typed = (bytes: number) => JSON.stringify({ type: "t", padding: "é".repeat(bytes >> 1) });

  it("is refused for its depth, with a metric", () => {
    const body = `{"type":"t","id":"evt_1","deep":${"[".repeat(1_000)}${"]".repeat(1_000)}}`;
    expect(admit(signed(body), OPTIONS)).toEqual({
      status: 400,
      refusal: "The event is nested deeper than 990 levels.",
      eventId: "evt_1",
      metric: "WebhookRefused",
    });
  });

  it("is refused with its size: it is larger than EventBridge takes, and names no event to fetch", () => {
    expect(admit(signed(typed(1_048_576)), OPTIONS)).toEqual({
      status: 413,
      refusal: "The event takes 1048622 bytes, and EventBridge 1048576 at most.",
      eventId: undefined,
      metric: "WebhookTooLarge",
    });
  });
});
