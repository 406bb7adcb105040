import { describe, expect, it } from "vitest";
import { API_VERSIONS } from "./api-versions.ts";
import { DIFFERENCES, shapeOf } from "./differences.ts";

describe("the differences between API versions", () => {
  it("each name a page of Stripe's changelog, an object, and what it was or is", () => {
    for (const { since, page, object, before, after } of Object.values(DIFFERENCES)) {
      expect(since).toMatch(/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/);
      expect(page).toMatch(/^[A-Z].{20,}$/);
      expect(object).toMatch(/^[a-z_.]+(, [a-z_.]+)*$/);
      expect(before).not.toEqual(after);
    }
  });

  it("each lie between two of the versions that are simulated", () => {
    const [oldest, newest] = [shapeOf(API_VERSIONS[0]), shapeOf(API_VERSIONS.at(-1) ?? "")];
    expect(Object.values(oldest)).not.toContain(true);
    expect(Object.values(newest)).not.toContain(false);
  });

  it("only ever add up", () => {
    const counts = API_VERSIONS.map((version) => Object.values(shapeOf(version)).filter(Boolean).length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it("have a bare date for the version that starts with it", () => {
    expect(shapeOf("2026-09-30")).toEqual(shapeOf("2026-09-30.endive"));
    expect(shapeOf("2025-03-30")).toEqual(shapeOf("2024-10-28.acacia"));
  });
});
