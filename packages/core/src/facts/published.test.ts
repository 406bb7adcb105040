import { describe, expect, it } from "vitest";
import type { Fact } from "../facts.ts";
import { facts } from "../facts.ts";
import { payment } from "../nouns/payment.ts";
import { setup } from "../nouns/setup.ts";
import { standing } from "./fixtures/standing.ts";
import { published } from "./published.ts";

const refund = (id: string, status: string) => ({
  noun: "refund",
  id,
  state: { status, amount: 100, charge: "id_1" },
});
const CHARGE = { object: "charge", status: "succeeded", amount: 1500, amount_captured: 1500 };

const idsOf = (told: Fact[]) =>
  published(told, { key: { pk: "t#id_1", sk: "payment" }, sequence: 7, at: 1000 }).map(({ id }) => id);

describe("a published fact", () => {
  it("names its row and the row's revision, and says when the row changed", () => {
    const row = standing(setup, { object: "setup_intent", status: "succeeded", payment_method: "pm_1" });
    const told = facts(undefined, row, { at: 1000 });
    expect(published(told, { key: row.key, sequence: row.revision, at: 1000 })).toEqual([
      {
        id: "t#id_1#setup#1#setup.succeeded#",
        name: "setup.succeeded",
        entity: "setup",
        entityId: "id_1",
        tenant: "t",
        customer: "cus_1",
        sequence: 1,
        at: 1000,
        detail: { paymentMethod: "pm_1", usage: null },
      },
    ]);
  });

  it("has an id of its own among those of one name and one change", () => {
    const before = standing(payment, CHARGE, [refund("re_1", "succeeded"), refund("re_2", "succeeded")]);
    const after = standing(payment, CHARGE, [refund("re_1", "failed"), refund("re_2", "failed")]);
    expect(idsOf(facts(before, after, { at: 1000 }))).toEqual([
      "t#id_1#payment#7#payment.refund_failed#re_1",
      "t#id_1#payment#7#payment.refund_failed#re_2",
    ]);
  });

  it("is numbered where nothing in it tells it from another", () => {
    const told = facts(undefined, standing(payment, CHARGE), { at: 1000 });
    expect(idsOf([...told, ...told])).toEqual([
      "t#id_1#payment#7#payment.succeeded#",
      "t#id_1#payment#7#payment.succeeded#1",
    ]);
  });
});
