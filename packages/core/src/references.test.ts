import { describe, expect, it } from "vitest";
import type { StripeEvent } from "./event.ts";
import {
  counted,
  customer,
  given,
  handle,
  NOW,
  reads,
  session,
  subscription,
  TENANT,
  told,
} from "./fixtures/history.ts";
import { permutations } from "./fixtures/permutations.ts";
import type { JsonObject } from "./json.ts";
import { memoryStore } from "./memory.ts";
import type { Naming } from "./naming.ts";
import { shownIn } from "./view.ts";

const NAMING = { reference: "user_id" };

async function tellingOf(events: StripeEvent[], naming: Naming = NAMING) {
  const store = memoryStore();
  await handle(store, events, TENANT, naming);
  return store;
}

const referred = (id: string, of: string | null, reference: string | null, more: JsonObject = {}) =>
  told("checkout.session.completed", session(id, of, { client_reference_id: reference, ...more }));
const known = (id: string, metadata: JsonObject, created = NOW) =>
  told("customer.updated", customer(id, { metadata }), { created });

describe("a customer of a reference", () => {
  it("is who paid a Checkout session that has it, without any setting", async () => {
    const store = await given(referred("cs_1", "cus_1", "user_77"), referred("cs_2", "cus_1", "user_77"));
    expect(await reads(store).customerOf("user_77")).toEqual([
      { customer: "cus_1", by: ["client_reference_id"] },
    ]);
    expect(await reads(store).get("order", "cs_1")).toMatchObject({
      state: { clientReferenceId: "user_77" },
    });
  });

  it("is known once a session names both, in any order of its events", async () => {
    const open = told(
      "checkout.session.created",
      session("cs_1", null, { client_reference_id: "user_77", status: "open", payment_status: "unpaid" }),
      { created: NOW - 9 },
    );
    for (const order of permutations([open, referred("cs_1", "cus_1", "user_77"), open])) {
      const { customerOf } = reads(await given(...order));
      expect(await customerOf("user_77")).toEqual([{ customer: "cus_1", by: ["client_reference_id"] }]);
    }
    expect(await reads(await given(open)).customerOf("user_77")).toEqual([]);
  });

  it("is found by the metadata member that the setting names, and by no other", async () => {
    const store = await tellingOf([
      known("cus_1", { user_id: "7", plan: "8" }),
      told("customer.subscription.created", {
        ...subscription("sub_1", "cus_2"),
        metadata: { user_id: "9" },
      }),
      referred("cs_1", "cus_3", null, { metadata: { user_id: "10" } }),
    ]);
    const { customerOf } = reads(store);
    const found = await Promise.all(["7", "8", "9", "10"].map(customerOf));
    expect(found.map((those) => those.map((one) => one.customer))).toEqual([
      ["cus_1"],
      [],
      ["cus_2"],
      ["cus_3"],
    ]);
    expect(await reads(await tellingOf([known("cus_1", { user_id: "7" })], {})).customerOf("7")).toEqual([]);
  });

  it("may be several, by id, each with where it stands", async () => {
    const store = await tellingOf([
      known("cus_2", { user_id: "7" }),
      referred("cs_1", "cus_2", "7"),
      referred("cs_2", "cus_1", "7"),
    ]);
    expect(await reads(store).customerOf("7")).toEqual([
      { customer: "cus_1", by: ["client_reference_id"] },
      { customer: "cus_2", by: ["client_reference_id", "metadata"] },
    ]);
  });

  it("is no other's any more when it changes, whatever the order of the events", async () => {
    const events = [
      known("cus_1", { user_id: "old" }, NOW - 2),
      known("cus_1", { user_id: "new" }, NOW - 1),
      known("cus_1", { user_id: "new", note: "x" }, NOW),
    ];
    for (const order of permutations(events)) {
      const store = await tellingOf(order);
      expect(await reads(store).customerOf("old")).toEqual([]);
      expect(await reads(store).customerOf("new")).toEqual([{ customer: "cus_1", by: ["metadata"] }]);
      const shown = shownIn(store.items()).filter(({ noun }) => noun === "reference");
      expect(shown).toMatchObject([
        {
          id: "metadata=new",
          customer: "cus_1",
          state: { customer: "cus_1", value: "new", by: "metadata", told: 1 },
        },
      ]);
    }
  });

  it("takes two requests, and writes nothing where no reference is", async () => {
    const store = counted(await given(referred("cs_1", "cus_1", "user_77")));
    await reads(store).customerOf("user_77");
    expect(store.takeRequests()).toBe(2);
    const plain = await tellingOf([known("cus_1", {}), referred("cs_1", "cus_1", null)]);
    expect(plain.items().some(({ pk }) => pk.includes("="))).toBe(false);
  });

  it("is nobody of another tenant, nobody where there is none, and a mistake where it is empty", async () => {
    const store = await given(referred("cs_1", "cus_1", "user_77"));
    expect(await reads(store, { tenant: "acct_other" }).customerOf("user_77")).toEqual([]);
    expect(await reads(store).customerOf("x".repeat(256))).toEqual([]);
    await expect(reads(store).customerOf("")).rejects.toThrow(RangeError);
  });

  it.each(["x".repeat(256), "", "\ud800", "a#b=c:d%", "__proto__"])(
    "is kept by a reference of any text: %j",
    async (text) => {
      const store = await tellingOf([referred("cs_1", "pk", text), known("sk", { user_id: text })]);
      const found = text === "" ? [] : await reads(store).customerOf(text);
      expect(found.map((one) => one.customer)).toEqual(
        ["a#b=c:d%", "__proto__"].includes(text) ? ["pk", "sk"] : [],
      );
    },
  );
});

