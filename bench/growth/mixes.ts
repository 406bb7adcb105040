// How many events there are, how many of them are one customer's, and how many customers share a batch.
import { BATCH_SIZE, batchesOf } from "../batches.ts";
import { measure } from "../measure.ts";
import type { Sample } from "../results.ts";
import { workload } from "../workload.ts";
import { lives, numbered } from "./customer.ts";
import { oursJob } from "./ours.ts";
import { repeated, type Series } from "./series.ts";
import { interleaved } from "./stream.ts";

const SEED = 7;

/** Fewer events take so little time that one run says little. */
const [ENOUGH, REPETITIONS] = [4_000, 3];

export const EVENTS: Series = {
  name: "events",
  axis: "events",
  latency: 0,
  at: [1_000, 2_000, 4_000, 8_000, 16_000],
  measured: async (events) => ({
    figures: await repeated(events < ENOUGH ? REPETITIONS : 1, (time) =>
      measuredInOneLane(workload(SEED + time, events)),
    ),
  }),
};

const SPREAD_EVENTS = 5_000;

export const EVENTS_PER_CUSTOMER: Series = {
  name: "events-per-customer",
  axis: "events per customer",
  latency: 0,
  at: [1, 10, 100, 1_000],
  measured: async (each) => ({ figures: await measuredInOneLane(customersOf(SPREAD_EVENTS, each)) }),
};

/** So many events, of as many customers as it takes. */
export function customersOf(events: number, each: number): string[] {
  return interleaved(lives(numbered(events / each), each), { customers: 5, together: 2 });
}

const [CUSTOMERS, EVENTS_EACH] = [20, 100];

export const CUSTOMERS_PER_BATCH: Series = {
  name: "customers-per-batch",
  axis: "customers per batch of ten",
  latency: 0,
  at: [1, 2, 5, 10],
  measured: async (customers) => ({ figures: await measuredInOneLane(inBatchesOf(customers)) }),
};

/** The same events of the same customers, so many of whom share each batch. */
export function inBatchesOf(customers: number): string[] {
  return interleaved(lives(numbered(CUSTOMERS), EVENTS_EACH), {
    customers,
    together: BATCH_SIZE / customers,
  });
}

function measuredInOneLane(bodies: string[]): Promise<Sample> {
  return measure(oursJob({ lanes: [batchesOf(bodies)], latency: 0 }));
}
