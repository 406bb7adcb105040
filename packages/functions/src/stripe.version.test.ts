import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startStripeApi } from "./fixtures/stripe-api.ts";
import { type Entry, entriesUpTo, startStripePages } from "./fixtures/stripe-pages.ts";
import { stripePort } from "./stripe.ts";

/** The second of the first answer, since the epoch. */
const DATE = 1_780_000_000;

const wanted = { account: null, objectType: "customer", id: "cus_1", url: null };

describe("a fetched state's version (D12)", () => {
  /** `took`: the milliseconds of our clock from the question to the answer; `date`: the answer's second. */
  async function givenAnswers() {
    const next = { took: 0, date: DATE };
    let clock = 0;
    const { api } = await startStripeApi(() => {
      clock += next.took;
      return { body: { object: "customer", id: "cus_1" }, date: next.date };
    });
    const stripe = stripePort({ key: "sk_test_1", rate: 1_000_000, now: () => clock, api });
    return async (took: number, date: number) => {
      Object.assign(next, { took, date });
      const { second, until } = await stripe.fetch(wanted);
      return { second, until };
    };
  }

  it.each([
    [0, DATE - 1],
    [1, DATE - 2],
    [1_000, DATE - 2],
    [1_001, DATE - 3],
  ])(
    "is the last second that was over when Stripe was asked: %d ms before it answered",
    async (took, second) => {
      const versionOf = await givenAnswers();
      expect(await versionOf(took, DATE)).toEqual({ second, until: DATE });
    },
  );

  it("claims no more than a request of the longest time does, where the clock went back meanwhile", async () => {
    const versionOf = await givenAnswers();
    expect(await versionOf(-500, DATE)).toEqual({ second: DATE - 4, until: DATE });
  });

  it("covers nothing that happened after Stripe read it, nor leaves out what happened before", async () => {
    const versionOf = await givenAnswers();
    const moments = fc.tuple(fc.nat(999), fc.nat(400), fc.nat(400), fc.nat(400));
    await fc.assert(
      fc.asyncProperty(moments, async ([asked, toRead, toAnswer, toArrive]) => {
        const read = asked + toRead;
        const answered = read + toAnswer;
        const date = DATE + Math.floor(answered / 1000);
        const { second, until } = await versionOf(answered + toArrive - asked, date);
        expect((second + 1 - DATE) * 1000).toBeLessThanOrEqual(read);
        expect((until + 1 - DATE) * 1000).toBeGreaterThan(read);
      }),
    );
  });
});

describe("the version of an answer in several requests (D12)", () => {
  const invoice = { object: "invoice", id: "in_1", lines: { object: "list", data: [], has_more: true } };
  const before = entriesUpTo(150, "il");
  /** One line went, another came. */
  const after = [...before.slice(1), { id: "il_151" }];

  /** Milliseconds of Stripe's clock that a request takes to be read, and then to be answered. */
  type Pace = { toRead: number; toAnswer: number };

  /** An invoice whose lines change at `changed`, in milliseconds since `DATE`; it is fetched from `begun` on. */
  async function fetchWhileItChanges(changed: number, begun: number, paces: Pace[]) {
    let clock = begun;
    const lists: Record<string, Entry[]> = {};
    const shelves = { objects: { "/v1/invoices/in_1": invoice }, lists };
    const { api } = await startStripePages(
      shelves,
      (request) => {
        const { toRead, toAnswer } = paces[request - 1] ?? { toRead: 0, toAnswer: 0 };
        lists["/v1/invoices/in_1/lines"] = clock + toRead < changed ? before : after;
        clock += toRead + toAnswer;
        return undefined;
      },
      () => DATE + Math.floor(clock / 1000),
    );
    const stripe = stripePort({ key: "sk_test_1", rate: 1_000, now: () => clock, api });
    return stripe.fetch({ ...wanted, objectType: "invoice", id: "in_1" });
  }

  it("reaches from before the first was asked for to when the last was given", async () => {
    const pace = { toRead: 400, toAnswer: 400 };
    const { second, until } = await fetchWhileItChanges(0, 500, [pace, pace, pace]);
    expect({ second, until }).toEqual({ second: DATE - 1, until: DATE + 2 });
  });

  it("is older than a change that only one of the pages shows, and not past asking again for it", async () => {
    const pace = { toRead: 400, toAnswer: 400 };
    const { object, second, until } = await fetchWhileItChanges(2_000, 500, [pace, pace, pace]);
    expect(object).toMatchObject({ lines: { data: [...before, { id: "il_151" }], has_more: false } });
    expect({ second, until }).toEqual({ second: DATE - 1, until: DATE + 2 });
  });

  it("covers no change that a page missed, nor leaves out one that a page shows", async () => {
    const pace = fc.record({ toRead: fc.nat(400), toAnswer: fc.nat(400) });
    const paces = fc.array(pace, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.nat(4_000), fc.nat(2_000), paces, async (changed, begun, taken) => {
        const { object, second, until } = await fetchWhileItChanges(changed, begun, taken);
        const event = DATE + Math.floor(changed / 1000);
        if (event <= second) expect(object).toMatchObject({ lines: { data: after } });
        if (event > until) expect(object).toMatchObject({ lines: { data: before } });
      }),
    );
  });
});
