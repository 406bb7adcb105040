import { describe, expect, it } from "vitest";
import { permutations } from "./fixtures/permutations.ts";
import { order } from "./order.ts";
import type { Part, Telling } from "./part.ts";

/** An event that left a state, with an object of its own; without one where it is from before raw was on. */
function event(id: string, status: string, more: Partial<Telling> = {}): Telling {
  return {
    event: id,
    via: "event",
    finality: "open",
    second: 10,
    rank: 0,
    deleted: false,
    found: null,
    state: { status },
    raw: { object: "subscription", status, told: id },
    ...more,
  };
}

const withoutRaw = ({ raw: _, ...telling }: Telling): Telling => telling;

const after = (tellings: Telling[]) =>
  tellings.reduce<Part | undefined>((part, telling) => order(part, telling).part, undefined);

/** Whose objects the part holds. */
const holders = (part: Part | undefined) =>
  part?.remembered.filter(({ raw }) => raw).map((known) => known.event);

describe("the whole objects that a part holds", () => {
  it("are that of the only event, of a later second, or of one further in the lifecycle", () => {
    const events = [
      event("c", "active"),
      event("a", "past_due", { second: 11 }),
      event("b", "canceled", { rank: 1 }),
    ];
    expect(holders(after(events.slice(0, 1)))).toEqual(["c"]);
    expect(holders(after(events.slice(0, 2)))).toEqual(["a"]);
    expect(holders(after([events[0], events[2]] as Telling[]))).toEqual(["b"]);
  });

  it("are one for each state that may still stand: the last event's that left it, in every order", () => {
    const events = [
      event("a", "active"),
      event("b", "past_due"),
      event("c", "active"),
      event("d", "past_due"),
    ];
    for (const told of permutations(events)) expect(holders(after(told))).toEqual(["c", "d"]);
  });

  it("are one of events that are gone, whatever they knew of it", () => {
    const gone = { finality: "tombstone", deleted: true } as const;
    const events = [event("a", "active", gone), event("b", "canceled", gone)];
    for (const told of permutations(events)) expect(holders(after(told))).toEqual(["b"]);
  });

  it("are that of the greatest event id where more came than is remembered", () => {
    const events = Array.from({ length: 12 }, (_, number) => event(`evt_${10 + number}`, `${number}`));
    expect(holders(after(events))).toEqual(["evt_21"]);
    expect(holders(after(events.toReversed()))).toEqual(["evt_21"]);
  });

  it("stay where the same state is told again while none are kept", () => {
    expect(holders(after([event("a", "active"), withoutRaw(event("b", "active"))]))).toEqual(["b"]);
    expect(holders(after([withoutRaw(event("b", "active")), event("a", "active")]))).toEqual(["b"]);
  });

  it("go where another state takes their place while none are kept", () => {
    expect(
      holders(after([event("a", "active"), withoutRaw(event("b", "past_due", { second: 11 }))])),
    ).toEqual([]);
  });

  it("are none where none are kept", () => {
    const part = after([event("a", "active"), event("b", "past_due")].map(withoutRaw));
    for (const known of part?.remembered ?? []) expect(known).not.toHaveProperty("raw");
  });
});
