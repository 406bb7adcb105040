// A bad day for the local pipeline: all that AWS, Stripe and operators may do wrong, so often and no more.
import { localClock } from "@stripe-lanes/testing/local/clock";
import { type Pipeline, type PipelineOptions, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { seeded } from "@stripe-lanes/testing/random";
import { type FaultAt, type FaultCounts, noFaults } from "./faults/catalogue.ts";
import { type Deal, dealerOf } from "./faults/dealer.ts";
import { withBadInputs } from "./faults/inputs.ts";
import { type Outage, outageOn } from "./faults/outage.ts";
import { requestFaults } from "./faults/requests.ts";
import { type Stages, stagesOf } from "./faults/stages.ts";
import { isWithoutSuspects } from "./faults/workers.ts";
import type { FeedOptions } from "./feed.ts";
import type { EventJson } from "./input/tally.ts";

export type BadDayOptions = {
  seed: number;
  /** Good ones, of which the bad are made. */
  events: EventJson[];
  /** Ends what operators do. */
  signal: AbortSignal;
};

export type BadDay = {
  pipeline: Pipeline;
  /** In their order, with bad ones among them. */
  events: EventJson[];
  /** How they are to be fed. */
  feed: Required<Pick<FeedOptions, "resends" | "skipWaiting" | "onPut">>;
  /** Resolves when nothing is on its way any more; nothing goes wrong from then on. */
  settled(): Promise<void>;
  /** So far. */
  counts: FaultCounts;
};

type Injected = Pick<
  PipelineOptions,
  "faults" | "conflicts" | "partialReads" | "deliveryFault" | "invocationFault"
>;

/** One of each fault for so many events, within bounds: a large run need not take longer for them. */
const EVENTS_A_FAULT = 100;
const FEWEST = 3;
const MOST = 20;

/** Workers at one time, and environments for a second delivery of each batch. */
const CONCURRENCY = 4;
const ENVIRONMENTS = 2 * CONCURRENCY;

/**
 * Starts a pipeline on which things go wrong. The seed decides on what goes wrong and how often; which request or
 * invocation it meets hangs on the machine's speed too, since they are real.
 * @throws Error when a port that is asked for is taken
 */
export async function startBadDay(settings: PipelineOptions, options: BadDayOptions): Promise<BadDay> {
  const { seed, events, signal } = options;
  const injecting = { random: seeded(seed), each: timesFor(events), counts: noFaults() };
  const { counts } = injecting;
  const dealer = dealerOf(injecting);
  const { clock = localClock() } = settings;
  const outage = outageOn(clock);
  const faults = faultsOf(dealer.deal, outage, () => pipeline);
  const numbers = { concurrency: CONCURRENCY, environments: ENVIRONMENTS };
  const pipeline: Pipeline = await startPipeline({ ...settings, ...faults, ...numbers, clock });
  const stages = stagesOf({ pipeline, outage, counts, signal });
  counts.resent = Math.min(injecting.each, events.length);
  return {
    pipeline,
    events: withBadInputs(events, settings.mode ?? "test", injecting),
    feed: { resends: counts.resent, skipWaiting: true, onPut: stages.reach },
    counts,
    async settled() {
      await settle(pipeline, stages);
      dealer.stop();
      outage.end();
    },
  };
}

function timesFor({ length }: EventJson[]): number {
  return Math.min(MOST, Math.max(FEWEST, Math.round(length / EVENTS_A_FAULT)));
}

/** Operators may only now be done, and what they sent has to settle too. */
async function settle(pipeline: Pipeline, stages: Stages): Promise<void> {
  await pipeline.settled({ skipWaiting: true });
  await stages.over();
  await pipeline.settled({ skipWaiting: true });
}

function faultsOf(deal: Deal, outage: Outage, pipeline: () => Pipeline): Injected {
  return {
    faults: requestFaults({ deal, outage, pipeline }),
    conflicts: () => deal("transaction") !== undefined,
    partialReads: (keys) => (keys.length > 1 && deal("batchRead") ? Math.ceil(keys.length / 2) : 0),
    deliveryFault: (target) => (target.endsWith(".fifo") ? deal("delivery") : undefined),
    invocationFault: (_invocation, records) =>
      deal("invocation", (name) => !runsTwice(name) || isWithoutSuspects(records)),
  };
}

/** Each worker notes its start with a suspect: two at one time would look like two that ended. */
function runsTwice(name: FaultAt<"invocation">): boolean {
  return name === "duplicate" || name === "stalled";
}
