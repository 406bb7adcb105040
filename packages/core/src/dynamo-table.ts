// What the adapter's files share: the table, and items in DynamoDB's encoding.
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";

export type Table = { client: DynamoDBClient; table: string };

export type Attributes = Record<string, AttributeValue>;

export function marshalled(item: object): Attributes {
  return marshall(item, { removeUndefinedValues: true });
}
