import { Malformed, Unauthorized, Unavailable } from "@stripe-lanes/core/errors";
import type { FetchRequest } from "@stripe-lanes/core/fetch";
import { describe, expect, it } from "vitest";
import { type NoReply, type Reply, startStripeApi } from "./fixtures/stripe-api.ts";
import { stripePort } from "./stripe.ts";

/** The second of every answer, since the epoch. */
const DATE = 1_780_000_000;
const KEY = "sk_test_1";

const customer = { object: "customer", id: "cus_1", email: "ada@example.com" };
const wanted: FetchRequest = { account: null, objectType: "customer", id: "cus_1", url: null };

function missing(message = "No such customer: 'cus_1'", code = "resource_missing"): Reply {
  return { status: 404, date: DATE, body: { error: { type: "invalid_request_error", code, message } } };
}

type Given = { reply?: Reply | NoReply; rate?: number; timeout?: number };

async function givenStripe({ reply = { body: customer, date: DATE }, rate = 100, timeout }: Given = {}) {
  const { api, asked, close } = await startStripeApi(() => reply);
  const patience = timeout === undefined ? {} : { timeout };
  const stripe = stripePort({ key: KEY, rate, now: () => 0, api: { ...api, ...patience } });
  return { stripe, asked, close };
}

describe("an object", () => {
  it("is fetched by its type and id, with the key", async () => {
    const { stripe, asked } = await givenStripe();
    expect((await stripe.fetch(wanted)).object).toEqual(customer);
    expect(asked).toMatchObject([
      { method: "GET", url: "/v1/customers/cus_1", headers: { authorization: `Bearer ${KEY}` } },
    ]);
    expect(asked[0]?.headers).not.toHaveProperty("stripe-account");
  });

  it.each([
    ["subscription", "sub_1", "/v1/subscriptions/sub_1"],
    ["plan", "gold/2 ü?", "/v1/plans/gold%2F2%20%C3%BC%3F"],
  ])("is found where Stripe keeps it: %s %s", async (objectType, id, path) => {
    const { stripe, asked } = await givenStripe();
    await stripe.fetch({ ...wanted, objectType, id });
    expect(asked.map(({ url }) => url)).toEqual([path]);
  });

  it.each(["/v2/core/accounts/acct_1", "/v1/billing/meters/mtr_1?expand[]=a"])(
    "is fetched by the path that its thin event brings: %s",
    async (url) => {
      const { stripe, asked } = await givenStripe();
      await stripe.fetch({ ...wanted, objectType: "v2.core.account", url });
      expect(asked.map((request) => request.url)).toEqual([url]);
    },
  );

  it("of a connected account is fetched on its behalf (D16)", async () => {
    const { stripe, asked } = await givenStripe();
    await stripe.fetch({ ...wanted, account: "acct_1" });
    expect(asked[0]?.headers).toMatchObject({ "stripe-account": "acct_1" });
  });

  it("of an organisation's account is fetched in its context, which is more than an account", async () => {
    const { stripe, asked } = await givenStripe();
    await stripe.fetch({ ...wanted, account: "acct_1/acct_2" });
    expect(asked[0]?.headers).toMatchObject({ "stripe-context": "acct_1/acct_2" });
    expect(asked[0]?.headers).not.toHaveProperty("stripe-account");
  });
});

describe("a path that an event brings", () => {
  const elsewhere = [
    "https://evil.example/v1/customers/cus_1",
    "//evil.example/v1/customers/cus_1",
    "@evil.example/v1/",
    "v1/customers/cus_1",
    "/v3/customers/cus_1",
    "/v1/customers/cus_1\r\nHost: evil.example",
    "/v1/",
    "",
  ];

  it.each(elsewhere)("is not followed where it is none of the API's: %j", async (url) => {
    const { stripe, asked } = await givenStripe();
    await stripe.fetch({ ...wanted, url });
    await expect(stripe.fetch({ ...wanted, objectType: "v2.thing", url })).rejects.toThrow(Malformed);
    expect(asked.map((request) => request.url)).toEqual(["/v1/customers/cus_1"]);
  });
});

describe("a type that nobody knows the path of", () => {
  it.each(["v2.thing", "constructor", "__proto__"])("is refused: %s", async (objectType) => {
    const { stripe, asked } = await givenStripe();
    const fetching = stripe.fetch({ ...wanted, objectType });
    const sentence = `Nothing is known of how to fetch a ${objectType}.`;
    await expect(fetching).rejects.toThrow(sentence);
    await expect(fetching).rejects.toMatchObject({ reason: "unknown-stripe-path" });
    expect(asked).toEqual([]);
  });
});

describe("an object that Stripe does not find", () => {
  it.each([
    ["resource_missing", 404],
    ["not_found", 404],
    ["resource_missing", 400],
  ])("is null, with a version: %s, %i (D23)", async (code, status) => {
    const { stripe } = await givenStripe({ reply: { ...missing("No such thing.", code), status } });
    expect(await stripe.fetch(wanted)).toEqual({ object: null, second: DATE - 1, until: DATE });
  });

  it("may be hidden by a proxy on the way, which is no answer", async () => {
    const reply = { status: 404, body: "<html>404</html>", date: DATE };
    const { stripe } = await givenStripe({ reply });
    await expect(stripe.fetch(wanted)).rejects.toThrow(Unavailable);
  });
});

