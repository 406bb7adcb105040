import { setTimeout as sleep } from "node:timers/promises";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { seeded } from "@stripe-lanes/testing/random";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { type Feeder, feederOf } from "./feed.ts";
import { deliveriesSent } from "./report.ts";
import { WORKER } from "./worker.ts";

const ROUNDS = 50;
const EVENTS_A_ROUND = 20;
/** Milliseconds: longer than the worker takes for a round's batches, so that kills fall before, into and after them. */
const LONGEST_WAIT = 40;

describe("a worker in a process of its own, killed at random moments while queue and table live on", () => {
  const random = seeded(50);
  const simulated = traffic({ seed: 50, events: ROUNDS * EVENTS_A_ROUND });
  let pipeline: Pipeline;
  let feeder: Feeder;
  let killed = 0;

  beforeAll(async () => {
    pipeline = await startPipeline({ handler: WORKER, isolation: "process" });
    feeder = feederOf(pipeline, { seed: 1, duplicates: false, shuffle: false }, new AbortController().signal);
  });
  afterAll(() => pipeline.close());

  /** SIGKILL, as `kill()` of an environment in a process of its own is. */
  async function killWorkers(): Promise<void> {
    await sleep(random.integer(LONGEST_WAIT));
    for (const environment of pipeline.runtime.environments().filter(({ busy }) => busy)) {
      environment.kill();
      killed += 1;
    }
  }

  it(`loses nothing and doubles nothing in ${ROUNDS} rounds`, { timeout: 120_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const events = simulated.events.slice(round * EVENTS_A_ROUND, (round + 1) * EVENTS_A_ROUND);
      await Promise.all([feeder.put(events), killWorkers()]);
      await pipeline.settled({ skipWaiting: true });
    }
    expect(killed).toBeGreaterThan(ROUNDS / 4);
    expect(deliveriesSent(pipeline)).toBe(simulated.events.length);
    expect(pipeline.outcomes.settled()).toBe(simulated.events.length);
    expect(pipeline.outcomes.count("parked")).toBe(0);
    expect(compare((await readTable(pipeline)).rows, simulated).told).toEqual([]);
  });
});
