// Puts events on the local bus, as Stripe's partner source does: again, late and out of order if asked.
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { BUS } from "@stripe-lanes/testing/local/deploy";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { seeded } from "@stripe-lanes/testing/random";
import type { EventJson } from "./input/tally.ts";
import type { Options } from "./options.ts";

/** EventBridge's most for one request. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 1024 * 1024;

/** Longer than SQS remembers a message for deduplication, in milliseconds. */
const FORGOTTEN = 5 * 60 * 1000 + 1000;

export type Fed = {
  /** Deliveries that are to be made, copies included. */
  planned: number;
  /** Deliveries of them that EventBridge was asked to take, refused ones too. */
  offered: number;
  /** Events that EventBridge does not take, with its reason. */
  refused: string[];
};

export type Feeder = {
  fed: Fed;
  /** Delivers events once, in their order. */
  put(events: EventJson[]): Promise<void>;
  /** Delivers events as the options say, and waits in between until copies are no longer known to the queue. */
  deliver(events: EventJson[]): Promise<void>;
};

export type FeedOptions = Pick<Options, "seed" | "duplicates" | "shuffle"> & {
  /** So many events come once more at the end, when the queue has forgotten them; none by default. */
  resends?: number;
  /** Moves the clock instead of waiting for redeliveries. */
  skipWaiting?: boolean;
  /** Told the share of the first deliveries that has been put, from 0 to 1; the feed goes on when it is done. */
  onPut?(share: number): Promise<void>;
};

/** An aborted `signal` stops between two requests. */
export function feederOf(pipeline: Pipeline, options: FeedOptions, signal: AbortSignal): Feeder {
  const client = new EventBridgeClient({
    endpoint: pipeline.aws.events.url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const fed: Fed = { planned: 0, offered: 0, refused: [] };
  const send = async (events: EventJson[], onPut?: FeedOptions["onPut"]) => {
    const batches = batched(events, fed);
    for (const [index, entries] of batches.entries()) {
      if (signal.aborted) return;
      await putBatch(client, entries, fed);
      await onPut?.((index + 1) / batches.length);
    }
  };
  return {
    fed,
    async put(events) {
      fed.planned += events.length;
      await send(events);
    },
    async deliver(events) {
      const { early, late } = deliveriesOf(events, options);
      fed.planned += early.length + late.length;
      await send(early, options.onPut);
      if (late.length === 0 || signal.aborted) return;
      await pipeline.settled({ skipWaiting: options.skipWaiting ?? false });
      pipeline.clock.advance(FORGOTTEN);
      await send(late);
    },
  };
}

type Deliveries = { early: EventJson[]; late: EventJson[] };

/** Half of the copies, rounded up, come when the queue has forgotten the event and only the ledger knows it. */
function deliveriesOf(
  events: EventJson[],
  { seed, duplicates, shuffle, resends = 0 }: FeedOptions,
): Deliveries {
  const random = seeded(seed);
  const copies = duplicates ? random.shuffle(events).map(copyOf) : [];
  const late = copies.slice(0, Math.ceil(copies.length / 2));
  const early = [...events, ...copies.slice(late.length)];
  const inOrder = (list: EventJson[]) => (shuffle ? random.shuffle(list) : list);
  const resent = resends === 0 ? [] : random.shuffle(events).slice(0, resends).map(copyOf);
  return { early: inOrder(early), late: inOrder([...late, ...resent]) };
}

/** What Stripe changes when it delivers an event again: the deliveries that are still owed. */
function copyOf(event: EventJson): EventJson {
  const owed = typeof event.pending_webhooks === "number" ? event.pending_webhooks : 1;
  return { ...event, pending_webhooks: owed + 1 };
}

function entryOf(event: EventJson): PutEventsRequestEntry {
  const type = typeof event.type === "string" && event.type !== "" ? event.type : "unknown";
  return { EventBusName: BUS, Source: BUS, DetailType: type, Detail: JSON.stringify(event) };
}

function batched(events: EventJson[], fed: Fed): PutEventsRequestEntry[][] {
  const batches: { entries: PutEventsRequestEntry[]; bytes: number }[] = [];
  for (const event of events) {
    const entry = entryOf(event);
    const bytes = sizeOf(entry);
    const last = batches.at(-1);
    const fits = last && last.entries.length < MOST_ENTRIES && last.bytes + bytes <= MOST_BYTES;
    if (bytes > MOST_BYTES) refuse(fed, tooLarge(event, bytes));
    else if (fits) Object.assign(last, { entries: [...last.entries, entry], bytes: last.bytes + bytes });
    else batches.push({ entries: [entry], bytes });
  }
  return batches.map(({ entries }) => entries);
}

function refuse(fed: Fed, sentence: string): void {
  fed.offered += 1;
  fed.refused.push(sentence);
}

function tooLarge({ id }: EventJson, bytes: number): string {
  return `The event ${id} of ${bytes} bytes was not sent: EventBridge takes ${MOST_BYTES} at most.`;
}

function sizeOf({ Source = "", DetailType = "", Detail = "" }: PutEventsRequestEntry): number {
  return Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}

async function putBatch(
  client: EventBridgeClient,
  Entries: PutEventsRequestEntry[],
  fed: Fed,
): Promise<void> {
  const answer = await client.send(new PutEventsCommand({ Entries }));
  const refused = (answer.Entries ?? []).filter(({ ErrorCode }) => ErrorCode !== undefined);
  fed.offered += Entries.length;
  fed.refused.push(...refused.map(({ ErrorMessage }) => `EventBridge refused an event: ${ErrorMessage}`));
}
