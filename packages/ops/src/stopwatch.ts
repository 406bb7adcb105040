// How long a run was at work: waiting for a person to send something is no part of its speed.

export type Stopwatch = {
  /** Seconds in which there was work, so far. */
  seconds(): number;
  stop(): void;
};

/** Milliseconds between looks. */
const LOOK = 10;

/** It begins with work, and then looks every 10 ms whether there is any. @param now milliseconds */
export function workStopwatch(isAtWork: () => boolean, now = () => performance.now()): Stopwatch {
  let last = now();
  let wasAtWork = true;
  let total = 0;
  const look = () => {
    const time = now();
    const isNow = isAtWork();
    if (isNow || wasAtWork) total += time - last;
    last = time;
    wasAtWork = isNow;
  };
  const timer = setInterval(look, LOOK);
  return {
    seconds() {
      look();
      return total / 1000;
    },
    stop: () => clearInterval(timer),
  };
}
