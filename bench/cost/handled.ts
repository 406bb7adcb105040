// Events through the worker's own code and the real adapter, on a local table.
import { handleBatch } from "@stripe-lanes/core/batch";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { Ports, Stripe } from "@stripe-lanes/core/ports";
import { counting } from "@stripe-lanes/functions/counting";
import { messageOf } from "@stripe-lanes/testing/events";
import { type OpenTable, openTable } from "@stripe-lanes/testing/open-table";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { canBeThin, thinOf } from "@stripe-lanes/testing/sim/thin";
import type { StripeEvent } from "@stripe-lanes/testing/stripe/event";
import { sum } from "../statistics.ts";
import type { Batch } from "./logged.ts";
import type { Settings } from "./settings.ts";
import { LARGEST_BATCH } from "./stage.ts";
import { type Stored, storedIn } from "./stored.ts";

type Payloads = Settings["payloads"];

export type HandleOptions = {
  payloads?: Payloads;
  /** With it rows keep their raw objects. */
  pack?: Ports["pack"];
};

/** Everything that all of the events took together. */
export type Handled = Stored & {
  batches: Batch[];
  bodyBytes: number;
  requests: number;
  writeUnits: number;
  readUnits: number;
  /** Requests of Stripe's API. */
  fetches: number;
};

/**
 * In batches of ten; with both payloads each is followed by its thin events, of the objects that have such.
 * @throws Error where an event does not settle
 */
export async function handle(
  events: StripeEvent[],
  { payloads = "snapshot", pack }: HandleOptions = {},
): Promise<Handled> {
  const table = await openTable();
  try {
    return await handleOn(table, events, { payloads, pack });
  } finally {
    await table.close();
  }
}

async function handleOn(
  table: OpenTable,
  events: StripeEvent[],
  { payloads, pack }: Required<HandleOptions>,
): Promise<Handled> {
  const stripe = stripeInMemory();
  const batches: Batch[] = [];
  table.database.resetMetrics();
  for (const sent of inTens(events)) {
    for (const event of sent) stripe.remember(event);
    const now = Math.max(...sent.map(({ created }) => created + 1)) * 1_000;
    for (const bodies of bodiesOf(sent, payloads)) {
      batches.push(await settled(bodies, { table, stripe: stripe.port(now), pack, now }));
    }
  }
  const { requests, writeUnits, readUnits } = table.database.metrics();
  return {
    ...(await storedIn(table.database)),
    batches,
    bodyBytes: sum(batches.map(bytesOf)),
    requests: sum(Object.values(requests)),
    writeUnits,
    readUnits,
    fetches: stripe.fetches(),
  };
}

function bytesOf({ results }: Batch): number {
  return sum(results.map(({ message }) => Buffer.byteLength(message.body)));
}

function inTens(events: StripeEvent[]): StripeEvent[][] {
  const first = Array.from({ length: Math.ceil(events.length / LARGEST_BATCH) }, (_, index) => index);
  return first.map((index) => events.slice(index * LARGEST_BATCH, (index + 1) * LARGEST_BATCH));
}

/** One batch of snapshots or, with its thin events, two. */
function bodiesOf(events: StripeEvent[], payloads: Payloads): string[][] {
  const snapshots = events.map(({ pending_webhooks: _, request: __, ...kept }) => JSON.stringify(kept));
  const thin = events.filter(canBeThin).map((event) => JSON.stringify(thinOf(event)));
  return payloads === "both" && thin.length > 0 ? [snapshots, thin] : [snapshots];
}

type World = Pick<Ports, "pack"> & { table: OpenTable; stripe: Stripe; now: number };

async function settled(bodies: string[], { table, stripe, pack, now }: World): Promise<Batch> {
  const { store, counts } = counting(table.store);
  const ports = { ...testPorts({ now: () => now }), store, stripe, pack };
  const results = await handleBatch(
    bodies.map((body) => messageOf(body)),
    ports,
    TEST_OPTIONS,
  );
  const open = results.find(({ kind }) => kind !== "settled");
  if (open === undefined) return { results, counts, now };
  throw new Error(`The event ${open.event?.id} of the sample did not settle.`);
}

/** Answers with what the newest event showed. */
function stripeInMemory() {
  const shown = new Map<string, StripeObject>();
  let fetches = 0;
  const port = (now: number): Stripe => ({
    async fetch({ objectType, id }) {
      fetches += 1;
      const until = now / 1_000;
      return { object: shown.get(`${objectType} ${id}`) ?? null, second: until - 1, until };
    },
  });
  const remember = ({ data: { object } }: StripeEvent) =>
    void shown.set(`${object.object} ${object.id}`, object as StripeObject);
  return { port, remember, fetches: () => fetches };
}
