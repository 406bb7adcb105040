// What any design with the same bytes has to do: parse the bodies, read once, write once. The requests are ours,
// recorded on the same batches against the same tables, so that the conditions of the writes hold. They are ready in
// memory, which is why it holds more of that than a design that makes them.
import { readFileSync } from "node:fs";
import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  DynamoDBClient,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Opened, Place } from "../contender.ts";

/** One batch's: a batch may read nothing, or write nothing. */
export type FloorRequests = {
  read: BatchGetItemCommandInput | null;
  writes: TransactWriteItemsCommandInput[];
};

export async function open({ dynamodb, requests }: Place): Promise<Opened> {
  if (requests === undefined) throw new Error("the requests to make are missing");
  const client = new DynamoDBClient({
    endpoint: dynamodb,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const batches = JSON.parse(readFileSync(requests, "utf8"), binary) as FloorRequests[];
  let handled = 0;
  return {
    async handle({ Records }) {
      const batch = batches[handled++];
      if (batch === undefined) throw new Error(`no requests are recorded for batch ${handled}`);
      for (const { body } of Records) JSON.parse(body);
      await send(client, batch);
      return { batchItemFailures: [] };
    },
    close: async () => client.destroy(),
  };
}

async function send(client: DynamoDBClient, { read, writes }: FloorRequests): Promise<void> {
  if (read !== null) await client.send(new BatchGetItemCommand(read));
  for (const write of writes) await client.send(new TransactWriteItemsCommand(write));
}

/** JSON holds an attribute's bytes as base64, the SDK wants them as they are. */
function binary(name: string, value: unknown): unknown {
  return name === "B" && typeof value === "string" ? Buffer.from(value, "base64") : value;
}
