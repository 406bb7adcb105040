import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StripeObject } from "./event.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { plainMembers } from "./plain-members.ts";
import { isSecretMember } from "./secret-members.ts";

const of = (members: JsonObject) => plainMembers({ object: "quote", ...members });

/** So many objects in each other, around a value. */
const nested = (levels: number, value: Json): Json =>
  Array.from({ length: levels }).reduce<Json>((inner) => ({ in: inner }), value);

describe("the bounds of what is nested", () => {
  it("are five names to a value", () => {
    expect(of({ own: nested(4, 1) })).toMatchObject({ members: { own: nested(4, 1) }, cut: [] });
    expect(of({ own: nested(5, 1) })).toMatchObject({ members: { object: "quote" }, cut: ["own"] });
  });

  it("are twenty-five entries of a list, the first", () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
    expect(of({ list: upTo(25) })).toMatchObject({ members: { list: upTo(25) }, cut: [] });
    expect(of({ list: upTo(26) })).toMatchObject({ members: { list: upTo(25) }, cut: ["list"] });
  });

  it("are two kilobytes of all that is nested, the smallest members first, and none by halves", () => {
    const sized = (bytes: number) => ({ a: "x".repeat(bytes - '{"n":{"a":""}}'.length) });
    const all = of({ b: sized(1_000), c: sized(1_048), d: sized(1_000), text: "y".repeat(3_000) });
    expect([Object.keys(all.members).sort(), all.cut]).toEqual([["b", "d", "object", "text"], ["c"]]);
    expect(of({ b: sized(1_000), c: sized(1_048) }).cut).toEqual([]);
  });

  it("are what Stripe itself gave of a list", () => {
    const data = [{ id: "li_1", object: "item" }];
    expect(of({ items: { object: "list", data, has_more: true } })).toEqual({
      members: { object: "quote", items: ["li_1"] },
      cut: ["items"],
    });
    expect(of({ items: { object: "list", data, has_more: false } }).cut).toEqual([]);
    expect(of({ items: { object: "list", data: "none" } })).toEqual({
      members: { object: "quote" },
      cut: [],
    });
  });
});

describe("a secret", () => {
  const NAMES = [
    "url client_secret token login_url hosted_invoice_url receipt_url image_url_png next_action cvc",
    "invoice_pdf pdf ephemeral_key payment_method_data account_number iban access_tokens redirect_to_url",
  ].flatMap((names) => names.split(" "));
  const PLAIN = ["status", "flow", "details", "items", "tokenized", "secretary", "curly", "number"];
  const SECRET = "do-not-keep";

  /** Values that are told apart by whether a secret name stands anywhere above them. */
  function values(isSecret: boolean, depth: number): fc.Arbitrary<Json> {
    const leaf = isSecret ? fc.constant(SECRET) : fc.constantFrom<Json>("kept", 1, true, null);
    if (depth === 0) return leaf;
    return fc.oneof(
      leaf,
      fc.array(values(isSecret, depth - 1), { maxLength: 3 }),
      objects(isSecret, depth - 1),
    );
  }

  function objects(isSecret: boolean, depth: number): fc.Arbitrary<JsonObject> {
    const plain = fc.dictionary(fc.constantFrom(...PLAIN), values(isSecret, depth), { maxKeys: 3 });
    const secret = fc.dictionary(fc.constantFrom(...NAMES), values(true, depth), { maxKeys: 2 });
    return fc.tuple(plain, secret).map(([some, others]) => ({ ...some, ...others }));
  }

  it("is not kept, however deep it stands under its name", () => {
    fc.assert(
      fc.property(objects(false, 5), (members) => {
        expect(JSON.stringify(of(members))).not.toContain(SECRET);
      }),
    );
  });

  it("is a link, a key or a client secret under any other name, too", () => {
    const texts = [
      "https://pay.example/x",
      "HTTP://x",
      "sk_live_1",
      "rk_1",
      "ek_test_1",
      "whsec_1",
      "seti_1_secret_2",
    ];
    for (const text of texts)
      expect(of({ own: text, more: { like: [text] } }).members).toEqual({ object: "quote" });
    expect(of({ own: "the https:// prefix", sk: "risk_1" }).members).toMatchObject({ sk: "risk_1" });
  });

  it("is not what is only named like one: a wallet's card, by its id", () => {
    const token = { object: "issuing.authorization", token: "ictok_1" };
    expect(plainMembers(token).members).toEqual(token);
    expect(
      plainMembers({ object: "issuing.card", number: "4242", last4: "4242" }).members,
    ).not.toHaveProperty("number");
    expect(isSecretMember("issuing.authorization.details.token", "token")).toBe(true);
  });
});

describe("the plain members of an object", () => {
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 7 },
      fc.constantFrom<Json>(null, true, 5, "text", { id: "x_1" }),
      fc.array(tie("value"), { maxLength: 40 }),
      fc.dictionary(fc.string({ maxLength: 8 }), tie("value"), { noNullPrototype: true }),
    ),
  })).value;
  const objects = fc.dictionary(fc.string({ minLength: 1 }), json, { noNullPrototype: true });

  /** The same data, its members written in the opposite order. */
  function turned(value: Json): Json {
    if (Array.isArray(value)) return value.map(turned);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, turned(inner)]),
    );
  }

  it("are the same in whatever order they were written", () => {
    fc.assert(
      fc.property(objects, (members) => {
        const object = { ...members, object: "quote" };
        expect(plainMembers(turned(object) as StripeObject)).toEqual(plainMembers(object));
      }),
    );
  });

  it("stay within their bounds", () => {
    fc.assert(
      fc.property(objects, (all) => {
        const { members } = of(all);
        const inner = Object.entries(members).filter(([, value]) => typeof value === "object");
        expect(JSON.stringify(Object.fromEntries(inner)).length).toBeLessThanOrEqual(2_048);
      }),
    );
  });
});
