// What becomes of an event by what Stripe answers: for its object, and for the event where the object is not found.
import { knowingAccounts } from "@stripe-lanes/core/asking";
import { isForEvent } from "@stripe-lanes/core/doubt";
import { memoryStore } from "@stripe-lanes/core/memory";
import { type EventJson, snapshotEvent, thinEvent } from "@stripe-lanes/testing/events";
import { givenWith, noRow, outcomes, parked, reasons, row, stock, tied } from "@stripe-lanes/testing/given";
import { NOW } from "@stripe-lanes/testing/ports";
import { describe, expect, it } from "vitest";
import { AT, endIn, KINDS, type Kind, type ReplyName, stripeThatAnswers } from "./fixtures/answers.ts";

type Case = [kind: Kind, row: "known" | "unknown", object: ReplyName, event: ReplyName, end: string];

async function endOf(kind: Kind, isKnown: boolean, object: ReplyName, event: ReplyName, now = NOW) {
  const { stripe, urls } = await stripeThatAnswers(object, event);
  const { known, event: told } = KINDS[kind];
  let end = "";
  await givenWith({ stripe, now: () => now })(...(isKnown && known ? [known] : []))
    .when(told)
    .then((ended) => {
      end = endIn(ended);
    });
  return { end, urls: urls() };
}

const REFUSALS: ReplyName[] = ["401", "403", "no such path", "other mode", "429", "500"];
const NOT_FOUND: ReplyName[] = ["404", "400"];

describe("a thin event", () => {
  const cases: Case[] = NOT_FOUND.flatMap((missing): Case[] => [
    ["thin", "known", missing, "found", "applied, tie"],
    ["thin", "known", missing, missing, "parked wrong-stripe-key"],
    ["thin", "known", missing, "403", "applied, tie"],
    ["thin", "known", missing, "no such path", "applied, tie"],
    ["thin", "known", missing, "other mode", "parked wrong-stripe-key"],
    ["thin", "known", missing, "401", "retried"],
    ["thin", "known", missing, "429", "retried"],
    ["thin", "unknown", missing, "found", "applied"],
    ["thin", "unknown", missing, missing, "parked wrong-stripe-key"],
    ["thin", "unknown", missing, "403", "applied"],
    ["thin", "unknown", missing, "500", "retried"],
  ]);

  it.each(cases)(
    "that is %s, of a row that is %s, with %s for the object and %s for the event: %5$s",
    async (...one) => {
      const [kind, known, object, event, end] = one;
      expect((await endOf(kind, known === "known", object, event)).end).toBe(end);
    },
  );

  it.each<[ReplyName, string]>([
    ["found", "applied"],
    ["deleted", "applied, deleted"],
    ["401", "retried"],
    ["403", "parked stripe-key-forbidden"],
    ["no such path", "parked unknown-stripe-path"],
    ["other mode", "parked wrong-stripe-key"],
    ["429", "retried"],
    ["500", "retried"],
  ])("whose object is answered with %s is %s, and nobody asks for the event", async (object, end) => {
    const { end: is, urls } = await endOf("thin", true, object, "404");
    expect(is).toBe(end);
    expect(urls).toEqual(["/v1/subscriptions/sub_1"]);
  });

  it("of 29 days ago says nothing of the key: Stripe forgets events", async () => {
    const day = 24 * 60 * 60 * 1_000;
    const at = (days: number) => Number(KINDS.thin.known.created) * 1_000 + 10_000 + days * day;
    expect((await endOf("thin", true, "404", "404", at(29))).end).toBe("applied, tie");
    expect((await endOf("thin", true, "404", "404", at(29) - 1_000)).end).toBe("parked wrong-stripe-key");
  });

  it("is asked for where API v2 keeps it, and its snapshot event where that is named", async () => {
    const { urls } = await endOf("thin", true, "404", "404");
    expect(urls).toEqual(["/v1/subscriptions/sub_1", "/v2/core/events/evt_thin"]);
    const { stripe, urls: asked } = await stripeThatAnswers("404", "404");
    await givenWith({ stripe })()
      .when({ ...KINDS.thin.event, snapshot_event: "evt_twin" })
      .then(parked("wrong-stripe-key"));
    expect(asked()).toEqual(["/v1/subscriptions/sub_1", "/v2/core/events/evt_thin", "/v1/events/evt_twin"]);
  });

  it("is asked for as the Connect account that it comes from", async () => {
    const { stripe } = await stripeThatAnswers("404", "404");
    const asked: (string | null)[] = [];
    const listening = {
      fetch(request: Parameters<typeof stripe.fetch>[0]) {
        asked.push(request.account);
        return stripe.fetch(request);
      },
    };
    await givenWith({ stripe: listening })()
      .when({ ...KINDS.thin.event, context: "acct_1" })
      .then(parked("wrong-stripe-key"));
    expect(asked).toEqual(["acct_1", "acct_1"]);
  });
});

