// How long a function may take, in seconds: what waits for it and what watches it go by the same numbers.

/** Under the 16 after which the stub of `sst dev` answers success for a worker that is not there (D19). */
export const WORKER_SECONDS = 15;

/** Three tries of 2 s to reach EventBridge; Stripe itself waits longer. */
export const WEBHOOK_SECONDS = 10;
