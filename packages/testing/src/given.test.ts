import { AssertionError } from "node:assert";
import { Unavailable } from "@stripe-lanes/core/errors";
import { describe, expect, it } from "vitest";
import { orderIs, subscriptionIs } from "./core/told.ts";
import { messageOf, snapshotEvent, thinEvent } from "./events.ts";
import { at, unavailable } from "./faults.ts";
import {
  deleted,
  type Expectation,
  given,
  givenWith,
  noRow,
  outcomes,
  parked,
  reasons,
  row,
  stock,
  tied,
} from "./given.ts";

const customerDeleted = snapshotEvent({
  type: "customer.deleted",
  object: { object: "customer", id: "cus_1", email: "a@example.com" },
});

describe("a sentence", () => {
  it("tells what became of the events that came last", async () => {
    const [trialing, active] = [subscriptionIs("trialing"), subscriptionIs("active")];
    await given(trialing)
      .when(active, active)
      .then(outcomes("applied", "duplicate"), reasons("later-second", "seen-before"));
  });

  it("needs nothing that is given", async () => {
    await given()
      .when(subscriptionIs("active"))
      .then(row("subscription", "sub_1", { status: "active" }));
  });

  it("compares the members of a state that it names", async () => {
    const sentence = given().when(subscriptionIs("active", { quantity: 3 }));
    await sentence.then(row("subscription", "sub_1", { items: [{ quantity: 3 }] }));
  });

  it("counts stock", async () => {
    await given(orderIs("open"), orderIs("open", { of: "cs_2", quantity: 5 }))
      .when(orderIs("paid"))
      .then(stock("price_1", { sold: 2, reserved: 5 }), stock("price_2", {}));
  });

  it("knows rows that are deleted, and those that never were", async () => {
    await given().when(customerDeleted).then(deleted("customer", "cus_1"), noRow("customer", "cus_2"));
  });

  it("knows a tie", async () => {
    const created = 1_780_000_000;
    await given(subscriptionIs("active", { created }))
      .when(subscriptionIs("past_due", { created }))
      .then(tied("subscription", "sub_1"));
  });

  it("takes a body as it is, and tells why it was parked", async () => {
    await given().when("{", subscriptionIs("active")).then(outcomes("parked", "applied"), parked("not-json"));
  });

  it("takes a message that was received before", async () => {
    const message = messageOf(subscriptionIs("active"), { receives: 3 });
    await given().when(message).then(outcomes("applied"));
  });

  it("may be of another mode, tenant or store", async () => {
    const live = subscriptionIs("active", { livemode: true });
    await givenWith({ mode: "live" })().when(live).then(outcomes("applied"));
    await given().when(live).then(outcomes("parked"), parked("wrong-mode"));
  });

  it("fails in nothing that is given, whatever faults there are", async () => {
    await givenWith({ faults: at(unavailable, "load") })(subscriptionIs("active"))
      .when(subscriptionIs("canceled"))
      .then(outcomes("retried"), row("subscription", "sub_1", { status: "active" }));
  });
});

const UNTRUE: Record<string, Expectation> = {
  "an outcome": outcomes("duplicate"),
  "how many outcomes there are": outcomes("applied", "applied"),
  "a reason": reasons("tie-won"),
  "a state": row("subscription", "sub_1", { status: "canceled" }),
  "a row that is not there": row("subscription", "sub_2", {}),
  "a row that is there": noRow("subscription", "sub_1"),
  "a deletion": deleted("subscription", "sub_1"),
  "a tie": tied("subscription", "sub_1"),
  "a quantity": stock("price_1", { sold: 1 }),
  "something parked": parked("defect"),
};

describe("a sentence that is not true", () => {
  it.each(Object.entries(UNTRUE))("fails, about %s", async (_, expectation) => {
    const sentence = given().when(subscriptionIs("active")).then(expectation);
    await expect(sentence).rejects.toBeInstanceOf(AssertionError);
  });

  it("fails where what is given does not settle", async () => {
    const stripe = { fetch: () => Promise.reject(new Unavailable("Stripe is down.")) };
    const thin = thinEvent({ type: "v2.x.updated", related: { id: "sub_1", type: "subscription" } });
    const sentence = givenWith({ stripe })(thin).when(subscriptionIs("active"));
    await expect(sentence.then()).rejects.toThrow("What is given has to settle.");
  });

  it("says what differs", async () => {
    const sentence = given().when(subscriptionIs("active"));
    const about = row("subscription", "sub_1", { status: "canceled" });
    await expect(sentence.then(about)).rejects.toThrow("The subscription sub_1 is in another state.");
  });
});
