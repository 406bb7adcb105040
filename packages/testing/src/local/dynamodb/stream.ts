// A table's stream: one record for each change of an item, with both images, in the order of the commits. AWS keeps
// that order for one item only; the items of one transaction may come apart there.
import { type Item, itemBytes, sameItem } from "./attributes.ts";

/** As Lambda hands it to a function that reads a stream of the view type `NEW_AND_OLD_IMAGES`. */
export type StreamRecord = {
  eventID: string;
  eventName: "INSERT" | "MODIFY" | "REMOVE";
  eventSource: "aws:dynamodb";
  eventSourceARN: string;
  eventVersion: "1.1";
  awsRegion: "us-east-1";
  dynamodb: {
    /** Seconds since the epoch, rounded down. */
    ApproximateCreationDateTime: number;
    Keys: Item;
    OldImage?: Item;
    NewImage?: Item;
    /** Grows from record to record of a table. */
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: "NEW_AND_OLD_IMAGES";
  };
  /** Only of an item that its time to live deleted. */
  userIdentity?: typeof TIME_TO_LIVE;
};

export type StreamReader = (record: StreamRecord) => void;

export type Stream = { records: number; readers: Set<StreamReader> };

/** Who deletes an item that has expired ("Record", the API reference of DynamoDB Streams). */
export const TIME_TO_LIVE = { type: "Service", principalId: "dynamodb.amazonaws.com" } as const;

type Streamed = {
  name: string;
  stream: Stream;
  description: { KeySchema: readonly { AttributeName: string }[] };
};

type Images = { before: Item | undefined; after: Item | undefined };

type Change = Images & {
  /** Milliseconds since the epoch. */
  at: number;
  by?: typeof TIME_TO_LIVE;
};

/** SequenceNumber's fewest digits. */
const DIGITS = 21;

/** A stream that nobody reads: while that is so, no records are made or numbered. */
export const newStream = (): Stream => ({ records: 0, readers: new Set() });

/** Hands every record from now on to `reader`; what it gives ends that. */
export function follow({ readers }: Stream, reader: StreamReader): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}

/**
 * Tells the readers of a commit. A write that leaves an item as it was makes no record. Readers run after the
 * request, so that none of them can make a write fail.
 */
export function tellReaders(table: Streamed, change: Change): void {
  const { stream } = table;
  if (stream.readers.size === 0 || isUnchanged(change)) return;
  stream.records += 1;
  const record = recordOf(table, change);
  for (const reader of stream.readers) queueMicrotask(() => reader(structuredClone(record)));
}

function isUnchanged({ before, after }: Images): boolean {
  return before !== undefined && after !== undefined && sameItem(before, after);
}

function recordOf({ name, stream, description }: Streamed, { before, after, at, by }: Change): StreamRecord {
  const SequenceNumber = String(stream.records).padStart(DIGITS, "0");
  const Keys = keysOf(description, after ?? before ?? {});
  const bytes = [Keys, before, after].reduce((sum, item) => sum + (item ? itemBytes(item) : 0), 0);
  return {
    eventID: `${name}-${SequenceNumber}`,
    eventName: eventName({ before, after }),
    eventSource: "aws:dynamodb",
    eventSourceARN: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}/stream/local`,
    eventVersion: "1.1",
    awsRegion: "us-east-1",
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys,
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
      SequenceNumber,
      SizeBytes: bytes,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
    ...(by && { userIdentity: by }),
  };
}

function eventName({ before, after }: Images): StreamRecord["eventName"] {
  if (after === undefined) return "REMOVE";
  return before === undefined ? "INSERT" : "MODIFY";
}

function keysOf({ KeySchema }: Streamed["description"], item: Item): Item {
  const names = new Set(KeySchema.map(({ AttributeName }) => AttributeName));
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}
