// A state comes back as it was, byte for byte: no store may round, trim or drop what it is given.
import { isDeepStrictEqual } from "node:util";
import { canonical, type Json } from "@stripe-lanes/core/json";
import type { Part, State } from "@stripe-lanes/core/part";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Place } from "./place.ts";
import { commit, loadRow, orderRow } from "./samples.ts";

const STATES: Record<string, State> = {
  "nested objects": { a: { b: { c: [{ d: 1 }, { d: 2 }] } } },
  "empty objects, lists and texts": { object: {}, list: [], text: "", listOfEmpty: [{}, [], ""] },
  nulls: { nothing: null, list: [null] },
  flags: { yes: true, no: false },
  "numbers of every size": {
    large: Number.MAX_SAFE_INTEGER,
    small: Number.MIN_SAFE_INTEGER,
    part: 0.1,
    zero: 0,
  },
  "texts of every script": {
    "ключ 🔑": "naïve ｆｕｌｌ 漢字 \u0000 \u2028 e\u0301 é",
    "\uffff": "\u{10ffff}",
  },
  "texts that look like others": { date: "2026-11-21", number: "007", flag: "true", type: "S" },
};

const REMEMBERING: Partial<Part> = {
  via: "fetch",
  finality: "terminal",
  rank: -1,
  tie: true,
  crowd: "unlike",
  until: 1_780_000_009,
  remembered: [
    { event: "evt_1", found: "digest", state: { status: "open", customer: "cus_1" }, deleted: false },
    { event: "evt_2", found: null, state: { status: "gone" }, deleted: true },
  ],
};

/** Names that every object of JavaScript has already, and those by which DynamoDB tells its types apart. */
const TAKEN_NAMES = [
  ...["__proto__", "~__proto__", "constructor", "prototype", "toString", "toLocaleString", "valueOf"],
  ...["hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "__defineGetter__", "__lookupSetter__"],
  ...["toJSON", "then", "length", "name", "S", "N", "M", "L", "NULL", "BOOL", "$unknown"],
];

const anyName = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
  fc.constantFrom(...TAKEN_NAMES),
);

/** Whatever a parsed body may hold, in texts of any Unicode. */
const { members: anyState } = fc.letrec<{ value: Json; members: State }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("members"),
  ),
  members: fc.dictionary(anyName, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

/** Declares the tests that a state comes back with the same values, types and names. */
export function describeStates(place: () => Place): void {
  describe("a state", () => {
    it.each(Object.entries(STATES))("keeps %s", async (_, state) => {
      const { store, tenant } = place();
      await expectKept(store, orderRow(tenant, { state }));
    });

    it.each(TAKEN_NAMES)("keeps members named %s, at any depth, whatever they hold", async (name) => {
      for (const value of ["text", 1, null, true, [], ["text"], { constructor: "text" }]) {
        const { store, tenant } = place();
        const members = { [name]: value };
        const state = { ...members, metadata: members, lines: [members, { deep: [members] }] };
        await expectKept(store, orderRow(tenant, { state }));
      }
    });

    it("keeps whatever JSON there is", async () => {
      await fc.assert(
        fc.asyncProperty(anyState, async (state) => {
          const { store, tenant } = place();
          await expectKept(store, orderRow(tenant, { state: { ...state, customer: null } }));
        }),
        { numRuns: 30, seed: 1 },
      );
    });

    it("comes with all that its part remembers", async () => {
      const { store, tenant } = place();
      await expectKept(store, orderRow(tenant, { part: REMEMBERING }));
    });

    it("is nobody's to change once it is committed", async () => {
      const { store, tenant } = place();
      const row = orderRow(tenant, { state: { lines: [{ price: "price_1" }] } });
      await commit(store, { rows: [row] });
      const before = canonical((await loadRow(store, row))?.state ?? null);
      row.state.lines = [];
      expect(canonical((await loadRow(store, row))?.state ?? null)).toBe(before);
    });
  });
}

async function expectKept(store: Place["store"], row: ReturnType<typeof orderRow>): Promise<void> {
  await commit(store, { rows: [row] });
  const loaded = await loadRow(store, row);
  expect(loaded).toEqual(row);
  // `toStrictEqual` asks a value for its constructor, which a state may have as a member.
  expect(isDeepStrictEqual(loaded, row)).toBe(true);
  expect(canonical(loaded?.state ?? null)).toBe(canonical(row.state));
}
