import { createHmac } from "node:crypto";
import { FIRST_SECOND, snapshotEvent } from "@stripe-lanes/testing/events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestOf, SECRET } from "./fixtures/request.ts";
import { type AdmitOptions, admit, type Request } from "./ingress.ts";

const OPTIONS: AdmitOptions = {
  secrets: [SECRET],
  source: "stripe-lanes.webhook",
  now: FIRST_SECOND * 1000,
};
const object = { object: "customer", id: "cus_1" };
const BODY = JSON.stringify(snapshotEvent({ id: "evt_1", type: "customer.updated", object }));

const requestWith = (header: string | undefined, body: Request["body"] = BODY): Request => ({
  ...(body !== undefined && { body }),
  isBase64Encoded: false,
  headers: header === undefined ? {} : { "stripe-signature": header },
});

const hmac = (t: string, secret = SECRET) =>
  createHmac("sha256", secret).update(`${t}.${BODY}`).digest("hex");
const GOOD = hmac(String(FIRST_SECOND));

describe("a signature header that no signature is in", () => {
  it.each([
    "t=1,v1=",
    "t=1,v1",
    "v1=,v1=abc",
    "t=,v1=abc",
    "t=NaN,v1=abc",
    `t=${FIRST_SECOND}`,
    `t=${FIRST_SECOND},v1=`,
    `t=${FIRST_SECOND},v1`,
    `t=${FIRST_SECOND},v0=${GOOD}`,
    `t=${FIRST_SECOND},V1=${GOOD}`,
    `t=${FIRST_SECOND},v1=${GOOD.toUpperCase()}`,
    `t=${FIRST_SECOND},v1=${GOOD.slice(1)}`,
    `t=${FIRST_SECOND},v1=${GOOD}0`,
    `t=-1,v1=${GOOD}`,
    `t=1e99,v1=${GOOD}`,
    `t=${FIRST_SECOND + 1},v1=${GOOD}`,
    `v1=${GOOD}`,
    ",",
    "=",
    "=,=",
    "t",
    " ",
    "__proto__=1,t=1,v1=constructor",
    "t=१,v1=é",
    "v1=".repeat(100_000),
    "v1=a,".repeat(20_000),
    `t=1,v1=${"f".repeat(1_000_000)}`,
  ])("is answered 400, in one sentence: %#", (header) => {
    const refused = admit(requestWith(header), OPTIONS);
    expect(refused).toEqual({ status: 400, refusal: expect.stringMatching(/^The [^.]+\.$/) });
  });

  const item = fc.oneof(
    fc.tuple(fc.constantFrom("t", "v1", "v0", "V1", "T", ""), fc.constantFrom("=", "", "==", " = ")),
    fc.tuple(fc.string({ maxLength: 3 }), fc.constant("=")),
  );
  const value = fc.oneof(
    fc.constantFrom("", "NaN", "-1", "Infinity", "1e99", "0x10", String(FIRST_SECOND), "9".repeat(400)),
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[0-9a-f]{64}$/),
  );
  const items = fc.array(fc.tuple(item, value).map(([[name, sign], text]) => `${name}${sign}${text}`));
  const header = fc.oneof(
    items.map((list) => list.join(",")),
    fc.string({ unit: "binary" }),
    fc.constant(undefined),
  );
  const body = fc.oneof(fc.constant(BODY), fc.constant(undefined), fc.string(), fc.base64String());

  it("is answered 400 whatever its shape, its body and their encoding, and nothing is thrown", () => {
    const request = fc.record({ header, body, isBase64Encoded: fc.boolean() });
    fc.assert(
      fc.property(request, ({ isBase64Encoded, ...told }) => {
        const refused = admit({ ...requestWith(told.header, told.body), isBase64Encoded }, OPTIONS);
        expect(refused).toEqual({ status: 400, refusal: expect.stringMatching(/^The [^.]+\.$/) });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("an invocation that is no request", () => {
  it.each([
    {},
    { headers: null },
    { headers: {}, body: null },
    { headers: { "stripe-signature": ["t=1"] }, body: {} },
  ])("is answered 400: %j", (event) => {
    expect(admit(event as unknown as Request, OPTIONS)).toMatchObject({ status: 400 });
    const encoded = { ...event, isBase64Encoded: true } as unknown as Request;
    expect(admit(encoded, OPTIONS)).toMatchObject({ status: 400 });
  });
});

describe("a signature header that repeats its items", () => {
  it("is good where one of its signatures is: a function's URL joins headers that are sent twice", () => {
    const [one, other] = [
      requestOf(BODY, { second: FIRST_SECOND }),
      `t=${FIRST_SECOND},v1=${"0".repeat(64)}`,
    ];
    const header = `${other},${one.headers["stripe-signature"]}`;
    expect(admit(requestWith(header), OPTIONS)).toHaveProperty("entry.Detail", BODY);
  });
});

describe("the metric of a refusal", () => {
  it("is there for what is signed only, since anybody may send the rest", () => {
    const signed = (text: string, second = FIRST_SECOND) => admit(requestOf(text, { second }), OPTIONS);
    const large = JSON.stringify({ type: "t", padding: "x".repeat(1_048_576) });
    expect(signed(large)).toHaveProperty("metric", "WebhookTooLarge");
    expect(signed("[]")).toHaveProperty("metric", "WebhookRefused");
    expect(signed(BODY, FIRST_SECOND - 301)).toHaveProperty("metric", "WebhookRefused");
    const forged = requestOf("[]", { second: FIRST_SECOND, secret: "whsec_other" });
    expect(admit(forged, OPTIONS)).not.toHaveProperty("metric");
    expect(admit({ ...forged, headers: {} }, OPTIONS)).not.toHaveProperty("metric");
  });
});