describe("a thin event that says deleted", () => {
  it.each([...REFUSALS, ...NOT_FOUND])(
    "is proof by itself, whatever Stripe would answer: %s",
    async (answer) => {
      const known = await endOf("thin deletion", true, answer, answer);
      const unknown = await endOf("thin deletion", false, answer, answer);
      expect([known, unknown]).toEqual([
        { end: "applied, deleted", urls: [] },
        { end: "applied, deleted", urls: [] },
      ]);
    },
  );

  it("needs no key", async () => {
    await givenWith({})().when(KINDS["thin deletion"].event).then(outcomes("applied"));
  });
});

describe("a snapshot event that stands without Stripe", () => {
  const answers = [...REFUSALS, ...NOT_FOUND];

  it.each(answers)(
    "is applied and marked where it ties, and nobody asks for the event: %s",
    async (answer) => {
      const { end, urls } = await endOf("tie", true, answer, "404");
      expect([end, urls]).toEqual(["applied, tie", ["/v1/subscriptions/sub_1"]]);
    },
  );

  it.each(answers)("is applied and marked where its list is truncated: %s", async (answer) => {
    const { end, urls } = await endOf("cut list", false, answer, "404");
    const inDoubt = NOT_FOUND.includes(answer) ? "applied, tie, lines" : "applied, lines";
    expect([end, urls]).toEqual([inDoubt, ["/v1/invoices/in_1"]]);
  });
});

describe("an order whose lines only Stripe can tell", () => {
  it.each<[object: ReplyName, event: ReplyName, end: string]>([
    ["404", "found", "applied, tie, line_items"],
    ["404", "404", "parked wrong-stripe-key"],
    ["404", "403", "applied, tie, line_items"],
    ["404", "429", "retried"],
    ["400", "404", "parked wrong-stripe-key"],
    ["401", "found", "retried"],
    ["429", "found", "retried"],
    ["500", "found", "retried"],
    ["403", "found", "parked stripe-key-forbidden"],
    ["no such path", "found", "parked unknown-stripe-path"],
    ["other mode", "found", "parked wrong-stripe-key"],
  ])("with %s for the session and %s for the event: %s", async (object, event, end) => {
    expect((await endOf("order", false, object, event)).end).toBe(end);
  });

  it("is not asked for in setup mode, which sells nothing that Stripe's trouble could hold up", async () => {
    const { stripe } = await stripeThatAnswers("500");
    const { event } = KINDS.order;
    const { object } = event.data as { object: object };
    const setup = { ...event, data: { object: { ...object, mode: "setup" } } };
    await givenWith({ stripe })().when(setup).then(outcomes("applied"));
  });
});

