// A budget of requests: a bucket that fills at a steady rate (D12).

/** Seconds' worth that can be saved up. */
const SAVED_UP = 2;

/** Requests that can be saved up at the least: an object with the longest list that is completed takes so many. */
const ONE_OBJECT = 12;

export type BudgetOptions = {
  /** Requests a second. */
  rate: number;
  /** Milliseconds on a clock of durations, which never goes back: the wall clock is set now and then. */
  now(): number;
};

/** Takes one request from the budget; gives false where it is spent. */
export function budget({ rate, now }: BudgetOptions): () => boolean {
  const most = rate === 0 ? 0 : Math.max(ONE_OBJECT, rate * SAVED_UP);
  let left = most;
  let at = now();
  return () => {
    const elapsed = Math.max(0, now() - at) / 1000;
    at = now();
    left = Math.min(most, left + elapsed * rate);
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
