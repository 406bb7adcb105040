import { handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { Fetched, FetchRequest } from "@stripe-lanes/core/fetch";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf, thinEvent } from "../events.ts";
import { at, conflict } from "../faults.ts";
import { deleted, given, givenWith, outcomes, parked, reasons, row, tied } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { productIs, subscriptionIs } from "./told.ts";

const EARLIER = FIRST_SECOND;
const SECOND = FIRST_SECOND + 1_000;
const related = { id: "sub_1", type: "subscription" };
const thin = thinEvent({ type: "v2.x.updated", related, created: SECOND });
const subscription = { object: "subscription", id: "sub_1", customer: "cus_1", status: "past_due" };

type Answering = Stripe & { asked: FetchRequest[] };

function stripeWith(object: StripeObject | null, second = SECOND): Answering {
  return stripeThat(async () => ({ object, second, until: second + 1 }));
}

/** Two events of one second that do not say which came last. */
function tie(): [EventJson, EventJson] {
  const of = (status: string, id: string) => subscriptionIs(status, { created: SECOND, id });
  return [of("active", "evt_a"), of("past_due", "evt_b")];
}

const stripeDown = (): Answering => stripeThat(() => Promise.reject(new Unavailable("Stripe is down.")));

function stripeThat(answer: () => Promise<Fetched>): Answering {
  const asked: FetchRequest[] = [];
  return {
    asked,
    fetch(request) {
      asked.push(request);
      return answer();
    },
  };
}

describe("a thin event", () => {
  it("is applied as its object is fetched", async () => {
    const stripe = stripeWith(subscription);
    await givenWith({ stripe })(subscriptionIs("active", { created: EARLIER }))
      .when(thin)
      .then(outcomes("applied"), row("subscription", "sub_1", { status: "past_due" }));
    expect(stripe.asked).toEqual([{ account: null, objectType: "subscription", id: "sub_1", url: null }]);
  });

  it("makes the row that is not there yet", async () => {
    await givenWith({ stripe: stripeWith(subscription) })()
      .when(thin)
      .then(outcomes("applied"), reasons("first"), row("subscription", "sub_1", { status: "past_due" }));
  });

  it("asks on behalf of the connected account, by the path it brings", async () => {
    const stripe = stripeWith({ object: "v2.thing", id: "thing_1" });
    const url = "/v2/things/thing_1";
    const event = thinEvent({
      type: "v2.thing.updated",
      related: { id: "thing_1", type: "v2.thing", url },
      account: "acct_1",
    });
    await givenWith({ stripe })().when(event).then(outcomes("applied"));
    expect(stripe.asked).toEqual([{ account: "acct_1", objectType: "v2.thing", id: "thing_1", url }]);
  });

  it("of an object that Stripe answers as deleted says that it is", async () => {
    const event = thinEvent({ type: "v2.x.updated", related: { id: "prod_1", type: "product" } });
    const stripe = stripeWith({ object: "product", id: "prod_1", deleted: true });
    await givenWith({ stripe })(productIs("A", { created: EARLIER }))
      .when(event)
      .then(outcomes("applied"), deleted("product", "prod_1"));
  });

  it("that names no object leaves its ledger row only", async () => {
    const { related_object: _, ...rest } = thin;
    await givenWith({ stripe: stripeDown() })()
      .when({ ...rest, id: "evt_bare", type: thin.type })
      .then(outcomes("applied"), reasons("no-row"));
  });

  it("is superseded where a snapshot of a later second was applied", async () => {
    await givenWith({ stripe: stripeWith(subscription) })(subscriptionIs("active", { created: SECOND + 1 }))
      .when(thin)
      .then(outcomes("superseded"), row("subscription", "sub_1", { status: "active" }));
  });

  it("is a duplicate where the snapshot of the same change was applied", async () => {
    const snapshot = subscriptionIs("active", { id: "evt_snapshot", created: SECOND });
    const same = thinEvent({ type: "v2.x.updated", related, snapshotEvent: "evt_snapshot" });
    await givenWith({ stripe: stripeWith(subscription) })(snapshot)
      .when(same)
      .then(
        outcomes("duplicate"),
        reasons("told-by-snapshot"),
        row("subscription", "sub_1", { status: "active" }),
      );
  });

  it("is a duplicate of itself, and nothing is fetched for it twice", async () => {
    const stripe = stripeWith(subscription);
    await givenWith({ stripe })(thin).when(thin).then(outcomes("duplicate"));
    expect(stripe.asked).toHaveLength(1);
  });

  it("is fetched once, however often its batch is decided again", async () => {
    const stripe = stripeWith(subscription);
    await givenWith({ stripe, faults: at(conflict, "commit", 1, 2, 3, 4) })()
      .when(thin, productIs("A"))
      .then(outcomes("applied", "applied"));
    expect(stripe.asked).toHaveLength(1);
  });

  it("that comes with others of its object is fetched once", async () => {
    const stripe = stripeWith(subscription);
    const another = thinEvent({ type: "v2.x.updated", related });
    await givenWith({ stripe })().when(thin, another).then(outcomes("applied", "applied"));
    expect(stripe.asked).toHaveLength(1);
  });
});