describe("a wrong key", () => {
  it("touches nothing, and redriving with the right one ends in the truth", async () => {
    const store = memoryStore();
    const wrong = (await stripeThatAnswers("404", "404")).stripe;
    const right = (await stripeThatAnswers("found")).stripe;
    const { known, event } = KINDS.thin;
    await givenWith({ store, stripe: wrong })(known)
      .when(event)
      .then(parked("wrong-stripe-key"), row("subscription", "sub_1", { status: "active" }));
    await givenWith({ store, stripe: right })()
      .when(event)
      .then(outcomes("applied"), row("subscription", "sub_1", { status: "unpaid" }));
  });

  it("moves no stock, and redriving with the right one sells", async () => {
    const store = memoryStore();
    const wrong = (await stripeThatAnswers("404", "404")).stripe;
    const { object } = KINDS.order.event.data as { object: { object: string } };
    const line_items = { object: "list", data: [{ price: "price_1", quantity: 2 }], has_more: false };
    const second = Number(KINDS.order.event.created) + 10;
    const right = {
      fetch: async () => ({ object: { ...object, line_items }, second, until: second + 1 }),
    };
    await givenWith({ store, stripe: wrong })().when(KINDS.order.event).then(stock("price_1", {}));
    await givenWith({ store, stripe: right })()
      .when(KINDS.order.event)
      .then(outcomes("applied"), stock("price_1", { sold: 2 }));
  });

  it("is looked for once an account: one event that is found says whose key it is", async () => {
    const { stripe, urls } = await stripeThatAnswers("404", "found");
    const knowing = knowingAccounts(stripe);
    const ids = ["sub_1", "sub_2", "sub_3"];
    const events = ids.map((id) =>
      thinEvent({ type: "v1.customer.subscription.updated", related: { id, type: "subscription" } }),
    );
    await givenWith({ stripe: knowing, now: () => NOW + 3_600_000 })()
      .when(...events)
      .then(reasons("not-found", "not-found", "not-found"));
    expect(urls().filter((url) => url?.includes("/events/"))).toHaveLength(1);
  });
});

describe("an answer that another account's key may give as well", () => {
  const KEYED = [
    ["a coupon, whose id a person has chosen", { object: "coupon", id: "GOLD", name: "another's" }, "GOLD"],
    ["the balance, of which each account has one", { object: "balance", available: [] }, "balance"],
  ] as const;

  const thinOf = ({ object }: { object: string }, id: string) =>
    thinEvent({ type: `v1.${object}.updated`, related: { id, type: object } });

  const stripeOf = (object: { object: string }, event: ReplyName) => async () => {
    const { stripe } = await stripeThatAnswers("found", event);
    return {
      async fetch(request: Parameters<typeof stripe.fetch>[0]) {
        if (isForEvent(request)) return stripe.fetch(request);
        return { object, second: Math.floor(NOW / 1_000), until: Math.floor(NOW / 1_000) + 1 };
      },
    };
  };

  it.each(KEYED)("is not believed of %s where the key is wrong", async (_, object, id) => {
    await givenWith({ stripe: await stripeOf(object, "404")() })()
      .when(thinOf(object, id))
      .then(parked("wrong-stripe-key"), noRow(object.object, id));
  });

  it.each(KEYED)(
    "is believed of %s where the key is right, or may not read events",
    async (_, object, id) => {
      for (const event of ["found", "403"] as const) {
        await givenWith({ stripe: await stripeOf(object, event)() })()
          .when(thinOf(object, id))
          .then(outcomes("applied"), row(object.object, id, {}));
      }
    },
  );

  it("settles no tie where the key is wrong, and parks nothing", async () => {
    const coupon = (name: string) => ({ object: "coupon", id: "GOLD", name });
    const [first, second] = ["A", "B"].map((name, n) =>
      snapshotEvent({ type: "coupon.updated", object: coupon(name), created: AT, id: `evt_${n}` }),
    ) as [EventJson, EventJson];
    await givenWith({ stripe: await stripeOf(coupon("another's"), "404")() })(first)
      .when(second)
      .then(outcomes("applied"), row("coupon", "GOLD", { name: "B" }), tied("coupon", "GOLD"));
    await givenWith({ stripe: await stripeOf(coupon("C"), "found")() })(first)
      .when(second)
      .then(row("coupon", "GOLD", { name: "C" }));
  });
});
