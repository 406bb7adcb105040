import { describe, expect, it } from "vitest";
import { localClock } from "./clock.ts";

const never = () => 0;

describe("the local clock", () => {
  it("is the real one plus what it was advanced by", () => {
    const clock = localClock(() => 1_000);
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
  });

  it("runs what is due in its order when it is advanced, and leaves the rest", () => {
    const clock = localClock(never);
    const ran: string[] = [];
    clock.after(300, () => ran.push("third"));
    clock.after(100, () => ran.push("first"));
    clock.after(100, () => ran.push("second"));
    const cancel = clock.after(1_000, () => ran.push("later"));
    clock.advance(300);
    expect(ran).toEqual(["first", "second", "third"]);
    cancel();
  });

  it("runs nothing that was cancelled, even by what ran just before", () => {
    const clock = localClock(never);
    const ran: string[] = [];
    const cancels = [clock.after(100, () => cancels[1]?.()), clock.after(200, () => ran.push("cancelled"))];
    clock.after(300, () => ran.push("kept"));
    clock.advance(300);
    expect(ran).toEqual(["kept"]);
  });

  it("fires by itself when the time comes", async () => {
    const clock = localClock();
    await expect(new Promise((resolve) => clock.after(5, () => resolve("fired")))).resolves.toBe("fired");
  });
});
