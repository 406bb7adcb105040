// The tables of the tests beside this.
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

export const table = "Lanes";

const keysOnly = (IndexName: string) => ({
  IndexName,
  KeySchema: keySchema(`${IndexName}pk`, `${IndexName}sk`),
  Projection: { ProjectionType: "KEYS_ONLY" as const },
});

const keySchema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: "HASH" as const },
  { AttributeName: range, KeyType: "RANGE" as const },
];

/** Ours: two sparse indexes that hold keys only. */
export const lanes: CreateTableCommandInput = {
  TableName: table,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  KeySchema: keySchema("pk", "sk"),
  GlobalSecondaryIndexes: [keysOnly("gsi1"), keysOnly("gsi2")],
};

/** A table with one index that stores whole items, keyed by `owner`. */
export const owned: CreateTableCommandInput = {
  TableName: "Owned",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: ["id", "owner"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  GlobalSecondaryIndexes: [
    {
      IndexName: "byOwner",
      KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
      Projection: { ProjectionType: "ALL" },
    },
  ],
};

/** A table whose sort key is a number, with a local index by time. */
export const numbered: CreateTableCommandInput = {
  TableName: "Numbered",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "n", AttributeType: "N" },
    { AttributeName: "at", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "id", KeyType: "HASH" },
    { AttributeName: "n", KeyType: "RANGE" },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: "byTime",
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "at", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
  ],
};
