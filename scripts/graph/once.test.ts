import { mkdirSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { alone } from "./alone.ts";
import { once } from "./once.ts";

const folder = mkdtempSync(join(tmpdir(), "alone-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("lets no two into the same work at once, also when the first one fails", async () => {
  let inside = 0;
  const most: number[] = [];
  const work = (fails: boolean) =>
    alone(join(folder, "deep", "lock"), async () => {
      inside += 1;
      most.push(inside);
      await sleep(5);
      inside -= 1;
      if (fails) throw new Error("failed");
    });
  const [first, ...others] = await Promise.allSettled([work(true), work(false), work(false)]);
  expect(first?.status).toBe("rejected");
  expect(others.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(most).toEqual([1, 1, 1]);
});

it("takes over from somebody who died inside", async () => {
  const lock = join(folder, "left-behind");
  mkdirSync(lock);
  const longAgo = new Date(Date.now() - 60 * 60 * 1_000);
  utimesSync(lock, longAgo, longAgo);
  expect(await alone(lock, async () => "done")).toBe("done");
});

it("makes a thing once in a run of the tests, and another key's on its own", async () => {
  let made = 0;
  const make = async () => {
    made += 1;
    return { made };
  };
  const key = ["once.test", process.pid];
  expect(await Promise.all([once(key, make), once(key, make)])).toEqual([{ made: 1 }, { made: 1 }]);
  expect(await once([...key, "other"], make)).toEqual({ made: 2 });
});

it("does not keep a failure", async () => {
  const key = ["once.test failure", process.pid];
  await expect(once(key, () => Promise.reject(new Error("no network")))).rejects.toThrow("no network");
  expect(await once(key, async () => "made")).toBe("made");
});
