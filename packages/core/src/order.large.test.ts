import { describe, expect, it } from "vitest";
import { permutations } from "./fixtures/permutations.ts";
import { order } from "./order.ts";
import type { Part, Telling } from "./part.ts";
import { digest, MOST_REMEMBERED } from "./remembered.ts";

/** An event that left a state of so many characters. */
function event(id: string, characters: number): Telling {
  return {
    event: id,
    via: "event",
    finality: "open",
    second: 10,
    rank: 0,
    deleted: false,
    found: null,
    state: { name: id.repeat(characters / id.length) },
  };
}

const after = (tellings: Telling[]) =>
  tellings.reduce<Part | undefined>((part, telling) => order(part, telling).part, undefined);

describe("events of one second whose states together would not fit into a row", () => {
  const events = ["a", "b", "c"].map((id) => event(id, 60_000));

  it("are a crowd, of which the greatest event id stands, in every order", () => {
    const parts = permutations(events).map(after);
    expect(parts[0]).toMatchObject({ tie: true, crowd: "unlike", remembered: [{ event: "c" }] });
    for (const part of parts) expect(part).toEqual(parts[0]);
  });

  it("are none up to a hundred thousand characters, and one with one more", () => {
    const frame = '{"name":""}'.length;
    const crowdOf = (characters: number) =>
      after([event("a", 50_000 - frame), event("b", characters - 50_000 - frame)])?.crowd;
    expect([crowdOf(100_000), crowdOf(100_001)]).toEqual([undefined, "unlike"]);
  });

  it("are none where they left one state, however large it is", () => {
    const alike = ["a", "b"].map((id) => ({ ...event("x", 150_000), event: id }));
    expect(after(alike)).toMatchObject({ tie: false, remembered: [{ event: "b" }] });
    const found = alike.map((one, index) => ({ ...one, found: `${index}` }));
    expect(after(found)).toMatchObject({ tie: false, remembered: [{ event: "a" }, { event: "b" }] });
  });

  it("are none where they left one state, which is kept once", () => {
    const alike = events.map(({ event: id }) => ({ ...event("x", 90_000), event: id, found: id }));
    expect(after(alike)).toMatchObject({ tie: false, remembered: [{}, {}, {}] });
    expect(after(alike)).not.toHaveProperty("crowd");
  });
});

describe("a chain of changes within one second", () => {
  const chain = Array.from({ length: MOST_REMEMBERED + 1 }, (_, number) => ({
    ...event(`evt_${9 - number}`, 0),
    state: { number },
    found: digest({ number: number - 1 }),
  }));

  it("is walked to its end where it is as long as can be remembered", () => {
    const part = after(chain.slice(0, MOST_REMEMBERED));
    expect(part).toMatchObject({ tie: false, state: { number: MOST_REMEMBERED - 1 } });
    expect(part?.remembered).toHaveLength(MOST_REMEMBERED);
  });

  it("is a crowd, marked as a tie, where it is longer", () => {
    expect(after(chain)).toMatchObject({ tie: true, crowd: "unlike", remembered: [{ event: "evt_9" }] });
  });
});
