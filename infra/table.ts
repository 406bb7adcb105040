// The one table, with two indexes that hold keys only (D13).
import { kept, type Settings } from "./settings.ts";

/** SST's component bills on demand and keeps a point-in-time backup of 35 days unless told otherwise. */
export function table(settings: Settings): sst.aws.Dynamo {
  const args = {
    fields: {
      pk: "string",
      sk: "string",
      gsi1pk: "string",
      gsi1sk: "string",
      gsi2pk: "string",
      gsi2sk: "string",
    },
    primaryIndex: { hashKey: "pk", rangeKey: "sk" },
    globalIndexes: {
      gsi1: { hashKey: "gsi1pk", rangeKey: "gsi1sk", projection: "keys-only" },
      gsi2: { hashKey: "gsi2pk", rangeKey: "gsi2sk", projection: "keys-only" },
    },
    ttl: "expires",
    stream: "new-and-old-images",
    deletionProtection: settings.protect,
  } as const;
  return new sst.aws.Dynamo("Table", args, kept(settings));
}
