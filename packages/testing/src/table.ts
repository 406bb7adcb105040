// Creates the one table through an SDK client, for tests against a store of their own.
import {
  CreateTableCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { TIME_TO_LIVE, tableDefinition } from "./table-definition.ts";

/** Seconds. */
const LONGEST_CREATION = 60;

/** Creates the table; it is there and takes requests when this is done. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(new CreateTableCommand(tableDefinition(name)));
  await waitUntilTableExists({ client, maxWaitTime: LONGEST_CREATION }, { TableName: name });
  const TimeToLiveSpecification = { AttributeName: TIME_TO_LIVE, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}
