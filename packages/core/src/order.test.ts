import { describe, expect, it } from "vitest";
import { type Ordered, order } from "./order.ts";
import type { Part, State, Telling } from "./part.ts";
import { ABSENT, digest } from "./remembered.ts";

function event(id: string, changes: Partial<Telling> = {}): Telling {
  const defaults = {
    via: "event",
    finality: "open",
    second: 10,
    rank: 1,
    deleted: false,
    found: null,
  } as const;
  return { event: id, ...defaults, state: { left: id }, ...changes };
}

/** A step of a walk, in one second and at one rank. */
function step(id: string, found: string, left: string): Telling {
  return event(id, { state: { left }, found: digest({ left: found }) });
}

function fetched(changes: Partial<Telling> = {}): Telling {
  return event("evt_asker", { via: "fetch", rank: 1000, state: { left: "fetched" }, until: 12, ...changes });
}

function after(...tellings: Telling[]): Part {
  const part = tellings.reduce<Part | undefined>((sofar, telling) => order(sofar, telling).part, undefined);
  if (part === undefined) throw new Error("Nothing was told.");
  return part;
}

/** What the last of the tellings comes to. */
function last(...tellings: Telling[]): Pick<Ordered, "reason" | "stands"> & { state: State } {
  const ordered = order(after(...tellings.slice(0, -1)), tellings.at(-1) as Telling);
  return { reason: ordered.reason, stands: ordered.stands, state: ordered.part.state };
}

const TERMINAL = { finality: "terminal" } as const;
const TOMBSTONE = { finality: "tombstone", deleted: true } as const;

describe("the first event of an object", () => {
  it("stands", () => {
    const { event: id, found, ...told } = event("evt_1");
    const remembered = [{ event: id, found, state: told.state, deleted: false }];
    const part = { ...told, remembered, tie: false };
    expect(order(undefined, event("evt_1"))).toEqual({ part, reason: "first", stands: true });
  });
});

describe("an event of another level", () => {
  const early = { second: 9 };
  const late = { second: 11 };
  it.each<[string, Partial<Telling>, Partial<Telling>, string, boolean]>([
    ["a later second wins", {}, late, "later-second", true],
    ["an earlier second loses", {}, early, "earlier-second", false],
    ["a later second wins over what is further", { rank: 3 }, late, "later-second", true],
    ["in one second what is further wins", {}, { rank: 2 }, "further-in-lifecycle", true],
    ["in one second what is less far loses", {}, { rank: 0 }, "earlier-in-lifecycle", false],
    ["an end wins over what is open, however late", late, { ...TERMINAL, ...early }, "terminal", true],
    ["an end never gives way to what is open", TERMINAL, late, "after-terminal", false],
    ["an end gives way to a later one", TERMINAL, { ...TERMINAL, ...late }, "later-second", true],
    ["a tombstone wins over what is open, however late", late, { ...TOMBSTONE, ...early }, "tombstone", true],
    ["a tombstone wins over an end", { ...TERMINAL, ...late }, TOMBSTONE, "tombstone", true],
    ["a tombstone never gives way to what is open", TOMBSTONE, late, "after-tombstone", false],
    ["a tombstone never gives way to an end", TOMBSTONE, { ...TERMINAL, ...late }, "after-tombstone", false],
  ])("%s", (_, before, newcomer, reason, stands) => {
    const state = { left: stands ? "evt_2" : "evt_1" };
    expect(last(event("evt_1", before), event("evt_2", newcomer))).toEqual({ reason, stands, state });
  });

  it("leaves nothing of what was remembered of an older one", () => {
    const part = after(event("evt_1"), event("evt_2"), event("evt_3", { second: 11 }));
    expect(part).toEqual(after(event("evt_3", { second: 11 })));
  });
});

