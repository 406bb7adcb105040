// Whatever the order, the batches and the copies, a story ends in the rows that are right (D4, D5, D15).
import { permutations } from "@stripe-lanes/core/fixtures/permutations";
import type { MemoryStore } from "@stripe-lanes/core/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventJson } from "../../events.ts";
import { type Random, seeded } from "../../random.ts";
import { contentOf, replay, viewsOf } from "./replay.ts";
import { STORIES } from "./stories.ts";
import type { Story, StoryRow } from "./story.ts";

/** Stories of so many events are told in every order there is. */
const SMALL = 6;

const LONGEST_BATCH = 10;

const small = STORIES.filter(({ events }) => events.length <= SMALL);
const long = STORIES.filter(({ events }) => events.length > SMALL);

describe.each(STORIES)("$name", (story) => {
  it("ends in the rows that are right, told in true order, one event a batch", async () => {
    const store = await replay(story, story.events);
    expectRows(store, story.rows);
  });
});

describe.each(small)("$name", (story) => {
  it("ends so in every order, in batches of any size, and with every event delivered twice", async () => {
    const right = contentOf(await replay(story, story.events));
    const random = seeded(story.events.length);
    for (const order of permutations(story.events)) {
      await expectContent(story, right, order, random);
      await expectContent(story, right, withCopies(order, random), random);
    }
  });
});

describe.each(long)("$name", (story) => {
  it("ends so in any order, in batches of any size, with copies", async () => {
    const right = contentOf(await replay(story, story.events));
    const property = fc.asyncProperty(anyOrder(story), fc.nat(), async (order, seed) => {
      const deliveries = order.map((place) => story.events[place] as EventJson);
      await expectContent(story, right, deliveries, seeded(seed));
    });
    await fc.assert(property, { numRuns: 200, seed: 20 });
  });
});

async function expectContent(story: Story, right: string[], deliveries: EventJson[], random: Random) {
  const store = await replay(story, deliveries, () => 1 + random.integer(LONGEST_BATCH));
  expect(contentOf(store), deliveries.map(({ id }) => id).join(" ")).toEqual(right);
}

function expectRows(store: MemoryStore, rows: StoryRow[]) {
  const views = viewsOf(store).sort(byName);
  const names = (all: { noun: string; id: string }[]) => all.map(({ noun, id }) => `${noun} ${id}`);
  expect(names(views)).toEqual(names(rows));
  rows.forEach((row, index) => {
    expect(views[index]).toMatchObject({ deleted: false, tie: false, incomplete: [], ...row });
  });
}

function byName(one: { noun: string; id: string }, other: { noun: string; id: string }): number {
  return `${one.noun} ${one.id}` < `${other.noun} ${other.id}` ? -1 : 1;
}

/** The copy of each event comes at some later place. */
function withCopies(order: EventJson[], random: Random): EventJson[] {
  return order.reduce((deliveries, event) => {
    const place = deliveries.indexOf(event) + 1;
    return deliveries.toSpliced(place + random.integer(deliveries.length - place + 1), 0, event);
  }, order);
}

/** Each event once or more, in any order. By their places, so that a counterexample can be read. */
function anyOrder({ events }: Story): fc.Arbitrary<number[]> {
  const places = events.map((_, place) => place);
  return fc.array(fc.constantFrom(...places), { maxLength: places.length }).chain((copies) => {
    const all = [...places, ...copies];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}
