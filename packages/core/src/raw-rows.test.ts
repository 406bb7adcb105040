import { describe, expect, it } from "vitest";
import { rowItem, rowsOf } from "./item.ts";
import type { JsonObject } from "./json.ts";
import type { Part, Remembered } from "./part.ts";
import type { Pack } from "./raw.ts";
import { LARGEST_ROW, lastKnown, objectsOf, packedIn } from "./raw-rows.ts";
import { nounNamed } from "./registry.ts";
import { type Row, rowOf } from "./row.ts";
import { pack, unpack } from "./zstd.ts";

type Known = { event: string; status: string; raw?: JsonObject | Uint8Array };

const objectOf = (event: string): JsonObject => ({ object: "refund", id: "re_1", told: event });

/** What remembers these events, of which the last stands. */
function partOf(...known: Known[]): Part {
  const remembered: Remembered[] = known.map(({ status, event, raw }) => {
    return { event, found: null, deleted: false, state: { status }, ...(raw && { raw }) };
  });
  const { state } = remembered.at(-1) as Remembered;
  return {
    via: "event",
    finality: "open",
    second: 1,
    rank: 0,
    deleted: false,
    tie: false,
    state,
    remembered,
  };
}

function rowWith(parts: Record<string, Part>, noun = "refund"): Row {
  return rowOf(nounNamed(noun), { tenant: "main", noun, id: "re_1", customer: null }, parts, 1);
}

function packedRow(row: Row, packing: Pack | null = pack): Row {
  const changes = { rows: [row], ledger: [], moves: [] };
  return packedIn(changes, packing ?? undefined).rows[0] as Row;
}

/** As the table gives it back. */
const stored = (row: Row): Row => rowsOf([structuredClone(rowItem(row))])[0] as Row;

describe("a row that keeps whole objects", () => {
  it("gives back that of the event that stands", () => {
    const row = rowWith({ re_1: partOf({ event: "a", status: "pending", raw: objectOf("a") }) });
    expect(objectsOf(stored(packedRow(row)), unpack)).toEqual(new Map([["re_1", objectOf("a")]]));
  });

  it("packs those that may stand later too, and gives them only then", () => {
    const [a, b] = [
      { event: "a", status: "pending", raw: objectOf("a") },
      { event: "b", status: "failed", raw: objectOf("b") },
    ];
    const row = stored(packedRow(rowWith({ re_1: partOf(a, b) })));
    expect(objectsOf(row, unpack).get("re_1")).toEqual(objectOf("b"));
    const [first, second] = row.parts.re_1?.remembered ?? [];
    const turned = rowWith({
      re_1: { ...partOf(a, b), state: { status: "pending" }, remembered: [first, second] as Remembered[] },
    });
    expect(objectsOf(stored(turned), unpack).get("re_1")).toEqual(objectOf("a"));
  });

  it("packs each once: what is packed is written as it was read", () => {
    const row = stored(
      packedRow(rowWith({ re_1: partOf({ event: "a", status: "pending", raw: objectOf("a") }) })),
    );
    const refuse = () => {
      throw new Error("It is packed already.");
    };
    expect(stored(packedRow(row, refuse))).toEqual(row);
  });

  it("gives nothing where nothing is kept", () => {
    const row = rowWith({ re_1: partOf({ event: "a", status: "pending" }) });
    expect(objectsOf(stored(packedRow(row)), unpack)).toEqual(new Map());
    expect(JSON.stringify(rowItem(packedRow(row)))).not.toContain('"raw"');
  });

  it("never gives an object beside another state", () => {
    const packed = packedRow(
      rowWith({ re_1: partOf({ event: "a", status: "pending", raw: objectOf("a") }) }),
    );
    const raw = packed.parts.re_1?.remembered[0]?.raw as Uint8Array;
    const row = rowWith({ re_1: partOf({ event: "a", status: "failed", raw }) });
    expect(objectsOf(stored(row), unpack)).toEqual(new Map());
  });

  it("writes no object that is not packed", () => {
    const row = rowWith({ re_1: partOf({ event: "a", status: "pending", raw: objectOf("a") }) });
    expect(JSON.stringify(rowItem(row))).not.toContain("raw");
    expect(packedRow(row, null)).toEqual(rowWith({ re_1: partOf({ event: "a", status: "pending" }) }));
  });
});

describe("an object that does not fit into its row", () => {
  const sized =
    (bytes: number): Pack =>
    () =>
      new Uint8Array(bytes);
  const standing = partOf({ event: "a", status: "pending", raw: objectOf("a") });
  const room = LARGEST_ROW - Buffer.byteLength(JSON.stringify({ status: "pending" }));
  const isKept = (row: Row) =>
    Object.values(row.parts).map(({ remembered }) => remembered.at(-1)?.raw !== undefined);

  it("is left out, and the rest is written", () => {
    expect(isKept(packedRow(rowWith({ re_1: standing }), sized(room)))).toEqual([true]);
    const left = packedRow(rowWith({ re_1: standing }), sized(room + 1));
    expect(left.parts.re_1?.remembered).toEqual([
      { event: "a", found: null, deleted: false, state: { status: "pending" } },
    ]);
    expect(left.state).toEqual({ status: "pending" });
  });

  it("leaves room to a smaller one after it", () => {
    const bytes: Record<string, number> = { re_1: 200_000, re_2: 200_000, re_3: 100_000 };
    const packing: Pack = (_, { part }) => new Uint8Array(bytes[part] ?? 0);
    const row = rowWith({ re_3: standing, re_1: standing, re_2: standing });
    const kept = packedRow(row, packing);
    expect(Object.keys(kept.parts)).toEqual(["re_1", "re_2", "re_3"]);
    expect(isKept(kept)).toEqual([true, false, true]);
  });

  it("counts what is joined and what competes as well", () => {
    const large = { status: "x".repeat(100_000) };
    const joined = [{ noun: "refund", id: "re_9", state: large }];
    const crowded = {
      ...standing,
      remembered: [
        { event: "0", found: null, deleted: false, state: { ...large, n: 1 } },
        ...standing.remembered,
      ],
    };
    const row = { ...rowWith({ re_1: crowded }), joined };
    expect(isKept(packedRow(row, sized(140_000)))).toEqual([true]);
    expect(isKept(packedRow(row, sized(160_000)))).toEqual([false]);
  });
});

it("a row with packed objects that has grown is written while no more are packed", () => {
  const raw = new Uint8Array(300_000);
  const state = { noun: "refund", id: "re_9", state: { text: "x".repeat(100_000) } };
  const row = { ...rowWith({ re_1: partOf({ event: "a", status: "pending", raw }) }), joined: [state] };
  expect(packedRow(row, null).parts.re_1?.remembered[0]).not.toHaveProperty("raw");
});

describe("what is gone from Stripe", () => {
  it("keeps the object that its last state was made of, where there is one", () => {
    const raw = new Uint8Array([1]);
    expect(lastKnown(partOf({ event: "a", status: "pending", raw }))).toEqual({
      state: { status: "pending" },
      raw,
    });
    expect(lastKnown(partOf({ event: "a", status: "pending" }))).toEqual({ state: { status: "pending" } });
  });
});
