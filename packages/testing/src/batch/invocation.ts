// What an invocation leaves behind: answers, causes, order and stories are judged by it alone.
import type { SQSRecord } from "aws-lambda";
import type { InvocationFault } from "../local/lambda/faults.ts";

/** One invocation of the handler, and what came of it. */
export type SimulatedInvocation = {
  /** The first is 1. */
  number: number;
  /** Milliseconds since the epoch. */
  at: number;
  fault?: InvocationFault;
  records: SQSRecord[];
  /** The ids that their messages had in the batch, in the order of the records. */
  messages: string[];
  /** How often the handler ran: not at all where it was throttled or killed before, twice for a duplicate. */
  runs: number;
  /** The answer that the poller got; null where the handler answered nothing. */
  answer?: unknown;
  /** Why the poller got no answer: Throttled or FunctionError. */
  error?: unknown;
};
