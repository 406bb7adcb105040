// What is compared: each contender takes the same batches, as Lambda would hand them over, in a process of its own.
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

export const CONTENDERS = ["ours", "floor", "textbook", "two-writes", "sync-engine"] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** Where a contender keeps its state. */
export type Place = {
  /** The URL of DynamoDB, or of what answers in its place, and a table as infra/table.ts makes it. */
  dynamodb: string;
  table: string;
  /** A connection string of PostgreSQL, for the one that needs it. */
  postgres?: string | undefined;
  /** A file of the requests that the floor makes: a JSON array with one member for each batch. */
  requests?: string | undefined;
  /** A file: the worker's bundle. */
  bundle?: string | undefined;
};

/** A contender that is ready to take batches; several may be handled at once, each a lane's. */
export type Opened = {
  handle(batch: SQSEvent): Promise<SQSBatchResponse>;
  close(): Promise<void>;
};

/** What a file in contenders/ exports as `open`. */
export type Open = (place: Place) => Promise<Opened>;
