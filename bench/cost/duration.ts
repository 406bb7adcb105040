// How long an invocation takes, by a model: requests one after another, then the CPU that the memory buys.
import { inBatches } from "./amortized.ts";
import type { Load } from "./quantities.ts";
import { MEMORY_MEGABYTES } from "./stage.ts";

/** Milliseconds of one DynamoDB request. Assumed, and what the benchmark adds to each. */
export const LATENCY = 4;

/** Milliseconds of one request of Stripe's API. Assumed. */
export const STRIPE_LATENCY = 150;

/** Megabytes that buy a whole vCPU ("Configure Lambda function memory", AWS Lambda Developer Guide). */
const VCPU_MEGABYTES = 1_769;

/** The part of a vCPU that the function has. */
export const CPU_SHARE = MEMORY_MEGABYTES / VCPU_MEGABYTES;

/**
 * Milliseconds that an invocation with so many events is billed for: whole ones. A vCPU is taken to be as fast as
 * the machine that measured, and starts to be rare.
 */
export function invocationMilliseconds({ requests, fetches, cpuMilliseconds }: Load, batch: number): number {
  const waiting = inBatches(requests, batch) * batch * LATENCY;
  const asking = fetches * batch * STRIPE_LATENCY;
  const working = (cpuMilliseconds * batch) / CPU_SHARE;
  return Math.ceil(waiting + asking + working);
}
