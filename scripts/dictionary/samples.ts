// What a dictionary is trained on: the simulated Stripe's objects, as events carry them.
import { canonical, type JsonObject } from "@stripe-lanes/core/json";
import { API_VERSIONS, NEWEST_API_VERSION } from "@stripe-lanes/testing/stripe/api-versions";
import { type TrafficOptions, traffic } from "@stripe-lanes/testing/stripe/traffic";

/** Most events come in the newest version, and in live mode. */
const RUNS: TrafficOptions[] = [
  ...[101, 102, 103, 104].map((seed) => ({ seed, events: 3_000, apiVersion: NEWEST_API_VERSION })),
  ...[105, 106, 107, 108].map((seed) => ({
    seed,
    events: 3_000,
    apiVersion: NEWEST_API_VERSION,
    livemode: true,
  })),
  ...API_VERSIONS.map((apiVersion, number) => ({
    seed: 109 + number,
    events: 1_000,
    apiVersion,
    livemode: true,
  })),
];

/** Canonical texts, each once. */
export function samples(): string[] {
  const objects = RUNS.flatMap((run) => traffic(run).events.map(({ data }) => data.object as JsonObject));
  return [...new Set(objects.map(canonical))];
}
