// With any subset of the event types nothing is claimed that was true at no moment: a team begins with few (D22).
import { describe, expect, it } from "vitest";
import { type Random, seeded } from "../random.ts";
import { API_VERSIONS } from "../stripe/api-versions.ts";
import { falseClaims } from "./claims.ts";
import { historyWithMoments } from "./ever.ts";
import { falseFacts } from "./fact-claims.ts";
import { GOALS, isWanted } from "./goals.ts";
import { CURRENCIES, IS_LONG } from "./histories.ts";
import { deliver, nothingTold, viewsOf } from "./simulated.ts";

const HISTORIES = IS_LONG ? 40 : 4;
const SUBSETS = IS_LONG ? 4_000 : 200;
const ACTIONS = IS_LONG ? 120 : 40;
const TIMEOUT = HISTORIES * 60_000;

type History = ReturnType<typeof historyOfSeed>;

function historyOfSeed(seed: number) {
  const random = seeded(seed);
  const told = { apiVersion: random.pick(API_VERSIONS), currency: random.pick(CURRENCIES) };
  const afterLastAttempt = random.pick(["cancel", "unpaid"] as const);
  const history = historyWithMoments({ seed, actions: ACTIONS, afterLastAttempt, ...told });
  return { ...history, types: [...new Set(history.events.map(({ type }) => type))].sort() };
}

const histories = Array.from({ length: HISTORIES }, (_, index) => historyOfSeed(index + 1));

/** All that is false of what comes of the events of some types, in any order. */
async function claimed({ events, ever }: History, isTaken: (type: string) => boolean, random: Random) {
  const told = nothingTold();
  const taken = events.filter(({ type }) => isTaken(type));
  await deliver(random.shuffle(taken), random, told);
  return [...falseClaims(viewsOf(told.store), ever), ...falseFacts(told.facts, ever)];
}

describe("no row, stock or fact claims what was true at no moment", { timeout: TIMEOUT }, () => {
  it("where one type is left out, whichever", async () => {
    const types = new Set(histories.flatMap((history) => history.types));
    expect(types.size).toBeGreaterThan(40);
    for (const [index, left] of [...types].entries()) {
      const having = histories.filter((history) => history.types.includes(left));
      const history = having[index % having.length] as History;
      const claims = await claimed(history, (type) => type !== left, seeded(index));
      expect({ left, claims }).toEqual({ left, claims: [] });
    }
  });

  it("where a team takes the types of its goal", async () => {
    for (const goal of GOALS) {
      for (const [seed, history] of histories.entries()) {
        const claims = await claimed(history, (type) => isWanted(goal, type), seeded(seed));
        expect({ goal: goal.name, claims }).toEqual({ goal: goal.name, claims: [] });
      }
    }
  });

  it("where any types are taken, few or most", async () => {
    for (let seed = 0; seed < SUBSETS; seed++) {
      const random = seeded(seed);
      const history = histories[seed % HISTORIES] as History;
      const share = random.next();
      const taken = history.types.filter(() => random.chance(share));
      const claims = await claimed(history, (type) => taken.includes(type), random);
      expect({ seed, taken, claims }).toEqual({ seed, taken, claims: [] });
    }
  });
});
