// Stores that keep whole objects beside the states (D13), for the tests of that.
import { handleBatch } from "@stripe-lanes/core/batch";
import type { StripeObject } from "@stripe-lanes/core/event";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Named } from "@stripe-lanes/core/named";
import type { Pack } from "@stripe-lanes/core/raw";
import { pack } from "@stripe-lanes/core/zstd";
import { type EventJson, FIRST_SECOND, messagesOf } from "../events.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { readsOf } from "./readings.ts";
import { knowingEvents } from "./stripes.ts";
import { subscriptionIs } from "./told.ts";

/** The second of all that competes, since the epoch. */
export const AT = FIRST_SECOND;

type TellOptions = {
  store?: MemoryStore;
  /** Undefined where none are kept; what the worker packs with where it is not said. */
  packing?: Pack | undefined;
  answer?: StripeObject | null;
  second?: number;
};

/** What a store holds after these batches; Stripe, where it is asked, gives the answer. */
export async function told(batches: EventJson[][], options: TellOptions = {}): Promise<MemoryStore> {
  const { store = memoryStore(), answer, second = AT } = options;
  const packing = "packing" in options ? options.packing : pack;
  const stripe = knowingEvents({
    fetch: async () => ({ object: answer ?? null, second, until: second + 1 }),
  });
  const ports = { ...testPorts({ store, ...(answer === undefined ? {} : { stripe }) }), pack: packing };
  for (const batch of batches) await handleBatch(messagesOf(...batch), ports, TEST_OPTIONS);
  return store;
}

export const oneByOne = (events: EventJson[]) => events.map((event) => [event]);
export const objectOf = ({ data }: EventJson) => (data as { object: StripeObject }).object;

/** The whole objects that an app reads of a row. */
export async function rawIn(store: MemoryStore, noun: Named, id: string): Promise<StripeObject[]> {
  return [...((await readsOf(store).raw(noun, id))?.values() ?? [])] as StripeObject[];
}

/** Of a subscription, in its second, with what the event before it left. */
export function change(id: string, quantity: number, before?: number): EventJson {
  const { data, ...event } = subscriptionIs("active", { quantity, id, created: AT });
  const { object } = data as { object: StripeObject };
  const items = {
    object: "list",
    data: [{ id: "si_sub_1", price: { id: "price_1" }, quantity: before ?? 0 }],
  };
  const previous = before === undefined ? {} : { previous_attributes: { items } };
  return { ...event, data: { object: { ...object, told: id }, ...previous } } as EventJson;
}
