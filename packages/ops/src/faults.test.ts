import { internalServerError, throttled } from "@stripe-lanes/testing/local/dynamodb/errors";
import { AwsError, type Fault, type Faults } from "@stripe-lanes/testing/local/http";
import type { InvocationFault } from "@stripe-lanes/testing/local/lambda/faults";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { seeded } from "@stripe-lanes/testing/random";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { type Feeder, feederOf } from "./feed.ts";
import type { EventJson } from "./read.ts";
import { compare } from "./truth.ts";

const WORKER = { module: new URL(import.meta.resolve("@stripe-lanes/functions/worker")), export: "handler" };
const EVENTS = 600;

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
  let failing = true;
  let injected = 0;
  let pipeline: Pipeline;
  let feeder: Feeder;

  const faults: Faults = (service) => {
    const known = REQUEST_FAULTS[service];
    if (!failing || known === undefined || !random.chance(0.15)) return undefined;
    injected += 1;
    return random.pick(known);
  };
  const invocationFault = () => {
    if (!failing || !random.chance(0.15)) return undefined;
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
    await feeder.deliver(simulated.events as unknown as EventJson[]);
    const calm = setTimeout(() => {
      failing = false;
    }, 3_000);
    await pipeline.settled({ skipWaiting: true });
    clearTimeout(calm);
    expect(injected).toBeGreaterThan(20);
    expect(pipeline.outcomes.settled()).toBe(EVENTS);
    expect(pipeline.outcomes.count("parked")).toBe(0);
    expect(compare((await readTable(pipeline)).rows, simulated.truth).told).toEqual([]);
  });
});
