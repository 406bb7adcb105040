import { internalServerError, throttled } from "@stripe-lanes/testing/local/dynamodb/errors";
import { AwsError, type Fault, type Faults } from "@stripe-lanes/testing/local/http";
import type { InvocationFault } from "@stripe-lanes/testing/local/lambda/faults";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { seeded } from "@stripe-lanes/testing/random";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { type Feeder, feederOf } from "./feed.ts";
import { WORKER } from "./worker.ts";

const EVENTS = 600;

/** The share of requests and invocations that go wrong, until so many did: a count does not depend on speed. */
const SHARE = 0.3;
const MOST_FAULTS = 60;

const INVOCATION_FAULTS: InvocationFault[] = [
  "throttled",
  "killed-before",
  "killed-after",
  "delete-lost",
  "duplicate",
];

/** Of what the worker asks: nothing goes wrong with the events on their way to the queue. */
const REQUEST_FAULTS: Record<string, Fault[]> = {
  dynamodb: [
    { when: "before", error: throttled() },
    { when: "before", error: internalServerError() },
    { when: "after", error: internalServerError() },
  ],
  sqs: [{ when: "before", error: new AwsError("ServiceUnavailable", "Injected.", { status: 503 }) }],
};

describe("the pipeline, while requests and invocations go wrong", () => {
  const random = seeded(11);
  const simulated = traffic({ seed: 11, events: EVENTS });
  let injected = 0;
  let pipeline: Pipeline;
  let feeder: Feeder;

  const isDue = () => injected < MOST_FAULTS && random.chance(SHARE);
  const faults: Faults = (service) => {
    const known = REQUEST_FAULTS[service];
    if (known === undefined || !isDue()) return undefined;
    injected += 1;
    return random.pick(known);
  };
  const invocationFault = () => {
    if (!isDue()) return undefined;
    injected += 1;
    return random.pick(INVOCATION_FAULTS);
  };

  beforeAll(async () => {
    pipeline = await startPipeline({ handler: WORKER, faults, invocationFault });
    const options = { seed: 11, duplicates: false, shuffle: true };
    feeder = feederOf(pipeline, options, new AbortController().signal);
  });
  afterAll(() => pipeline.close());

  it("ends in the truth once they stop, with every delivery settled and nobody parked", {
    timeout: 120_000,
  }, async () => {
    await feeder.deliver(simulated.events);
    await pipeline.settled({ skipWaiting: true });
    expect(injected).toBeGreaterThan(20);
    expect(pipeline.outcomes.settled()).toBe(EVENTS);
    expect(pipeline.outcomes.count("parked")).toBe(0);
    expect(compare((await readTable(pipeline)).rows, simulated).told).toEqual([]);
  });
});
