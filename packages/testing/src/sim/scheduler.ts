// A virtual clock: time passes only from one thing that was planned to the next, and nobody waits for real.
import type { Clock } from "../local/clock.ts";
import { add, earliest, remove, schedule } from "../local/sqs/schedule.ts";

export type Scheduler = Clock & {
  sleep(milliseconds: number): Promise<void>;
  /** Runs what is planned, in the order of its time, until `isOver` says so or nothing is planned any more. */
  run(isOver?: () => boolean): Promise<void>;
};

/** @param start milliseconds since the epoch */
export function scheduler(start: number): Scheduler {
  const planned = schedule<() => void>();
  let now = start;
  const after: Scheduler["after"] = (milliseconds, callback) => {
    const entry = add(planned, now + Math.max(0, milliseconds), callback);
    return () => {
      if (planned.entries[entry.index] === entry) remove(planned, entry);
    };
  };
  return {
    now: () => now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    async run(isOver = () => false) {
      for (let next = earliest(planned); next && !isOver(); next = earliest(planned)) {
        remove(planned, next);
        now = next.at;
        next.value();
        await allThatFollows();
      }
    },
  };
}

/** Every promise that can go on has gone on by then: nothing in the simulation waits for anything but the scheduler. */
function allThatFollows(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
