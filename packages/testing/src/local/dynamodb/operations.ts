// Every operation by name.
import { AwsError } from "../http.ts";
import type { Input } from "./accept.ts";
import { batchGetItem } from "./batch-get.ts";
import { beginBatchWrite } from "./batch-write.ts";
import { createTable, deleteTable, describeTable, listTables, updateTable } from "./control.ts";
import type { Database } from "./database.ts";
import { getItem } from "./read.ts";
import { searchItems } from "./search.ts";
import { listTagsOfResource, tagResource, untagResource } from "./tags.ts";
import { describeTimeToLive, updateTimeToLive } from "./time-to-live.ts";
import { beginTransactGet } from "./transact-get.ts";
import { beginTransactWrite } from "./transact-write.ts";
import { beginWrite } from "./write.ts";

type Answer = object | Promise<object>;

/** Runs on arrival; what it gives runs when the latency has passed. */
export type Operation = (database: Database, input: Input) => () => Answer;

const atEnd =
  (run: (database: Database, input: Input) => Answer): Operation =>
  (database, input) =>
  () =>
    run(database, input);

const operations = new Map<string, Operation>(
  Object.entries({
    BatchGetItem: atEnd(batchGetItem),
    BatchWriteItem: beginBatchWrite,
    CreateTable: atEnd(createTable),
    DeleteItem: beginWrite("Delete"),
    DeleteTable: atEnd(deleteTable),
    DescribeTable: atEnd(describeTable),
    DescribeTimeToLive: atEnd(describeTimeToLive),
    GetItem: atEnd(getItem),
    ListTables: atEnd(listTables),
    ListTagsOfResource: atEnd(listTagsOfResource),
    PutItem: beginWrite("Put"),
    Query: atEnd(searchItems("Query")),
    Scan: atEnd(searchItems("Scan")),
    TagResource: atEnd(tagResource),
    TransactGetItems: beginTransactGet,
    TransactWriteItems: beginTransactWrite,
    UntagResource: atEnd(untagResource),
    UpdateItem: beginWrite("Update"),
    UpdateTable: atEnd(updateTable),
    UpdateTimeToLive: atEnd(updateTimeToLive),
  }),
);

/**
 * Runs the part on arrival, and gives the part that runs after the latency. Both throw AwsError, the first
 * UnknownOperationException for an unknown name.
 */
export function begin(database: Database, name: string, input: Input): () => Answer {
  const operation = operations.get(name);
  if (!operation) throw new AwsError("UnknownOperationException", `There is no operation ${name} here.`);
  return operation(database, input);
}
