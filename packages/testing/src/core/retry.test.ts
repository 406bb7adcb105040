import { handleBatch, type Result } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { rowsOf } from "@stripe-lanes/core/item";
import type { Message } from "@stripe-lanes/core/ports";
import { type Failure, planRetries, retryGroup } from "@stripe-lanes/core/retry";
import { describe, expect, it } from "vitest";
import { type EventJson, LANE, messageOf } from "../events.ts";
import { at, atKeys, conflict, unavailable } from "../faults.ts";
import { TEST_OPTIONS, type TestPorts, type TestPortsOptions, testPorts } from "../ports.ts";
import { deliverAll } from "../redeliver.ts";
import { productIs, subscriptionIs } from "./told.ts";

const SICK = "main#cus_sick";
const sick = (status: string, of = "sub_1") => subscriptionIs(status, { of, customer: "cus_sick" });
const sickStore = { faults: atKeys(unavailable, ({ pk }) => pk === SICK) };

/** Of the aggregate that is sick. */
const failureOf = (receives: number, group = LANE, attempts = 0): Failure => ({
  message: messageOf(sick("active"), { group, receives, attempts, lane: LANE }),
  aggregate: SICK,
  begun: true,
});

/** Seconds that one failure waits in place, the chance being the longest unless told. */
const secondsOf = (failure: Failure, storeAnswers: boolean, chance = 1) =>
  planRetries([failure], storeAnswers, () => chance).inPlace[0]?.seconds;

type Delivered = { messages: Message[]; results: Result[]; ports: TestPorts };

/** Of one lane, each received that many times; beside them a healthy event, if one is given. */
async function deliver(
  events: EventJson[],
  receives: number,
  more: TestPortsOptions & { beside?: EventJson } = {},
): Promise<Delivered> {
  const { beside, ...options } = more;
  const ports = testPorts(options);
  const messages = events.map((event) => messageOf(event, { receives }));
  const healthy = beside ? [messageOf(beside)] : [];
  return { messages, results: await handleBatch([...healthy, ...messages], ports, TEST_OPTIONS), ports };
}

describe("an aggregate that fails beside others that do not", () => {
  const beside = productIs("A");

  it.each([
    [1, 1],
    [2, 2],
  ])("waits in place after failure %i, for %i s", async (receives, seconds) => {
    const { messages, ports } = await deliver([sick("active")], receives, { ...sickStore, beside });
    expect(ports.hidden).toEqual([{ messages, seconds }]);
    expect(ports.moved).toEqual([]);
  });

  it("hides all the failed messages of its lane alike, since a hidden follower would hold up its head", async () => {
    const ports = testPorts(sickStore);
    const messages = [messageOf(sick("active"), { receives: 2 }), messageOf(sick("paused"))];
    await handleBatch([...messages, messageOf(beside)], ports, TEST_OPTIONS);
    expect(ports.hidden).toEqual([{ messages, seconds: 2 }]);
  });

  it("moves at its third failure into a group of its own, in order, and is acknowledged in the lane", async () => {
    const events = [sick("active"), sick("paused", "sub_2"), sick("past_due")];
    const { messages, results, ports } = await deliver(events, 3, { ...sickStore, beside });
    expect(ports.moved).toEqual([{ group: `retry-${SICK}`, messages, attempts: 3 }]);
    expect(ports.hidden).toEqual([]);
    expect(results.map(({ kind }) => kind)).toEqual(["settled", "moved", "moved", "moved"]);
    expect(results[1]).toMatchObject({ event: { id: events[0]?.id }, error: expect.any(Unavailable) });
  });

  it("takes its later events along, which failed for the first time", async () => {
    const ports = testPorts(sickStore);
    const messages = [messageOf(sick("active"), { receives: 3 }), messageOf(sick("paused"))];
    await handleBatch([...messages, messageOf(beside)], ports, TEST_OPTIONS);
    expect(ports.moved).toEqual([{ group: `retry-${SICK}`, messages, attempts: 3 }]);
  });

  it("leaves another that fails with it for the first time in the lane", async () => {
    const ports = testPorts({ faults: atKeys(unavailable, ({ pk }) => pk !== "main#prod_1") });
    const [third, first] = [messageOf(sick("active"), { receives: 3 }), messageOf(subscriptionIs("active"))];
    await handleBatch([third, first, messageOf(beside)], ports, TEST_OPTIONS);
    expect(ports.moved).toMatchObject([{ messages: [third] }]);
    expect(ports.hidden).toEqual([{ messages: [first], seconds: 1 }]);
  });

  it("stays where the queue does not take it", async () => {
    const queue = { moveTo: () => Promise.reject(new Unavailable("SQS is down.")) };
    const { results, ports, messages } = await deliver([sick("active")], 3, { ...sickStore, beside, queue });
    expect(results.map(({ kind }) => kind)).toEqual(["settled", "retry"]);
    expect(ports.hidden).toEqual([{ messages, seconds: 2 }]);
  });

  it("acknowledges no more than what the queue took", async () => {
    const queue = { moveTo: async (_: string, [first]: Message[]) => new Set(first ? [first.id] : []) };
    const { results } = await deliver([sick("active"), sick("paused")], 3, { ...sickStore, beside, queue });
    expect(results.map(({ kind }) => kind)).toEqual(["settled", "moved", "retry"]);
  });

  it("moves for a conflict without end too", async () => {
    const { results } = await deliver([sick("active")], 3, { faults: at(conflict, "commit") });
    expect(results).toMatchObject([{ kind: "moved", group: `retry-${SICK}` }]);
  });
});

