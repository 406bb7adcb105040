// Pitfalls of the twenty that are about tenancy: test and live data, and the accounts of a Connect platform.
import { Unavailable } from "@stripe-lanes/core/errors";
import { entriesOf } from "@stripe-lanes/core/item";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { messageOf, snapshotEvent, thinEvent } from "../events.ts";
import { type Expectation, given, givenWith, outcomes, parked, reasons } from "../given.ts";
import { access, readsOf } from "./readings.ts";
import { SUBSCRIPTION } from "./stories/subscription-objects.ts";

type Of = { livemode?: boolean; account?: string };

const isActive = (of: Of) =>
  snapshotEvent({ type: "customer.subscription.created", object: SUBSCRIPTION, ...of });
const isCanceled = (of: Of) =>
  snapshotEvent({
    type: "customer.subscription.deleted",
    object: { ...SUBSCRIPTION, status: "canceled" },
    ...of,
  });
const isChanged = (of: Of) =>
  thinEvent({
    type: "v1.customer.subscription.updated",
    related: { id: "sub_1", type: "subscription" },
    ...of,
  });

const granted = access("cus_1", { granted: true });
const at = (tenant: string, expected: boolean) => access("cus_1", { granted: expected }, { tenant });

describe("pitfall 16: test and live events end in one table", () => {
  it.each([
    ["test", false],
    ["live", true],
  ] as const)("lets nothing of the other mode touch a customer of a %s stage", async (mode, livemode) => {
    await givenWith({ mode })(isActive({ livemode }))
      .when(isCanceled({ livemode: !livemode }))
      .then(outcomes("parked"), parked("wrong-mode"), granted);
  });

  it("parks nothing for the test events that Stripe sends a live platform of its accounts", async () => {
    await givenWith({ mode: "live" })(isActive({ livemode: true, account: "acct_1" }))
      .when(isCanceled({ livemode: false, account: "acct_1" }))
      .then(outcomes("ignored"), reasons("other-mode"), parked(), at("acct_1", true));
  });
});

describe("pitfall 17: the account that an event comes from is not looked at", () => {
  const everywhere = [{}, { account: "acct_1" }, { account: "acct_2" }];

  it("keeps customers apart whose ids are the same at two accounts and the platform", async () => {
    await given(...everywhere.map(isActive))
      .when(isCanceled({ account: "acct_1" }))
      .then(at("main", true), at("acct_1", false), at("acct_2", true));
  });

  it("keeps them apart where both come in one batch", async () => {
    await given()
      .when(isActive({ account: "acct_1" }), isCanceled({ account: "acct_2" }))
      .then(outcomes("applied", "applied"), at("acct_1", true), at("acct_2", false), at("main", false));
  });

  it.each([
    ["a snapshot", isCanceled({ account: "main" })],
    ["a thin event", isChanged({ account: "main" })],
    ["a snapshot of the other mode", isCanceled({ account: "main", livemode: true })],
  ])(
    "never takes an account that is named as the platform's tenant for the platform: %s",
    async (_, event) => {
      const untouched: Expectation = ({ ports }) => {
        expect(entriesOf(ports.memory.items()).map(({ outcome }) => outcome)).toEqual(["applied"]);
      };
      await given(isActive({}))
        .when(event)
        .then(outcomes("parked"), parked("not-an-event"), granted, untouched);
    },
  );

  it("takes an account for the tenant where that is the name of a Stripe account", async () => {
    await givenWith({ tenant: "acct_1" })()
      .when(isActive({ account: "acct_1" }))
      .then(outcomes("applied"), at("acct_1", true));
  });

  it.each(["main#cus_1", "#", "%23", "main%", "main:", "ma\nin", "MAIN", " main", "__proto__"])(
    "keeps the account %j apart from the platform, whatever its characters",
    async (account) => {
      await given(isActive({}))
        .when(isCanceled({ account }))
        .then(outcomes("applied"), granted, at(account, false));
    },
  );

  it("asks for an object on behalf of its account, and keeps the answer there", async () => {
    const stripe: Stripe = {
      async fetch({ account }) {
        const status = account === "acct_1" ? "active" : "canceled";
        return { object: { ...SUBSCRIPTION, status }, second: 1, until: 2 };
      },
    };
    await givenWith({ stripe })()
      .when(...everywhere.map(isChanged))
      .then(at("main", false), at("acct_1", true), at("acct_2", false));
  });

  it("says of an account that the platform's access to it ended, and of no other", async () => {
    const type = "account.application.deauthorized";
    const object = { object: "application", id: "ca_1", name: "Example" };
    const seen: Expectation = async ({ ports }) => {
      const applications = ["acct_1", "acct_2"].map((tenant) =>
        readsOf(ports.memory, { tenant }).get({ noun: "generic", object: "application" }, "ca_1"),
      );
      const [left, stayed] = await Promise.all(applications);
      expect([left?.status, stayed]).toEqual(["deauthorized", undefined]);
    };
    await given(...everywhere.map(isActive))
      .when(snapshotEvent({ type, object, account: "acct_1" }))
      .then(seen, at("acct_2", true));
  });

  it("lets nobody wait for an account that Stripe no longer answers for", async () => {
    const stripe: Stripe = {
      async fetch({ account }) {
        if (account === "acct_1") throw new Unavailable("The key has no access to acct_1.");
        return { object: SUBSCRIPTION, second: 1, until: 2 };
      },
    };
    const unanswered = messageOf(isChanged({ account: "acct_1" }), { receives: 3 });
    await givenWith({ stripe })()
      .when(unanswered, isChanged({ account: "acct_2" }))
      .then(outcomes("moved", "applied"), at("acct_2", true));
  });
});
