import { SECRET, urlEventOf } from "@stripe-lanes/functions/fixtures/request";
import { readTable } from "@stripe-lanes/ops/dump";
import type { InvocationFault } from "@stripe-lanes/testing/local/lambda/faults";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { describe, expect, it } from "vitest";
import { graphOf } from "../scripts/graph.ts";
import { deliver } from "./fixtures/deliver.ts";
import { endOf, loggedBy, running } from "./fixtures/ended.ts";
import { production } from "./fixtures/stages.ts";

const SECONDS = 1_000;
const DAY = 24 * 60 * 60 * SECONDS;

/** What goes wrong with these invocations. Their batches come back when their visibility ends. */
const FAULTS: Record<number, InvocationFault> = { 3: "killed-before", 5: "killed-after", 8: "timeout" };

describe("what production deploys", { timeout: 120 * SECONDS }, () => {
  it("ends 1,000 events, copied, shuffled, and with workers that die, in the truth", async () => {
    const { resources } = await production();
    const made = await running(resources, { invocationFault: (invocation) => FAULTS[invocation] });
    const simulated = traffic({ seed: 6, events: 1_000, livemode: true });
    const { deliveries, unknown } = await deliver(made, simulated.events, 6);
    expect(await endOf(made, simulated)).toEqual({ told: [], parked: 0, undelivered: 0, taken: unknown });
    expect(made.mapping.metrics()).toMatchObject({ failed: Object.keys(FAULTS).length });
    // One lane and the log.
    const metrics = {
      matchedEvents: deliveries,
      successfulInvocations: 2 * deliveries,
      failedInvocations: 0,
    };
    expect(made.aws.events.state.metrics).toMatchObject(metrics);
  });

  it("carries what is of a connected account by lanes of its own, to the same end", async () => {
    const made = await running((await production()).resources);
    const simulated = traffic({ seed: 5, events: 100, livemode: true, account: "acct_1" });
    const { unknown } = await deliver(made, simulated.events, 5);
    expect(await endOf(made, simulated)).toEqual({ told: [], parked: 0, undelivered: 0, taken: unknown });
    const rules = [...made.aws.events.state.metrics.triggeredRules.keys()];
    expect(rules.filter((arn) => !/\/production-(connect-lane|log)-/.test(arn))).toEqual([]);
  });

  it("forgets the ledger after its days, and no row", async () => {
    const made = await running((await production()).resources);
    const simulated = traffic({ seed: 3, events: 40, livemode: true });
    await deliver(made, simulated.events, 3);
    made.clock.advance(89 * DAY);
    expect(made.aws.dynamodb.sweepExpired()).toBe(0);
    made.clock.advance(2 * DAY);
    expect(made.aws.dynamodb.sweepExpired()).toBe(simulated.events.length);
    expect(compare((await readTable(made)).rows, simulated).told).toEqual([]);
  });

  it("logs each delivery by its event's name, with nothing that is in it", async () => {
    const made = await running((await production()).resources);
    const simulated = traffic({ seed: 2, events: 40, livemode: true });
    const { deliveries } = await deliver(made, simulated.events, 2);
    const lines = await loggedBy(made, "/aws/events/stripe-lanes-production-events");
    expect(lines).toHaveLength(deliveries);
    for (const { id } of simulated.events) expect(JSON.stringify(lines)).toContain(id);
    expect(JSON.stringify(lines)).not.toMatch(/@|previous_attributes|metadata/);
  });
});

describe("what a personal stage deploys", { timeout: 120 * SECONDS }, () => {
  const env = { SST_SECRET_WebhookSecret: SECRET };

  it("ends 50 events that are posted to its webhook in the truth, and takes none that is not signed", async () => {
    const made = await running(await graphOf("ada", { env }));
    const simulated = traffic({ seed: 9, events: 50 });
    for (const event of simulated.events) {
      const answer = await made.webhook?.invoke(urlEventOf(JSON.stringify(event)));
      expect(answer).toMatchObject({ statusCode: 200 });
    }
    const forged = urlEventOf(JSON.stringify(simulated.events[0]), { secret: "whsec_of_another" });
    expect(await made.webhook?.invoke(forged)).toMatchObject({ statusCode: 400 });
    await made.settled();
    expect(await endOf(made, simulated)).toEqual({ told: [], parked: 0, undelivered: 0, taken: 50 });
    expect(made.aws.events.state.metrics).toMatchObject({ matchedEvents: 50, failedInvocations: 0 });
  });
});