describe("a group of an aggregate that is retried", () => {
  const waits = (receives: number, storeAnswers: boolean) =>
    secondsOf(failureOf(receives, retryGroup(SICK), 3), storeAnswers);

  it.each([true, false])(
    "goes on backing off after its three tries, up to a quarter of an hour",
    (storeAnswers) => {
      const seconds = [1, 2, 3, 7, 8, 500].map((receives) => waits(receives, storeAnswers));
      expect(seconds).toEqual([8, 16, 32, 512, 900, 900]);
    },
  );

  it("is never moved again", async () => {
    const message = messageOf(sick("active"), { group: retryGroup(SICK), receives: 9, attempts: 3 });
    const ports = testPorts(sickStore);
    await handleBatch([message, messageOf(productIs("A"))], ports, TEST_OPTIONS);
    expect(ports.moved).toEqual([]);
    expect(ports.hidden).toMatchObject([{ messages: [message] }]);
  });

  it("is named after its aggregate, by its hash where SQS does not take the name", () => {
    expect(retryGroup(SICK)).toBe("retry-main#cus_sick");
    expect(retryGroup("x".repeat(122))).toHaveLength(128);
    for (const odd of ["main#cus_ü", "main#cus 1", "x".repeat(123)]) {
      expect(retryGroup(odd)).toMatch(/^retry-[0-9a-f]{64}$/);
    }
  });
});

describe("an aggregate that fails with nobody beside it", () => {
  it.each([1, 2])("waits in place after failure %i, and nobody probes the store", async (receives) => {
    const { messages, ports } = await deliver([sick("active")], receives, sickStore);
    expect(ports.hidden).toEqual([{ messages, seconds: expect.any(Number) }]);
    expect(ports.calls.filter(({ operation }) => operation === "probe")).toEqual([]);
  });

  it("waits in place where there is no time left to probe the store", async () => {
    const left = [10_000, 10_000];
    const { messages, ports } = await deliver([sick("active")], 3, {
      ...sickStore,
      remaining: () => left.pop() ?? 100,
    });
    expect(ports.calls.some(({ operation }) => operation === "probe")).toBe(false);
    expect(ports.hidden).toMatchObject([{ messages }]);
  });

  it("moves at its third failure where the store takes a write of no account: who comes next must not wait for it", async () => {
    const { messages, ports } = await deliver([sick("active")], 3, sickStore);
    expect(ports.calls.filter(({ operation }) => operation === "probe")).toHaveLength(1);
    expect(ports.moved).toEqual([{ group: `retry-${SICK}`, messages, attempts: 3 }]);
  });
});

describe("an outage", () => {
  it.each([1, 2, 3, 50, 999])(
    "after %i receives waits in place, a minute at most, and neither moves nor parks",
    async (receives) => {
      const events = [sick("active"), subscriptionIs("active")];
      const { messages, ports } = await deliver(events, receives, { faults: () => unavailable });
      expect(ports.hidden).toEqual([{ messages, seconds: expect.any(Number) }]);
      expect(ports.hidden[0]?.seconds).toBeGreaterThanOrEqual(1);
      expect(ports.hidden[0]?.seconds).toBeLessThanOrEqual(60);
      expect([ports.moved, ports.parked]).toEqual([[], []]);
    },
  );

  it("is not over because a body that is no event could be parked", async () => {
    const ports = testPorts({ faults: () => unavailable });
    const messages = [messageOf("{"), messageOf(sick("active"), { receives: 3 })];
    expect(await handleBatch(messages, ports, TEST_OPTIONS)).toMatchObject([
      { outcome: "parked" },
      { kind: "retry" },
    ]);
    expect(ports.moved).toEqual([]);
  });

  it("waits longer each time", () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7, 8].map((receives) => secondsOf(failureOf(receives), false));
    expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("does not send everyone back at the same moment", () => {
    const seconds = [0, 0.5, 0.999].map((chance) => secondsOf(failureOf(9), false, chance));
    expect(seconds).toEqual([30, 45, 60]);
  });

  it("of the queue as well leaves the messages to their visibility timeout", async () => {
    const down = () => Promise.reject(new Unavailable("SQS is down."));
    const { results } = await deliver([sick("active")], 1, {
      faults: () => unavailable,
      queue: { hide: down },
    });
    expect(results).toMatchObject([{ kind: "retry", error: expect.any(Unavailable) }]);
  });

  it("that lasts for hundreds of receives ends in what would have been without it", async () => {
    const ports = testPorts({ faults: ({ nth }) => (nth < 300 ? unavailable : undefined) });
    const messages = [sick("trialing"), sick("active")].map((event) => messageOf(event));
    const ends = await deliverAll(messages, () => ports);
    expect(ends).toHaveLength(2);
    expect(ports.parked).toEqual([]);
    expect(rowsOf(ports.memory.items())).toMatchObject([
      { identity: { noun: "profile" } },
      { status: "active" },
    ]);
  });
});

describe("the lanes of one batch", () => {
  const plan = (...failures: Failure[]) => planRetries(failures, true, () => 1);

  it("wait each by themselves", () => {
    const { inPlace } = plan(failureOf(1, "lane-01"), failureOf(2, "lane-02"), failureOf(1, "lane-01"));
    expect(inPlace.map(({ messages, seconds }) => [messages.length, seconds])).toEqual([
      [2, 1],
      [1, 2],
    ]);
  });

  it("move an aggregate that comes by two of them from the one in which it has failed", () => {
    const { moves, inPlace } = plan(failureOf(3, "lane-01"), failureOf(1, "lane-02"));
    expect(moves).toMatchObject([{ messages: [{ group: "lane-01" }] }]);
    expect(inPlace).toMatchObject([{ messages: [{ group: "lane-02" }], seconds: 1 }]);
  });
});
