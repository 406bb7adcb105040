import { describe, expect, it, onTestFinished } from "vitest";
import { planWith } from "./fixtures/finished.ts";
import { runHistory } from "./history.ts";
import { planOf } from "./plan.ts";
import { finish, runnerHere, runnerInThread } from "./runner.ts";

const THROWER = new URL("./fixtures/thrower.ts", import.meta.url);

const threadOf = (entry?: URL) => {
  const runner = runnerInThread(entry);
  onTestFinished(runner.close);
  return runner;
};

describe("a thread that runs histories", () => {
  it("gives what this thread would have, one history after the other", async () => {
    const { run } = threadOf();
    for (const seed of [1, 2]) {
      const plan = planWith({ seed, events: 60, first: 60 });
      expect(await run(plan)).toEqual(await runHistory(plan));
    }
  });

  it("tells what a history threw, and goes on with the next", async () => {
    const { run } = threadOf();
    const broken = { ...planOf({ seed: 5, events: 20 }), lanes: 1 };
    const finished = await finish(run, broken);
    const what = expect.stringMatching(/^the history of seed 5 broke off: \w*Error: The number of lanes is/);
    expect(finished).toMatchObject({ failure: { plan: broken, violations: [{ what }] } });
    expect(await run({ ...broken, lanes: 2 })).toMatchObject({ events: 20 });
  });

  it("may end by an error: that is a failure with the seed and the error", async () => {
    const plan = planWith({ seed: 5 });
    const finished = await finish(threadOf(THROWER).run, plan);
    const what = expect.stringMatching(/^the history of seed 5 broke off: TypeError: x is not a function\n/);
    expect(finished).toEqual({ failure: { plan, violations: [{ invariant: "the history ends", what }] } });
  });

  it("may die, and another takes its place", async () => {
    const { run } = threadOf(THROWER);
    const died = /^the history of seed 4 broke off: Error: its thread ended with exit code 3/;
    const finished = await finish(run, planWith({ seed: 4 }));
    expect(finished).toMatchObject({ failure: { violations: [{ what: expect.stringMatching(died) }] } });
    expect(await run(planWith({ seed: 6 }))).toMatchObject({ plan: { seed: 6 } });
  });
});

describe("this thread", () => {
  it("tells what was thrown in a history as a failure too", async () => {
    const { run } = runnerHere(() => Promise.reject("no error at all"));
    const finished = await finish(run, planWith({ seed: 6 }));
    expect(finished).toMatchObject({
      failure: { violations: [{ what: "the history of seed 6 broke off: no error at all" }] },
    });
  });
});
