// What an event source mapping counts.

export type PollerMetrics = {
  received: number;
  invocations: number;
  succeeded: number;
  /** Invocations whose answer left some messages on the queue, and not all. */
  partiallyFailed: number;
  failed: number;
  throttled: number;
  deleted: number;
  /** Deletes that the queue refused or that never arrived: those messages come again. */
  deletesFailed: number;
  /** The most invocations at one time. */
  peakConcurrency: number;
};

/** Counts of zero, as at the start. */
export function noMetrics(): PollerMetrics {
  return {
    received: 0,
    invocations: 0,
    succeeded: 0,
    partiallyFailed: 0,
    failed: 0,
    throttled: 0,
    deleted: 0,
    deletesFailed: 0,
    peakConcurrency: 0,
  };
}
