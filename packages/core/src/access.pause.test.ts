import { describe, expect, it } from "vitest";
import { NOW, verdict } from "./fixtures/profiles.ts";

describe("a subscription whose collection is paused", () => {
  const paused = (behavior: string | null, resumesAt: number | null = null) => ({
    pause: { behavior, resumesAt },
  });

  it.each(["keep_as_draft", "mark_uncollectible", "void"] as const)(
    "as %s gives what its status gives, unless the policy refuses it",
    (behavior) => {
      expect(verdict(paused(behavior))).toEqual([true, "active"]);
      expect(verdict(paused(behavior), { [behavior]: false })).toEqual([false, "collection-paused"]);
      const others = { keep_as_draft: false, mark_uncollectible: false, void: false, [behavior]: true };
      expect(verdict(paused(behavior), others)).toEqual([true, "active"]);
    },
  );

  it("is refused to the second in which collection resumes", () => {
    const policy = { void: false };
    expect(verdict(paused("void", NOW), policy, NOW - 1)).toEqual([false, "collection-paused"]);
    expect(verdict(paused("void", NOW), policy, NOW)).toEqual([true, "active"]);
  });

  it("keeps its status's refusal, and its end's", () => {
    const policy = { void: false, scheduledEnd: "on-time" } as const;
    expect(verdict({ ...paused("void"), status: "unpaid" }, policy)).toEqual([false, "unpaid"]);
    expect(verdict({ ...paused("void"), endsAt: NOW }, policy)).toEqual([false, "ended"]);
  });

  it("in a way that nobody knows yet gives what its status gives", () => {
    const policy = { keep_as_draft: false, mark_uncollectible: false, void: false };
    expect(
      [paused("hide"), paused(null), paused("toString")].map((entry) => verdict(entry, policy)[0]),
    ).toEqual([true, true, true]);
  });
});
