// A history of the simulated Stripe, told in any API version and delivered in any order, and what core makes of it.
import assert from "node:assert/strict";
import { handleBatch } from "@stripe-lanes/core/batch";
import { type Fact, facts, stockFacts } from "@stripe-lanes/core/facts";
import { keyText } from "@stripe-lanes/core/keys";
import { type MemoryStore, memoryStore } from "@stripe-lanes/core/memory";
import type { Changes } from "@stripe-lanes/core/store";
import { shownIn, type View } from "@stripe-lanes/core/view";
import { messageOf } from "../events.ts";
import { NOW, TEST_OPTIONS, testPorts } from "../ports.ts";
import type { Random } from "../random.ts";
import { HOUR } from "../stripe/calendar.ts";
import { createPrice, deletePrice, updatePrice } from "../stripe/catalog.ts";
import { act } from "../stripe/day.ts";
import type { StripeEvent } from "../stripe/event.ts";
import { habitsOf } from "../stripe/habits.ts";
import { advance, find, type Options, openSandbox, requested, type Sandbox } from "../stripe/sandbox.ts";
import { draftByMistake } from "../stripe/sellers.ts";
import { openShop, type Shop } from "../stripe/shop.ts";
import type { Traffic } from "../stripe/traffic.ts";
import { ledgerOf, truthOf } from "../stripe/truth.ts";

export type HistoryOptions = Omit<Options, "account" | "livemode"> & {
  /** How often someone does something; whatever falls due between happens too. */
  actions: number;
};

/**
 * Where only the API version differs, the same happens: it is another telling. `watch` sees the sandbox before
 * anything happens in it.
 */
export function historyOf(
  { actions, ...options }: HistoryOptions,
  watch: (sandbox: Sandbox) => void = () => {},
): Traffic {
  const sandbox = openSandbox({ ...habitsOf(options.seed), ...options });
  watch(sandbox);
  const shop = openShop(sandbox, Math.ceil(actions / 4));
  requested(sandbox, () => prepare(sandbox, shop));
  for (let done = 0; done < actions; done++) {
    advance(sandbox, sandbox.random.integer(HOUR));
    requested(sandbox, () => act(sandbox, shop));
  }
  return { events: sandbox.events, truth: truthOf(sandbox), ledger: ledgerOf(sandbox) };
}

/** What chance brings too seldom is in every history: tickets that run out or are called off, and an item for an invoice. */
function prepare(sandbox: Sandbox, shop: Shop): void {
  for (const price of shop.tickets) {
    updatePrice(sandbox, price, { metadata: { capacity: String(sandbox.random.integer(30)) } });
  }
  const { product } = find(sandbox, "price", shop.tickets[0] as string);
  deletePrice(sandbox, createPrice(sandbox, { product, unitAmount: 100, metadata: { capacity: "5" } }).id);
  draftByMistake(sandbox, shop);
}

/** Each event, and every third of them once more, in any order. */
export function shuffledWithCopies(events: readonly StripeEvent[], random: Random): StripeEvent[] {
  return random.shuffle([...events, ...events.filter(() => random.chance(1 / 3))]);
}

/** A store, and all that a subscriber to its changes was told. */
export type Told = { store: MemoryStore; facts: Fact[] };

export function nothingTold(): Told {
  return { store: memoryStore(), facts: [] };
}

/** Handles deliveries in batches of 1 to 10, of which each event is settled. */
export async function deliver(deliveries: readonly StripeEvent[], random: Random, told: Told): Promise<void> {
  const ports = testPorts({ store: listenedTo(told) });
  for (let from = 0; from < deliveries.length; ) {
    const batch = deliveries.slice(from, from + 1 + random.integer(10));
    const messages = batch.map((event) => messageOf(JSON.stringify(event)));
    const results = await handleBatch(messages, ports, TEST_OPTIONS);
    const isSettled = results.every((result) => result.kind === "settled" && result.outcome !== "parked");
    assert.ok(isSettled, "An event was not settled.");
    from += batch.length;
  }
}

/** Tells of each commit what it changed, as a stream of the table would. */
function listenedTo({ store, facts }: Told): MemoryStore {
  return {
    ...store,
    async commit(changes, now) {
      const before = await standing(store, changes);
      await store.commit(changes, now);
      facts.push(...factsBetween(before, await standing(store, changes)));
    },
  };
}

type Standing = Awaited<ReturnType<typeof standing>>;

async function standing(store: MemoryStore, { rows, moves }: Changes) {
  const loaded = await store.load(keysOf(rows), { consistent: true });
  return { rows: loaded.rows, counters: await store.counters(keysOf(moves)) };
}

function keysOf<K>(keyed: readonly { key: K }[]): K[] {
  return keyed.map(({ key }) => key);
}

function factsBetween(before: Standing, after: Standing): Fact[] {
  const counters = new Map(before.counters.map((counter) => [keyText(counter.key), counter]));
  return [
    ...[...after.rows].flatMap(([key, row]) => facts(before.rows.get(key), row, { at: NOW / 1000 })),
    ...after.counters.flatMap((counter) => stockFacts(counters.get(keyText(counter.key)), counter)),
  ];
}

/** What a reader sees; a price of which nothing is counted is none. */
export function viewsOf(store: MemoryStore): View[] {
  return shownIn(store.items());
}
