// What an app sees of events that were handled: its reads, and the facts that it is told of.
import { handleBatch } from "@stripe-lanes/core/batch";
import { type Billing, billing } from "@stripe-lanes/core/billing";
import { type FactName, facts } from "@stripe-lanes/core/facts";
import { permutations } from "@stripe-lanes/core/fixtures/permutations";
import { rowsOf } from "@stripe-lanes/core/item";
import type { JsonObject } from "@stripe-lanes/core/json";
import { keyText } from "@stripe-lanes/core/keys";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Named } from "@stripe-lanes/core/named";
import type { Store } from "@stripe-lanes/core/store";
import { expect } from "vitest";
import { type EventJson, messagesOf } from "../events.ts";
import type { End, Expectation } from "../given.ts";
import { NOW, TEST_OPTIONS, type TestPorts, testPorts } from "../ports.ts";

type Asking = {
  /** Seconds since the epoch; an hour after the first event where it is not given. */
  at?: number;
  tenant?: string;
};

export function readsOf(
  store: Store,
  { at = NOW / 1000, tenant = TEST_OPTIONS.tenant }: Asking = {},
): Billing {
  return billing({ store, tenant, now: () => at });
}

/** A row, read by its noun and id, that is like this; its lists are as long as these. */
export function reads(noun: Named, id: string, expected: JsonObject, asking?: Asking): Expectation {
  return async ({ ports }) => {
    const view = await readsOf(ports.memory, asking).get(noun, id);
    expect(view, `${JSON.stringify(noun)} ${id}`).toMatchObject(expected);
  };
}

/** Whether a customer has access or, with its lookup key, may use a feature. */
export function access(
  customer: string,
  expected: JsonObject,
  { feature, ...asking }: Asking & { feature?: string } = {},
): Expectation {
  return async ({ ports }) => {
    const told = await readsOf(ports.memory, asking).hasAccess(customer, feature);
    expect(told, `The access of ${customer}`).toMatchObject(expected);
  };
}

/** Every event was settled, and none of them in the dead-letter queue. */
export const settles: Expectation = ({ results }) => {
  const ends = results.map((result) => (result.kind === "settled" ? result.outcome : result.kind));
  for (const end of ends) expect(["applied", "superseded", "duplicate", "ignored"]).toContain(end);
};

/** Handles events in every order, each in a batch of its own, and expects the same of all orders. */
export async function inEveryOrder(events: EventJson[], ...expectations: Expectation[]): Promise<void> {
  for (const order of permutations(events)) {
    const ports = testPorts();
    for (const event of order) settles(await handled(event, ports));
    for (const expectation of expectations) await expectation({ results: [], ports });
  }
}

async function handled(event: EventJson, ports: TestPorts): Promise<End> {
  return { results: await handleBatch(messagesOf(event), ports, TEST_OPTIONS), ports };
}

/** What a subscriber is told of, when events are handled one after the other. */
export async function factsOf(events: EventJson[]): Promise<FactName[]> {
  const store = memoryStore();
  const told: FactName[] = [];
  for (const event of events) {
    const before = rowsByKey(store);
    await handled(event, testPorts({ store }));
    const changes = rowsByKey(store).entries();
    told.push(
      ...changes.flatMap(([key, row]) => facts(before.get(key), row, { at: NOW / 1000 })).map(nameOf),
    );
  }
  return told;
}

const nameOf = ({ name }: { name: FactName }) => name;

function rowsByKey(store: MemoryStore) {
  return new Map(rowsOf(store.items()).map((row) => [keyText(row.key), row]));
}
