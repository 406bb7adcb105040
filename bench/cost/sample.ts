// Some billing days through the worker's own code on a local table: what it stores and logs of an event, on average.
import { pack } from "@stripe-lanes/core/zstd";
import { canBeThin } from "@stripe-lanes/testing/sim/thin";
import type { StripeEvent } from "@stripe-lanes/testing/stripe/event";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { sum } from "../statistics.ts";
import type { Shared } from "./amortized.ts";
import { envelopeOf, eventLogLine, invocationLines } from "./aws-lines.ts";
import { type Handled, handle } from "./handled.ts";
import { loggedBytes, metricBytesOf, metricNames, weightOf } from "./logged.ts";
import type { LogLevel } from "./settings.ts";

/** Of one event, on average. */
export type Observed = {
  bodyBytes: number;
  requests: number;
  writeUnits: number;
  readUnits: number;
  /** Requests of Stripe's API. */
  fetches: number;
  rowBytes: number;
  ledgerBytes: number;
  lineBytes: Record<LogLevel, number>;
};

export type Sample = {
  snapshot: Observed;
  /** What a thin event adds that comes right after its snapshot event. */
  thin: Observed;
  /** Bytes that raw adds to the rows of a snapshot event. */
  rawBytes: number;
  /** Bytes that EventBridge's envelope adds to a message. */
  envelopeBytes: number;
  eventLogBytes: number;
  invocationBytes: number;
  metricBytes: Shared;
  /** Names of our metrics that these days tell. */
  metrics: string[];
};

/** The same options give the same sample. @throws Error where an event of it does not settle. */
export async function takeSample({ seed = 1, events = 500 } = {}): Promise<Sample> {
  const sent = traffic({ seed, events }).events;
  const handled = await handle(sent);
  const alone = totalsOf(handled);
  const both = totalsOf(await handle(sent, { payloads: "both" }));
  const withRaw = await handle(sent, { pack });
  const average = (of: (event: StripeEvent) => number) => sum(sent.map(of)) / sent.length;
  return {
    snapshot: each(alone, (value) => value / sent.length),
    thin: each(differenceOf(both, alone), (value) => value / sent.filter(canBeThin).length),
    rawBytes: (withRaw.rowBytes - alone.rowBytes) / sent.length,
    envelopeBytes: average((event) => bytesOf(envelopeOf(event))) - alone.bodyBytes / sent.length,
    eventLogBytes: average((event) => weightOf(eventLogLine(event))),
    invocationBytes: sum(invocationLines().map(weightOf)),
    metricBytes: metricBytesOf(handled.batches),
    metrics: metricNames(handled.batches),
  };
}

function totalsOf({ batches, ...totals }: Handled): Observed {
  return { ...totals, lineBytes: loggedBytes(batches.flatMap(({ results }) => results)) };
}

/** Of both, figure by figure. */
function differenceOf(one: Observed, other: Observed): Observed {
  return combined(one, other, (a, b) => a - b);
}

function each(observed: Observed, of: (value: number) => number): Observed {
  return combined(observed, observed, of);
}

function combined(one: Observed, other: Observed, of: (a: number, b: number) => number): Observed {
  const { lineBytes, ...figures } = one;
  const pairs = <T extends Record<string, number>>(a: T, b: T) =>
    Object.fromEntries(Object.entries(a).map(([name, value]) => [name, of(value, b[name] ?? 0)])) as T;
  const { lineBytes: otherLines, ...others } = other;
  return { ...pairs(figures, others), lineBytes: pairs(lineBytes, otherLines) };
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
