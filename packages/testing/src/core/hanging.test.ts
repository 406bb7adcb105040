// A queue or a store that hangs never takes the invocation past its end: who is stopped reports nothing (D8).
import { type BatchOptions, handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import type { Message, Queue } from "@stripe-lanes/core/ports";
import { describe, expect, it } from "vitest";
import { messageOf } from "../events.ts";
import { NOW, TEST_OPTIONS, testPorts } from "../ports.ts";
import { productIs, subscriptionIs } from "./told.ts";

/** Milliseconds: of an invocation, and of one request with its retries. */
const INVOCATION = 30_000;
const HANGING = 3_300;
const OPTIONS: BatchOptions = { ...TEST_OPTIONS, reserve: 7_000 };

type Hanging = { queue?: boolean; store?: boolean };

/** A clock that only moves while something hangs; where calls run beside each other, it moves once. */
function hangingWorld({ queue = false, store = false }: Hanging) {
  let now = NOW;
  const hang = async (): Promise<never> => {
    const until = now + HANGING;
    await Promise.resolve();
    now = Math.max(now, until);
    throw new Unavailable("No answer.");
  };
  const hangs: Partial<Queue> = queue ? { park: hang, moveTo: hang, hide: hang } : {};
  const ports = testPorts({ queue: hangs, now: () => now, remaining: () => NOW + INVOCATION - now });
  if (store)
    Object.assign(ports.store, { load: hang, commit: hang, note: hang, withdraw: hang, probe: hang });
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  return { ports: { ...ports, sleep }, took: () => now - NOW };
}

const malformed = (count: number, receives = 1): Message[] =>
  Array.from({ length: count }, (_, index) => messageOf("{", { receives, group: `lane-0${index}` }));

describe("a batch whose outward calls hang ends before its invocation does", () => {
  it.each<[string, Hanging, Message[]]>([
    ["nine malformed messages and a queue", { queue: true }, malformed(9)],
    ["nine that have failed before", { queue: true }, malformed(9, 5)],
    ["ten of which one is an event", { queue: true }, [messageOf(productIs("A")), ...malformed(9)]],
    ["ten defects that the ledger is to say", { queue: true, store: true }, malformed(10)],
    [
      "suspects, a store and a queue",
      { queue: true, store: true },
      ["a", "b", "c"].map((of) => messageOf(productIs(of, { of }), { receives: 4, group: `lane-${of}` })),
    ],
    [
      "ten sets apart and a store",
      { store: true },
      ["a", "b", "c", "d", "e", "f"].map((of) => messageOf(subscriptionIs("active", { of }))),
    ],
  ])("%s", async (_, hanging, messages) => {
    const { ports, took } = hangingWorld(hanging);
    const results = await handleBatch(messages, ports, OPTIONS);
    expect(results).toHaveLength(messages.length);
    expect(took()).toBeLessThan(INVOCATION);
    const failed = results.filter(({ kind }) => kind === "retry");
    expect(failed.length).toBeGreaterThanOrEqual(messages.length - 1);
  });

  it("parks as many as there is time for", async () => {
    const { ports } = hangingWorld({});
    const slow = async () => void (await ports.sleep(5_000));
    const results = await handleBatch(
      malformed(9),
      { ...ports, queue: { ...ports.queue, park: slow } },
      OPTIONS,
    );
    expect(results.map(({ kind }) => kind)).toEqual([...Array(5).fill("settled"), ...Array(4).fill("retry")]);
  });
});
