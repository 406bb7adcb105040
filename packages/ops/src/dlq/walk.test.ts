import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DeadLetters, deadLetters } from "./dead-letters.ts";
import { inProcess, type Queues, startQueues } from "./fixtures/queues.ts";
import type { Parked } from "./parked.ts";
import { type WalkOptions, walk } from "./walk.ts";

/** How many messages each group has: more than SQS shows of one, and more groups than one answer holds. */
const sizes = fc.array(fc.integer({ min: 1, max: 23 }), { minLength: 1, maxLength: 8 });

const forever = new AbortController().signal;

async function parkedIn(groups: number[]): Promise<{ queues: Queues; letters: DeadLetters }> {
  const queues = await startQueues();
  // In turns, as they come from several lanes.
  for (let place = 0; place < Math.max(...groups); place++) {
    for (const [group, size] of groups.entries()) {
      if (place < size) await queues.park({ body: `${group}-${place}`, group: `lane-${group}` });
    }
  }
  return {
    queues,
    letters: deadLetters({ sqs: inProcess(queues.aws.sqs), parkedUrl: queues.parkedUrl, wait: 0 }),
  };
}

async function bodiesSeen(letters: DeadLetters, options: Partial<WalkOptions> = {}): Promise<string[]> {
  const seen: Parked[] = [];
  for await (const fresh of walk(letters, { signal: forever, ...options })) seen.push(...fresh);
  return seen.map(({ body }) => body);
}

const firstOf = (groups: number[], most: number) =>
  groups.flatMap((size, group) =>
    Array.from({ length: Math.min(size, most) }, (_, place) => `${group}-${place}`),
  );

const byGroup = (bodies: string[]) => Map.groupBy(bodies, (body) => body.split("-")[0]);

describe("a walk through the dead-letter queue", () => {
  it("shows the first ten of each group, each once and in their order, and leaves all as it was", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (groups) => {
        const { queues, letters } = await parkedIn(groups);
        const before = queues.bodies(queues.parkedUrl);
        const seen = await bodiesSeen(letters);
        expect(seen.toSorted()).toEqual(firstOf(groups, 10).toSorted());
        for (const bodies of byGroup(seen).values()) expect(bodies).toEqual(inOrder(bodies));
        expect(queues.bodies(queues.parkedUrl)).toEqual(before);
        expect(queues.inFlight()).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it("reaches every message when it goes deeper, and leaves each group in its order", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (groups) => {
        const { queues, letters } = await parkedIn(groups);
        const before = queues.bodies(queues.parkedUrl);
        const seen = await bodiesSeen(letters, { goesDeeper: () => true });
        expect(seen.toSorted()).toEqual(firstOf(groups, 23).toSorted());
        expect(queues.bodies(queues.parkedUrl)).toEqual(before);
        expect(queues.inFlight()).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["goes on to the end", false],
    ["is interrupted while it goes deeper", true],
  ])("leaves those that its follower does not remove in their order when it %s", async (_, isInterrupted) => {
    const removed = fc.array(fc.boolean(), { minLength: 23, maxLength: 23 });
    await fc.assert(
      fc.asyncProperty(sizes, removed, async (groups, isRemoved) => {
        const { queues, letters } = await parkedIn(groups);
        const before = Object.entries(queues.bodies(queues.parkedUrl));
        const gone = new Set<string>();
        const controller = new AbortController();
        const goesDeeper = () => {
          if (isInterrupted) queueMicrotask(() => controller.abort());
          return true;
        };
        for await (const fresh of walk(letters, { signal: controller.signal, goesDeeper })) {
          for (const parked of fresh.filter(({ body }) => isRemoved[Number(body.split("-")[1])])) {
            await letters.remove(parked);
            gone.add(parked.body);
          }
        }
        const left = before.map(([group, all]) => [group, all.filter((body) => !gone.has(body))] as const);
        const expected = Object.fromEntries(left.filter(([, all]) => all.length > 0));
        expect(queues.bodies(queues.parkedUrl)).toEqual(expected);
        expect(queues.inFlight()).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps what a message carries when it puts it behind its group", async () => {
    const { queues, letters } = await parkedIn([12]);
    const attributes = { reason: "defect", eventId: "evt_1", lane: "lane-07" };
    await queues.park({ body: "last", group: "lane-0", attributes });
    await bodiesSeen(letters, { goesDeeper: () => true });
    let found: Parked | undefined;
    for await (const fresh of walk(letters, { signal: forever, goesDeeper: () => true }))
      found ??= fresh.find(({ body }) => body === "last");
    expect(found).toMatchObject({ reason: "defect", eventId: "evt_1", lane: "lane-07", group: "lane-0" });
  });

  it("puts back what it holds when its follower leaves it", async () => {
    const { queues, letters } = await parkedIn([3, 3]);
    for await (const _ of walk(letters, { signal: forever })) break;
    expect(queues.inFlight()).toBe(0);
  });

  it("ends when its messages come back because it took too long", async () => {
    const { queues, letters } = await parkedIn([2, 2]);
    let receives = 0;
    const slow = {
      ...letters,
      async receive() {
        receives += 1;
        queues.clock.advance(31_000);
        return letters.receive();
      },
    };
    expect(await bodiesSeen(slow)).toHaveLength(4);
    expect(receives).toBeLessThan(5);
  });

  it("holds nothing longer than 30 s when its process is killed", async () => {
    const { queues, letters } = await parkedIn([1]);
    await letters.receive();
    queues.clock.advance(29_000);
    expect(await letters.receive()).toHaveLength(0);
    queues.clock.advance(1_000);
    expect(await letters.receive()).toHaveLength(1);
  });
});

function inOrder(bodies: string[]): string[] {
  return bodies.toSorted((a, b) => Number(a.split("-")[1]) - Number(b.split("-")[1]));
}
