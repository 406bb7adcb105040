// A budget of requests: a bucket that fills at a steady rate (D12).

/** Seconds' worth that can be saved up. */
const SAVED_UP = 2;

export type BudgetOptions = {
  /** Requests a second. */
  rate: number;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** Takes one request from the budget; gives false where it is spent. */
export function budget({ rate, now }: BudgetOptions): () => boolean {
  const most = rate === 0 ? 0 : Math.max(1, rate * SAVED_UP);
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