describe("while Stripe does not answer", () => {
  it("a thin event is tried again, and the others of its batch are applied", async () => {
    await givenWith({ stripe: stripeDown() })()
      .when(thin, subscriptionIs("active"), productIs("A"))
      .then(outcomes("retried", "applied", "applied"), parked());
  });

  it("a tie is applied and marked, and not held up", async () => {
    const [active, pastDue] = tie();
    await givenWith({ stripe: stripeDown() })(active)
      .when(pastDue)
      .then(outcomes("applied"), tied("subscription", "sub_1"));
  });
});

describe("code that throws while it asks Stripe", () => {
  it("is a defect of the event it was asked for", async () => {
    const stripe = { fetch: () => Promise.reject(new TypeError("It has no answer.")) };
    await givenWith({ stripe })()
      .when(thin, productIs("A"))
      .then(outcomes("parked", "applied"), parked("defect"));
  });
});

describe("a tie", () => {
  const [active, pastDue] = tie();

  it("is settled by what Stripe says", async () => {
    const stripe = stripeWith({ ...subscription, status: "unpaid" });
    await givenWith({ stripe })(active)
      .when(pastDue)
      .then(outcomes("applied"), row("subscription", "sub_1", { status: "unpaid" }));
    expect(stripe.asked).toHaveLength(1);
  });

  it("takes no round trip to the store besides those of any batch", async () => {
    const ports = testPorts({ stripe: stripeWith({ ...subscription, status: "unpaid" }) });
    await handleBatch(messagesOf(active, pastDue), ports, TEST_OPTIONS);
    expect(ports.calls.map(({ operation }) => operation)).toEqual(["load", "commit"]);
  });

  it("stays one where Stripe's answer may be older than the events", async () => {
    await givenWith({ stripe: stripeWith(subscription, SECOND - 1) })(active)
      .when(pastDue)
      .then(tied("subscription", "sub_1"), row("subscription", "sub_1", { status: "past_due" }));
  });

  it("stays one without a key", async () => {
    await given(active).when(pastDue).then(tied("subscription", "sub_1"));
  });
});

describe("a state that was fetched", () => {
  it("supersedes the events up to its second", async () => {
    await givenWith({ stripe: stripeWith(subscription) })(thin)
      .when(subscriptionIs("active", { created: SECOND }))
      .then(outcomes("superseded"), row("subscription", "sub_1", { status: "past_due" }));
  });

  it("gives way to events that are surely newer, and nobody is asked", async () => {
    const stripe = stripeWith(subscription);
    await givenWith({ stripe })(thin)
      .when(subscriptionIs("active", { created: SECOND + 2 }))
      .then(outcomes("applied"), row("subscription", "sub_1", { status: "active" }));
    expect(stripe.asked).toHaveLength(1);
  });

  it.each([
    ["is not", 0, 1],
    ["is", 1, 2],
    ["is", 2, 2],
    ["is not", 3, 1],
  ])("%s fetched again for an event of %i seconds later", async (_, seconds, fetches) => {
    const stripe = stripeThat(async () => ({ object: subscription, second: SECOND, until: SECOND + 2 }));
    await givenWith({ stripe })(thin)
      .when(subscriptionIs("active", { created: SECOND + seconds }))
      .then();
    expect(stripe.asked).toHaveLength(fetches);
  });
});
