// Tells a story to core: in any order, in any batches, on a store in memory, and reads what it left.
import assert from "node:assert/strict";
import { handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import { countersOf, entriesOf, rowsOf } from "@stripe-lanes/core/item";
import { canonical, type JsonObject } from "@stripe-lanes/core/json";
import type { MemoryStore } from "@stripe-lanes/core/memory";
import type { Stripe } from "@stripe-lanes/core/ports";
import { shownIn, type View } from "@stripe-lanes/core/view";
import { type EventJson, messagesOf } from "../../events.ts";
import { NOW, TEST_OPTIONS, testPorts } from "../../ports.ts";
import { MONTH, type Story } from "./story.ts";

/** When the events come, in seconds since the epoch: long after what they tell. */
const TOLD = NOW / 1000 + 3 * MONTH;

/** Handles deliveries of a story's events, of which none fails, in batches of at most `size()`. */
export async function replay(
  { stripe }: Pick<Story, "stripe">,
  deliveries: EventJson[],
  size: () => number = () => 1,
): Promise<MemoryStore> {
  const ports = testPorts({ now: () => TOLD * 1000, ...(stripe && { stripe: answering(stripe) }) });
  for (let from = 0; from < deliveries.length; ) {
    const batch = deliveries.slice(from, from + size());
    const results = await handleBatch(messagesOf(...batch), ports, TEST_OPTIONS);
    const isSettled = results.every((result) => result.kind === "settled" && result.outcome !== "parked");
    assert.ok(isSettled, "An event of a story was not settled.");
    from += batch.length;
  }
  return ports.memory;
}

/** A Stripe that knows of these objects, as they are in the end; asked for others it is down. */
function answering(objects: StripeObject[]): Stripe {
  return {
    async fetch({ objectType, id }) {
      const object = objects.find((one) => one.object === objectType && [one.id, one.customer].includes(id));
      if (object === undefined) throw new Unavailable(`The story does not tell of ${objectType} ${id}.`);
      return { object, second: TOLD - 1, until: TOLD };
    },
  };
}

/** All that depends on the set of events alone, parts included, as one text a row, counter and ledger entry. */
export function contentOf(store: MemoryStore): string[] {
  const items = store.items();
  const rows = rowsOf(items).map(({ revision, ...row }) => row);
  const ledger = entriesOf(items).map(({ key, event, type, object }) => ({ key, event, type, object }));
  return [...rows, ...ledger, ...countedIn(store)].map((content) =>
    canonical(content as unknown as JsonObject),
  );
}

/** The rows as they are read. */
export function viewsOf(store: MemoryStore): View[] {
  return shownIn(store.items());
}

/** A counter back at zero is as good as one that never counted. */
function countedIn(store: MemoryStore) {
  return countersOf(store.items())
    .map(({ amounts, ...counter }) => ({
      ...counter,
      amounts: Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0)),
    }))
    .filter(({ amounts }) => Object.keys(amounts).length > 0);
}
