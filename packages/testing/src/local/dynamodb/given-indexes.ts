// For the tests of UpdateTable's indexes: an index by owner, created, deleted and queried.
import {
  DescribeTableCommand,
  type GlobalSecondaryIndexUpdate,
  QueryCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Given } from "./given.ts";
import { table } from "./given-tables.ts";

export const OWNER = [{ AttributeName: "owner", AttributeType: "S" as const }];
/** An index that is created on the attribute `owner`, with all attributes. */
export const byOwner = (more: object = {}): GlobalSecondaryIndexUpdate => ({
  Create: {
    IndexName: "byOwner",
    KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
    Projection: { ProjectionType: "ALL" },
    ...more,
  },
});

/** UpdateTable of the table that tests use; rejects as the SDK does. */
export const update = ({ client }: Given, input: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName: table, ...input }));
/** Creates `byOwner`, which can be read when the backfill is over. */
export const create = (given: Given, more: object = {}) =>
  update(given, { AttributeDefinitions: OWNER, GlobalSecondaryIndexUpdates: [byOwner(more)] });
/** Deletes an index by its name. */
export const remove = (given: Given, IndexName: string) =>
  update(given, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });

/** What DescribeTable gives, and the indexes as pairs of name and status. */
export async function described({ client }: Given) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const indexes = Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => [
    IndexName,
    IndexStatus,
  ]);
  return { table: Table, status: Table?.TableStatus, indexes };
}

/** The rows of an owner, by the index. */
export const ownedBy = ({ client }: Given, owner: string) =>
  client.send(
    new QueryCommand({
      TableName: table,
      IndexName: "byOwner",
      KeyConditionExpression: "#o = :o",
      ExpressionAttributeNames: { "#o": "owner" },
      ExpressionAttributeValues: { ":o": { S: owner } },
    }),
  );
