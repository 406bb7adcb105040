import { describe, expect, it } from "vitest";
import { permutations } from "./fixtures/permutations.ts";
import { order, type Part, type Telling } from "./order.ts";

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

  it("are none where they left one state, which is kept once", () => {
    const alike = events.map(({ event: id }) => ({ ...event("x", 90_000), event: id }));
    expect(after(alike)).toMatchObject({ tie: false, remembered: [{}, {}, {}] });
    expect(after(alike)).not.toHaveProperty("crowd");
  });
});
