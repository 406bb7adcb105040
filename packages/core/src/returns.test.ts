import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StripeEvent } from "./event.ts";
import { counted, customer, given, reads, session, told } from "./fixtures/history.ts";
import { permutations } from "./fixtures/permutations.ts";
import type { JsonObject } from "./json.ts";

const intent = (id: string, of: string | null = "cus_1") =>
  told("payment_intent.succeeded", { object: "payment_intent", id, customer: of, status: "succeeded" });
const back = (object: "refund" | "dispute", id: string, of: string, more: JsonObject = {}) =>
  told(`${object}.created`, {
    object,
    id,
    payment_intent: of,
    charge: "ch_1",
    status: "pending",
    amount: 5,
    ...more,
  });

const namesOf = ({ found }: { found: { noun: string; id: string }[] }) =>
  found.map(({ noun, id }) => `${noun} ${id}`);

describe("what went back of a customer's payments", () => {
  it("is in the customer's rows whether or not it names them, behind its payment, each once", async () => {
    const store = await given(
      intent("pi_1"),
      intent("pi_2"),
      back("refund", "re_1", "pi_1"),
      back("refund", "re_2", "pi_1", { customer: "cus_1" }),
      back("dispute", "du_1", "pi_2"),
      back("refund", "re_3", "pi_3"),
    );
    expect(namesOf(await reads(store).customerState("cus_1"))).toEqual([
      "payment pi_1",
      "refund re_1",
      "payment pi_2",
      "dispute du_1",
      "refund re_2",
    ]);
  });

  it("is there in any order of the events, and with each told twice", async () => {
    const events = [intent("pi_1"), back("refund", "re_1", "pi_1"), back("refund", "re_1", "pi_1")];
    for (const order of permutations(events)) {
      const found = await reads(await given(...order)).customerState("cus_1");
      expect(namesOf(found)).toEqual(["payment pi_1", "refund re_1"]);
    }
  });

  it("takes a fourth request, and none where nothing went back", async () => {
    const store = counted(
      await given(intent("pi_1"), intent("pi_2", "cus_2"), back("refund", "re_1", "pi_1")),
    );
    await reads(store).customerState("cus_1");
    expect(store.takeRequests()).toBe(4);
    await reads(store).customerState("cus_2");
    expect(store.takeRequests()).toBe(3);
  });

  it("comes in pages of any size and of changing sizes, with each row once", async () => {
    const plan = fc.record({
      payments: fc.array(fc.nat(4), { maxLength: 5 }),
      orders: fc.nat(2),
      limits: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ payments, orders, limits }) => {
        const store = await given(
          told("customer.created", customer("cus_1")),
          ...paid(payments),
          ...sold(orders),
        );
        const { customerState } = reads(store);
        const names: string[] = [];
        for (let turn = 0, after: string | undefined; turn === 0 || after !== undefined; turn++) {
          const limit = limits[turn % limits.length];
          const page = await customerState("cus_1", { limit, after });
          expect(page.found.length).toBeLessThanOrEqual(limit ?? 0);
          names.push(...namesOf(page));
          after = page.next;
        }
        expect(names).toEqual(namesOf(await customerState("cus_1")));
        expect(new Set(names).size).toBe(
          1 + orders + payments.reduce((sum, returns) => sum + 1 + returns, 0),
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** A payment each, with so many refunds. */
function paid(refunds: number[]): StripeEvent[] {
  return refunds.flatMap((count, n) => [
    intent(`pi_${n}`),
    ...Array.from({ length: count }, (_, of) => back("refund", `re_${n}_${of}`, `pi_${n}`)),
  ]);
}

function sold(count: number): StripeEvent[] {
  return Array.from({ length: count }, (_, n) =>
    told("checkout.session.completed", session(`cs_${n}`, "cus_1")),
  );
}
