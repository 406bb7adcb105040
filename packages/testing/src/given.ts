// A sentence for tests: given these events, when that one comes, then this is so.
import assert from "node:assert/strict";
import { type BatchOptions, handleBatch, type Result } from "@stripe-lanes/core/batch";
import type { ParkReason } from "@stripe-lanes/core/errors";
import { countersOf, rowsOf } from "@stripe-lanes/core/item";
import type { JsonObject } from "@stripe-lanes/core/json";
import type { Outcome, SettledReason } from "@stripe-lanes/core/ledger";
import { memoryStore } from "@stripe-lanes/core/memory";
import { STOCK, stockOf } from "@stripe-lanes/core/nouns/stock";
import type { Message } from "@stripe-lanes/core/ports";
import { isTie, type Row } from "@stripe-lanes/core/row";
import { type EventJson, messageOf } from "./events.ts";
import { TEST_OPTIONS, type TestPorts, type TestPortsOptions, testPorts } from "./ports.ts";

/** An event, a body as it is, or a message that brings one. */
export type Told = EventJson | string | Message;

/** What became of the events of `when`, and the store and the queue as they left them. */
export type End = { results: Result[]; ports: TestPorts };

/** @throws AssertionError where it is not so. */
export type Expectation = (end: End) => void | Promise<void>;

export type Given = (...events: Told[]) => {
  /** Come after the given ones, in one batch. */
  when(...events: Told[]): {
    /** @throws AssertionError at the first expectation that is not met. */
    then(...expectations: Expectation[]): Promise<void>;
  };
};

export type GivenOptions = TestPortsOptions & Partial<BatchOptions>;

/**
 * Runs events through the worker's own decisions on a store in memory, of the tenant `main` in test mode:
 * `await given(created).when(paid).then(outcomes("applied"), row("order", "cs_1", { status: "paid" }))`.
 */
export const given: Given = givenWith({});

/** A `given` of another mode, with a Stripe to ask, with a store that fails. */
export function givenWith(options: GivenOptions): Given {
  return (...before) => ({
    when: (...events) => ({
      // biome-ignore lint/suspicious/noThenProperty: the sentence ends in it, and nobody awaits what comes before.
      async then(...expectations) {
        const end = await endOf(before, events, options);
        for (const expectation of expectations) await expectation(end);
      },
    }),
  });
}

async function endOf(before: Told[], events: Told[], told: GivenOptions): Promise<End> {
  const { store = memoryStore(), stripe, now } = told;
  const options = { ...TEST_OPTIONS, ...told };
  const faultless = testPorts({ store, ...(stripe && { stripe }), ...(now && { now }) });
  const settled = await handleBatch(before.map(asMessage), faultless, options);
  for (const { kind } of settled) assert.equal(kind, "settled", "What is given has to settle.");
  const ports = testPorts({ ...told, store });
  return { results: await handleBatch(events.map(asMessage), ports, options), ports };
}

function asMessage(told: Told): Message {
  return isMessage(told) ? told : messageOf(told);
}

function isMessage(told: Told): told is Message {
  return typeof told === "object" && "receives" in told && "body" in told;
}

/** What became of each event of `when`, in their order; `retried` and `moved` are no ends. */
export function outcomes(...expected: (Outcome | "retried" | "moved")[]): Expectation {
  return ({ results }) => assert.deepEqual(results.map(outcomeOf), expected, "The outcomes differ.");
}

function outcomeOf(result: Result): Outcome | "retried" | "moved" {
  if (result.kind === "settled") return result.outcome;
  return result.kind === "retry" ? "retried" : "moved";
}

/** Why, for each event of `when` that settled, in their order. */
export function reasons(...expected: SettledReason[]): Expectation {
  return ({ results }) => {
    const told = results.flatMap((result) => (result.kind === "settled" ? [result.reason] : []));
    assert.deepEqual(told, expected, "The reasons differ.");
  };
}

/** A row that is there, not deleted, and whose state has these members. */
export function row(noun: string, id: string, state: JsonObject): Expectation {
  return ({ ports }) => {
    const found = rowNamed(ports, noun, id);
    assert.ok(found && !found.deleted, `There is no ${noun} ${id}.`);
    assert.partialDeepStrictEqual(found.state, state, `The ${noun} ${id} is in another state.`);
  };
}

/** A row that says deleted: a tombstone, or an id that may be born again. */
export function deleted(noun: string, id: string): Expectation {
  return ({ ports }) => assert.ok(rowNamed(ports, noun, id)?.deleted, `The ${noun} ${id} is not deleted.`);
}

/** No such row was ever written; a deleted one is still a row: see `deleted`. */
export function noRow(noun: string, id: string): Expectation {
  return ({ ports }) => assert.ok(!rowNamed(ports, noun, id), `There is a ${noun} ${id}.`);
}

/** Which of the events of one second was last cannot be told, and the row says so. */
export function tied(noun: string, id: string): Expectation {
  return ({ ports }) => {
    const found = rowNamed(ports, noun, id);
    assert.ok(found && isTie(found), `The ${noun} ${id} is no tie.`);
  };
}

/** How many of a price are sold and reserved. */
export function stock(
  price: string,
  { sold = 0, reserved = 0 }: { sold?: number; reserved?: number },
): Expectation {
  return ({ ports }) => {
    const counters = countersOf(ports.memory.items());
    const found = counters.find(({ identity }) => identity.noun === STOCK && identity.id === price);
    const counted = stockOf(price, found?.amounts ?? {});
    const held = { sold: counted.sold, reserved: counted.reserved };
    assert.deepEqual(held, { sold, reserved }, `The stock of ${price} is another.`);
  };
}

/** Why messages of `when` went to the dead-letter queue, in the order in which they did. */
export function parked(...expected: ParkReason[]): Expectation {
  return ({ ports }) => {
    const told = ports.parked.map(({ note }) => note.reason);
    assert.deepEqual(told, expected, "Other messages were parked.");
  };
}

function rowNamed({ memory }: TestPorts, noun: string, id: string): Row | undefined {
  return rowsOf(memory.items()).find(({ identity }) => identity.noun === noun && identity.id === id);
}