describe("a refusal that no other try changes", () => {
  const forbidden = { type: "invalid_request_error", message: `The key '${KEY}' may not do that.` };
  const otherMode = "No such customer: 'cus_1'; a similar object exists in live mode.";

  it.each<[string, Reply, string]>([
    ["403", { status: 403, body: { error: forbidden } }, "stripe-key-forbidden"],
    ["a path it does not know", missing("Unrecognized request URL (GET: /v1/x).", ""), "unknown-stripe-path"],
    [
      "a path of v2 it does not know",
      missing("Unrecognized request URL (GET: /v2/x).", "not_found"),
      "unknown-stripe-path",
    ],
    ["a key of the other mode", missing(otherMode), "wrong-stripe-key"],
  ])("has its reason, and repeats no key: %s", async (_, reply, reason) => {
    const { stripe, asked } = await givenStripe({ reply });
    const error = await stripe.fetch(wanted).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Malformed);
    expect(error).toMatchObject({ reason });
    expect((error as Error).message).not.toContain(KEY);
    expect(asked).toHaveLength(1);
  });

  it("is none where Stripe rejects the key (401): a right one may come", async () => {
    const body = { error: { type: "invalid_request_error", message: `Invalid API Key: ${KEY}` } };
    const { stripe } = await givenStripe({ reply: { status: 401, body } });
    await expect(stripe.fetch(wanted)).rejects.toThrow(new Unauthorized("Stripe rejects StripeKey."));
  });
});

describe("code of ours that throws while it asks", () => {
  it("is not taken for Stripe's trouble", async () => {
    let looks = 0;
    const broken = () => {
      if (looks++ > 0) throw new TypeError("Our clock is broken.");
      return 0;
    };
    const { api } = await startStripeApi(() => ({ body: customer, date: DATE }));
    const stripe = stripePort({ key: KEY, rate: 1, now: broken, api });
    await expect(stripe.fetch(wanted)).rejects.toThrow(TypeError);
  });
});

describe("an event", () => {
  it.each(["/v1/events/evt_1", "/v2/core/events/evt_1"])("is asked for as any object: %s", async (url) => {
    const { stripe, asked } = await givenStripe({
      reply: { body: { object: "event", id: "evt_1" }, date: DATE },
    });
    await stripe.fetch({ account: "acct_1", objectType: "event", id: "evt_1", url });
    expect(asked).toMatchObject([{ url, headers: { "stripe-account": "acct_1" } }]);
  });
});

describe("Stripe that does not answer as it should", () => {
  const error = { type: "api_error", message: "Something went wrong." };

  it.each<[string, Reply]>([
    ["429", { status: 429, body: { error } }],
    ["500", { status: 500, body: { error } }],
    ["503 without a word", { status: 503, body: {}, date: DATE }],
    ["400 for something else", { ...missing("Bad.", "parameter_invalid"), status: 400 }],
    ["409", { status: 409, body: { error } }],
    ["something else than JSON", { body: "<html>", date: DATE }],
    ["JSON that is no object of its own", { body: { id: "cus_1" }, date: DATE }],
  ])("is unavailable, says why, and is not asked again: %s", async (_, reply) => {
    const { stripe, asked } = await givenStripe({ reply });
    const fetching = stripe.fetch(wanted);
    await expect(fetching).rejects.toThrow(new Unavailable("Stripe does not answer as it should."));
    await expect(fetching).rejects.toMatchObject({ cause: expect.any(Error) });
    expect(asked).toHaveLength(1);
  });

  it("is unavailable where it says nothing for too long", async () => {
    const { stripe, asked } = await givenStripe({ reply: "silence", timeout: 50 });
    const fetching = stripe.fetch(wanted);
    await expect(fetching).rejects.toThrow(Unavailable);
    await expect(fetching).rejects.toMatchObject({ cause: { message: expect.stringContaining("timeout") } });
    expect(asked).toHaveLength(1);
  });

  it("is unavailable where nobody listens", async () => {
    const { stripe, close } = await givenStripe();
    await close();
    const fetching = stripe.fetch(wanted);
    await expect(fetching).rejects.toThrow(Unavailable);
    await expect(fetching).rejects.toMatchObject({ cause: { detail: { code: "ECONNREFUSED" } } });
  });

  it("is asked once more where it closed the connection, which may have been frozen", async () => {
    const { stripe, asked } = await givenStripe({ reply: "hang-up" });
    await expect(stripe.fetch(wanted)).rejects.toThrow(Unavailable);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ["an object", { body: customer }],
    ["that there is none", { status: 404, body: missing().body }],
  ])("is unavailable where it gives %s and no date to order it by", async (_, reply) => {
    const { stripe } = await givenStripe({ reply });
    const sentence = "Stripe's answer has no date to order it by.";
    await expect(stripe.fetch(wanted)).rejects.toThrow(new Unavailable(sentence));
  });
});

describe("the budget of requests (D12)", () => {
  it("is enough for one object with a long list at first, and Stripe is not asked once it is spent", async () => {
    const { stripe, asked } = await givenStripe({ rate: 2 });
    for (let request = 0; request < 12; request++) await stripe.fetch(wanted);
    const sentence = "The budget of requests to Stripe is spent.";
    await expect(stripe.fetch(wanted)).rejects.toThrow(new Unavailable(sentence));
    expect(asked).toHaveLength(12);
  });

  it("pays for requests that fail", async () => {
    const { stripe, asked } = await givenStripe({ rate: 0.5, reply: { status: 429, body: { error: {} } } });
    for (let request = 0; request < 12; request++)
      await expect(stripe.fetch(wanted)).rejects.toThrow("does not answer");
    await expect(stripe.fetch(wanted)).rejects.toThrow("is spent");
    expect(asked).toHaveLength(12);
  });
});
