import { describe, expect, it } from "vitest";
import { once } from "./once.ts";

describe("what is loaded once", () => {
  it("is not loaded before it is needed, and then kept, for all who asked at the same time", async () => {
    let loads = 0;
    const load = once(async () => ++loads);
    expect(loads).toBe(0);
    expect(await Promise.all([load(), load()])).toEqual([1, 1]);
    expect(await load()).toBe(1);
  });

  it("is tried again after it failed", async () => {
    let tries = 0;
    const load = once(async () => {
      if (++tries === 1) throw new Error("Not yet.");
      return tries;
    });
    await expect(load()).rejects.toThrow("Not yet.");
    expect(await load()).toBe(2);
  });
});
