// An event that the webhook sends as a claim check, redeemed at Stripe's API by the worker's own ports.
import { handleBatch } from "@stripe-lanes/core/batch";
import { type EventJson, FIRST_SECOND, messageOf, snapshotEvent } from "@stripe-lanes/testing/events";
import { outcomes, row } from "@stripe-lanes/testing/given";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { describe, expect, it } from "vitest";
import { requestOf, SECRET } from "./fixtures/request.ts";
import { startStripeApi } from "./fixtures/stripe-api.ts";
import { admit } from "./ingress.ts";
import { stripePort } from "./stripe.ts";

const object = { object: "customer", id: "cus_1", name: "Ada", description: "x".repeat(1_500_000) };

/** The details of all entries that the webhook makes of an event. */
function detailsOf(event: EventJson): string[] {
  const options = { secrets: [SECRET], source: "stripe-lanes.webhook", now: FIRST_SECOND * 1000 };
  const answer = admit(requestOf(JSON.stringify(event), { second: FIRST_SECOND }), options);
  if (!("entry" in answer)) throw new Error(answer.refusal);
  return [answer.entry, ...(answer.claimCheck ? [answer.claimCheck] : [])].map(({ Detail }) => Detail);
}

async function handled(event: EventJson, bodies: string[]) {
  const { account: _, ...told } = event;
  const { api, asked } = await startStripeApi(() => ({ body: told, date: FIRST_SECOND + 60 }));
  const stripe = stripePort({ key: "sk_test_1", rate: 100, now: () => 0, api });
  const ports = testPorts({ stripe });
  const results = await handleBatch(
    bodies.map((body) => messageOf(body)),
    ports,
    TEST_OPTIONS,
  );
  return { end: { results, ports }, asked };
}

describe("an event that is too large for EventBridge, and for a row", () => {
  it.each([undefined, "acct_1"])("is fetched whole and applied: account %s", async (account) => {
    const event = snapshotEvent({ type: "customer.updated", object, ...(account && { account }) });
    const { end, asked } = await handled(event, detailsOf(event));
    outcomes("applied")(end);
    row("customer", "cus_1", { name: "Ada" })(end);
    expect(asked.map(({ url, headers }) => [url, headers["stripe-account"]])).toEqual([
      [`/v1/events/${event.id}`, account],
    ]);
  });
});

describe("an event with a character that SQS refuses", () => {
  const event = snapshotEvent({
    type: "customer.updated",
    object: { ...object, description: "", name: "\uffff" },
  });

  it("is applied once where both of its entries arrive, and Stripe is not asked", async () => {
    const { end, asked } = await handled(event, detailsOf(event));
    outcomes("applied", "duplicate")(end);
    expect(asked).toEqual([]);
  });

  it("is applied where its claim check alone arrives", async () => {
    const { end } = await handled(event, detailsOf(event).slice(1));
    outcomes("applied")(end);
    row("customer", "cus_1", { name: "\uffff" })(end);
  });
});
