// The queue of an event source mapping: the mapping, and what it asks about visibility, both work on it.

/** The in-process SQS, as far as a mapping needs it. */
export type MappedQueues = {
  command(operation: string, input: object): object | Promise<object>;
  /** Calls `listener` when messages may have become available; gives a function that ends it. */
  onMessages(queueUrl: string, listener: () => void): () => void;
  /** When a message could next be received, in milliseconds. */
  nextVisibleAt(queueUrl: string): number | undefined;
};

export type MappedQueue = { sqs: MappedQueues; queueUrl: string; queueArn: string };
