import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startStripeApi } from "./fixtures/stripe-api.ts";
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