describe("a label", () => {
  const labelled = { label: "tenant_id" };
  const subscribed = (id: string, of: string, metadata: JsonObject) =>
    told("customer.subscription.created", { ...subscription(id, of), metadata });
  const customersOf = async (store: Awaited<ReturnType<typeof tellingOf>>, label: string) =>
    (await reads(store).listByLabel(label)).found.map(({ id }) => id);

  it("is in the profile, and lists it: the customer's, else a subscription's", async () => {
    const events = [
      known("cus_1", { tenant_id: "acme" }),
      subscribed("sub_1", "cus_1", { tenant_id: "other" }),
      subscribed("sub_2", "cus_2", {}),
      subscribed("sub_3", "cus_2", { tenant_id: "acme" }),
      known("cus_3", { tenant: "acme" }),
    ];
    for (const order of permutations(events)) {
      const store = await tellingOf(order, labelled);
      expect(await customersOf(store, "acme")).toEqual(["cus_1", "cus_2"]);
      expect(await customersOf(store, "other")).toEqual([]);
      const { found } = await reads(store).listByLabel("acme", { limit: 1 });
      expect(found).toMatchObject([
        { noun: "profile", id: "cus_1", state: { label: "acme", deleted: false } },
      ]);
    }
  });

  it("changes its list and no key", async () => {
    const events = [
      known("cus_1", { tenant_id: "acme" }, NOW - 2),
      known("cus_1", { tenant_id: "zen" }, NOW - 1),
    ];
    for (const order of permutations(events)) {
      const store = await tellingOf(order, labelled);
      expect([await customersOf(store, "acme"), await customersOf(store, "zen")]).toEqual([[], ["cus_1"]]);
      expect(store.items().some(({ pk, sk }) => `${pk}${sk}`.includes("acme"))).toBe(false);
    }
  });

  it("stays with a customer who is deleted, and makes nobody who is not", async () => {
    const gone = told(
      "customer.deleted",
      customer("cus_1", { deleted: true, metadata: { tenant_id: "acme" } }),
    );
    const store = await tellingOf(
      [known("cus_1", { tenant_id: "acme" }, NOW - 2), gone, known("cus_2", { tenant_id: "acme" })],
      labelled,
    );
    expect(await reads(store).get("profile", "cus_1")).toMatchObject({
      state: { deleted: true, label: "acme" },
    });
    expect(await reads(store).hasAccess("cus_2")).toMatchObject({ reason: "never-subscribed" });
  });

  it("that nobody set is nowhere: no profile is written for a customer's metadata", async () => {
    const store = await tellingOf([known("cus_1", { tenant_id: "acme" })], {});
    expect(await reads(store).get("profile", "cus_1")).toBeUndefined();
    expect(await customersOf(store, "acme")).toEqual([]);
  });

  it("reads with an event's first request what it changes", async () => {
    const store = counted(memoryStore());
    await handle(store, [known("cus_1", { tenant_id: "acme" })], TENANT, labelled);
    expect(store.takeRequests()).toBe(1);
  });
});
