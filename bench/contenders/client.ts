// What any design on DynamoDB loads at its start: the client, made, and the two requests of a batch.
import { BatchGetItemCommand, DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";

export const client = new DynamoDBClient({ region: "us-east-1" });
export const commands = [BatchGetItemCommand, TransactWriteItemsCommand];
