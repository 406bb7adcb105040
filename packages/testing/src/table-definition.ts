// The one table and its two indexes of keys only, laid out as on AWS (D13).
import type {
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
} from "@aws-sdk/client-dynamodb";

/** The attribute that holds the second, since the epoch, from which DynamoDB may delete an item. */
export const TIME_TO_LIVE = "expires";
const KEYS = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"];

/** What CreateTable wants; the time to live is set by a request of its own. */
export function tableDefinition(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: keySchema("pk", "sk"),
    GlobalSecondaryIndexes: [keysOnly("gsi1"), keysOnly("gsi2")],
  };
}

function keysOnly(name: string): GlobalSecondaryIndex {
  return {
    IndexName: name,
    KeySchema: keySchema(`${name}pk`, `${name}sk`),
    Projection: { ProjectionType: "KEYS_ONLY" },
  };
}

function keySchema(partition: string, sort: string): KeySchemaElement[] {
  return [
    { AttributeName: partition, KeyType: "HASH" },
    { AttributeName: sort, KeyType: "RANGE" },
  ];
}
