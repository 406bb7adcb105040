// What EventBridge counts.

/** Named after EventBridge's metrics in CloudWatch. */
export type Metrics = {
  putEventsEntries: number;
  putEventsFailedEntries: number;
  /** Entries for a bus that does not exist: AWS accepts and drops them. */
  eventsForNoBus: number;
  /** Events that at least one rule matched. */
  matchedEvents: number;
  /** Rule ARN → events matched. */
  readonly triggeredRules: Map<string, number>;
  invocationAttempts: number;
  retryInvocationAttempts: number;
  successfulInvocations: number;
  /** Given up for good. */
  failedInvocations: number;
  invocationsSentToDlq: number;
  invocationsFailedToBeSentToDlq: number;
  /** Not a metric of CloudWatch's: events that replays sent once more. */
  replayedEvents: number;
};

/** Counts of zero, as at the start. */
export function noMetrics(): Metrics {
  return {
    putEventsEntries: 0,
    putEventsFailedEntries: 0,
    eventsForNoBus: 0,
    matchedEvents: 0,
    triggeredRules: new Map(),
    invocationAttempts: 0,
    retryInvocationAttempts: 0,
    successfulInvocations: 0,
    failedInvocations: 0,
    invocationsSentToDlq: 0,
    invocationsFailedToBeSentToDlq: 0,
    replayedEvents: 0,
  };
}
