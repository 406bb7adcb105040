// The one source of time for every local service: real time that can be moved forward, so that five
// minutes of deduplication or a visibility timeout pass at once in a run or a test.

export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once, when `milliseconds` of this clock's time have passed. */
  after(milliseconds: number, callback: () => void): Cancel;
}

export interface MovableClock extends Clock {
  /** Moves the clock forward; timers that are due by then run before this returns, in their order. */
  advance(milliseconds: number): void;
}

type Timer = { at: number; order: number; callback: () => void; cancel: Cancel };

/** Follows the real clock, plus everything it was ever advanced by. */
export function localClock(realNow: () => number = Date.now): MovableClock {
  let offset = 0;
  let order = 0;
  const timers = new Set<Timer>();
  const now = () => realNow() + offset;

  const arm = (timer: Timer) => {
    const handle = setTimeout(() => fire(timer), Math.max(0, timer.at - now()));
    timer.cancel = () => {
      clearTimeout(handle);
      timers.delete(timer);
    };
  };
  const fire = (timer: Timer) => {
    timer.cancel();
    timer.callback();
  };

  return {
    now,
    after(milliseconds, callback) {
      const timer: Timer = { at: now() + milliseconds, order: order++, callback, cancel: () => {} };
      timers.add(timer);
      arm(timer);
      return () => timer.cancel();
    },
    advance(milliseconds) {
      offset += milliseconds;
      const inOrder = [...timers].sort((a, b) => a.at - b.at || a.order - b.order);
      for (const timer of inOrder) {
        if (!timers.has(timer)) continue;
        timer.cancel();
        if (timer.at <= now()) {
          timer.callback();
        } else {
          timers.add(timer);
          arm(timer);
        }
      }
    },
  };
}
