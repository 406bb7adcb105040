// What the adapter's files share: the table.
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

export type Table = { client: DynamoDBClient; table: string };
