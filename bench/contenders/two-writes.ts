// The least that deduplicates: a ledger row for the event, then the row of its object, both conditional ("Condition
// expressions", Amazon DynamoDB Developer Guide). A process that dies between the two loses the event.
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import type { Open } from "../contender.ts";
import { rowOf, type StripeEvent } from "./state.ts";

/** Seconds for which Stripe can resend an event. */
const RESENDABLE = 30 * 24 * 60 * 60;

type Table = { documents: DynamoDBDocumentClient; name: string };

export const open: Open = async ({ dynamodb, table: name }) => {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint: dynamodb, region: "us-east-1", credentials });
  const table = { documents: DynamoDBDocumentClient.from(client), name };
  return { handle: (batch) => handleBatch(table, batch), close: async () => client.destroy() };
};

/** One after another; what follows a failure fails with it, so that nothing of the message group overtakes. */
async function handleBatch(table: Table, { Records }: SQSEvent) {
  for (const [index, record] of Records.entries()) {
    try {
      await handleRecord(table, record);
    } catch (error) {
      console.log(JSON.stringify({ message: record.messageId, outcome: "failed", error: String(error) }));
      const failed = Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId }));
      return { batchItemFailures: failed };
    }
  }
  return { batchItemFailures: [] };
}

async function handleRecord(table: Table, { body, attributes }: SQSRecord): Promise<void> {
  const event = JSON.parse(body) as StripeEvent;
  const outcome = await applyOnce(table, event);
  const { id, type } = event;
  console.log(JSON.stringify({ event: id, type, lane: attributes.MessageGroupId, outcome }));
}

async function applyOnce(table: Table, event: StripeEvent): Promise<string> {
  const Key = { pk: event.id, sk: "event" };
  const expires = Math.floor(Date.now() / 1000) + RESENDABLE;
  const row = rowOf(event);
  if (!(await put(table, { ...Key, type: event.type, expires }, "attribute_not_exists(pk)")))
    return "duplicate";
  try {
    const isNew = await put(table, row, "attribute_not_exists(pk) OR asOf <= :asOf", { ":asOf": row.asOf });
    return isNew ? "applied" : "superseded";
  } catch (error) {
    await table.documents.send(new DeleteCommand({ TableName: table.name, Key }));
    throw error;
  }
}

/** Gives whether the condition held. */
async function put({ documents, name }: Table, Item: object, condition: string, values?: object) {
  try {
    await documents.send(
      new PutCommand({
        TableName: name,
        Item,
        ConditionExpression: condition,
        ...(values && { ExpressionAttributeValues: values }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
