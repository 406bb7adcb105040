// Reads a whole table of the local DynamoDB, as nobody should read a real one.
import type { Item } from "./attributes.ts";
import type { LocalDynamoDb } from "./server.ts";

/** Every item of the table in DynamoDB's encoding, page by page; `T` is the reader's own type for that. */
export async function scanned<T = Item>(
  { dispatch }: Pick<LocalDynamoDb, "dispatch">,
  TableName: string,
): Promise<T[]> {
  const items: T[] = [];
  let start = {};
  for (;;) {
    const page = (await dispatch("Scan", { TableName, ...start })) as {
      Items: T[];
      LastEvaluatedKey?: object;
    };
    items.push(...page.Items);
    if (page.LastEvaluatedKey === undefined) return items;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}