describe("events of one second and one rank", () => {
  it("stand together where they left the same state, however it is written", () => {
    const paid = { state: { status: "paid", total: 1 } };
    const succeeded = { state: { total: 1, status: "paid" } };
    expect(last(event("evt_1", paid), event("evt_2", succeeded))).toMatchObject({
      reason: "same-state",
      stands: true,
    });
    expect(after(event("evt_1", paid), event("evt_2", succeeded)).tie).toBe(false);
  });

  it("are walked to their end, which the newcomer is or is not", () => {
    const one = step("evt_1", "a", "b");
    const two = step("evt_2", "b", "c");
    expect(last(one, two)).toEqual({ reason: "end-of-walk", stands: true, state: { left: "c" } });
    expect(last(two, one)).toEqual({ reason: "inside-walk", stands: false, state: { left: "c" } });
    expect(after(two, one).tie).toBe(false);
  });

  it("tie where no walk tells which was last: the greatest id wins, marked", () => {
    const [one, two] = [event("evt_1"), event("evt_2")];
    expect(last(one, two)).toEqual({ reason: "tie-won", stands: true, state: { left: "evt_2" } });
    expect(last(two, one)).toEqual({ reason: "tie-lost", stands: false, state: { left: "evt_2" } });
    expect(after(two, one).tie).toBe(true);
  });

  it("no longer tie once the missing link has come", () => {
    const [one, two, three] = [step("evt_3", "a", "b"), step("evt_2", "b", "c"), step("evt_1", "c", "d")];
    expect(after(one, three)).toMatchObject({ state: { left: "b" }, tie: true });
    expect(after(one, three, two)).toMatchObject({ state: { left: "d" }, tie: false });
  });

  it("are remembered once: a duplicate changes nothing, and says whether its state stands", () => {
    const part = after(step("evt_1", "a", "b"), step("evt_2", "b", "c"));
    expect(order(part, step("evt_1", "a", "b"))).toEqual({ part, reason: "remembered", stands: false });
    expect(order(part, step("evt_2", "b", "c"))).toEqual({ part, reason: "remembered", stands: true });
    expect(order(part, step("evt_2", "b", "c")).part).toBe(part);
  });

  it("walk from and to nothing, where an id is deleted and born again", () => {
    const gone = event("evt_2", { deleted: true, found: digest({ left: "a" }), state: { left: "a" } });
    const again = event("evt_1", { found: ABSENT, state: { left: "b" } });
    expect(after(gone, again)).toMatchObject({ state: { left: "b" }, deleted: false, tie: false });
    expect(after(again, gone)).toEqual(after(gone, again));
  });
});

describe("a fetched state", () => {
  it("supersedes every event up to its second, whichever comes first", () => {
    for (const second of [9, 10]) {
      const known = event("evt_1", { second, rank: 5 });
      expect(last(known, fetched())).toMatchObject({ stands: true, state: { left: "fetched" } });
      expect(last(fetched(), known)).toMatchObject({ stands: false, state: { left: "fetched" } });
    }
  });

  it("gives way to later events", () => {
    const later = event("evt_1", { second: 11, rank: 0 });
    expect(last(fetched(), later)).toEqual({
      reason: "later-second",
      stands: true,
      state: { left: "evt_1" },
    });
    expect(last(later, fetched())).toEqual({
      reason: "earlier-second",
      stands: false,
      state: { left: "evt_1" },
    });
  });

  it("revives neither what has ended nor what is deleted", () => {
    for (const final of [TERMINAL, TOMBSTONE]) {
      const ended = event("evt_1", { ...final, second: 1 });
      expect(last(ended, fetched({ second: 99 }))).toMatchObject({ stands: false, state: { left: "evt_1" } });
    }
  });

  it("is final itself where it says deleted or ended", () => {
    for (const final of [TERMINAL, TOMBSTONE]) {
      const late = event("evt_1", { second: 99 });
      expect(last(late, fetched(final))).toMatchObject({ stands: true, state: { left: "fetched" } });
      expect(last(fetched(final), late)).toMatchObject({ stands: false, state: { left: "fetched" } });
    }
  });

  it("settles a tie, and says up to which second an event may have been seen by it", () => {
    const tie = after(event("evt_1"), event("evt_2"));
    const settled = order(tie, fetched({ second: 10 })).part;
    expect([tie.tie, settled.tie]).toEqual([true, false]);
    expect(settled).toMatchObject({ via: "fetch", second: 10, until: 12 });
  });

  it("gives way to a later fetch, of its second too, and to no earlier one, whichever comes first", () => {
    const later = fetched({ second: 11, state: { left: "fetched later" } });
    const next = fetched({ until: 13, state: { left: "fetched next" } });
    expect(last(fetched(), next)).toMatchObject({ stands: true, state: { left: "fetched next" } });
    expect(last(next, fetched())).toMatchObject({ stands: false, state: { left: "fetched next" } });
    expect(last(fetched(), later)).toMatchObject({ stands: true, state: { left: "fetched later" } });
    expect(last(later, fetched())).toMatchObject({ stands: false, state: { left: "fetched later" } });
  });
});

describe("the digest of a state", () => {
  it("is the same for the same state, whatever the order of its keys", () => {
    expect(digest({ a: 1, b: { c: [1, 2], d: null } })).toBe(digest({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(digest({ a: 1 })).toMatch(/^[-_A-Za-z0-9]{16}$/);
  });

  it("is another for another state, and never that of what is absent", () => {
    const states = [
      {},
      { a: 1 },
      { a: "1" },
      { a: null },
      { a: [] },
      { a: {} },
      { b: 1 },
      { a: [1, 2] },
      { a: [2, 1] },
    ];
    expect(new Set([...states.map(digest), ABSENT]).size).toBe(states.length + 1);
  });
});
