import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { workload } from "../workload.ts";
import { linesOf, packed, pathOf, pin, pinned } from "./pinned.ts";

function digestOf(bodies: string[]): string {
  return createHash("sha256").update(bodies.join("\n")).digest("hex");
}

describe("the pinned mix", () => {
  it.each([
    [1_000, "146df17a02717d172625b432e69b1657db4695a9f83d51023f6d4c65b8d75849"],
    [5_000, "88992fee1c920361a7082bd9c1bfccd7ba8b6e66025f5cc04ad136aa79a3bdb7"],
  ] as const)("is the %d bodies that the committed figures are about, byte for byte", (events, digest) => {
    const bodies = pinned(events);
    expect(bodies).toHaveLength(events);
    expect(digestOf(bodies)).toBe(digest);
  });

  it("is packed and unpacked without a change", () => {
    const bodies = workload(3, 40);
    expect(linesOf(packed(bodies))).toEqual(bodies);
    expect(linesOf(packed([]))).toEqual([]);
  });

  it("is never written over", () => {
    expect(() => pin(1_000, [])).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(pinned(1_000)).toHaveLength(1_000);
  });

  it("lies in bench/pinned", () => {
    expect(pathOf(5_000).pathname).toMatch(/\/bench\/pinned\/5000\.jsonl\.zst$/);
  });
});
