import { describe, expect, it } from "vitest";
import { PARK_REASONS } from "./park-reasons.ts";

describe.each(Object.entries(PARK_REASONS))("the guidance for %s", (_, { means, nextStep, redrive }) => {
  it("is one sentence on what happened and one imperative on what to do", () => {
    expect(means).toMatch(/^[A-Z][^.!?]{20,}\.$/);
    expect(nextStep).toMatch(/^(Correct|Export|Find|Fix|Give|Set|Update) [^.!?]{20,}\.$/);
  });

  it("tells to redrive where a redrive can help, and to discard where it cannot", () => {
    expect(nextStep.includes("redrive")).toBe(redrive !== "never");
    if (redrive === "never") expect(nextStep).toMatch(/discard it\.$/);
    if (redrive === "after-code-change") expect(nextStep).toMatch(/deploy, then redrive\.$/);
  });
});
