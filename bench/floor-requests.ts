// What the floor asks for a batch: all of its reads in one request, and its writes as they were.
import type { BatchGetItemCommandInput, TransactWriteItemsCommandInput } from "@aws-sdk/client-dynamodb";
import type { FloorRequests } from "./contenders/floor.ts";
import type { Exchange } from "./servers/recording.ts";

/** @throws Error for a request that is neither a `BatchGetItem` nor a `TransactWriteItems`. */
export function floorRequestsOf(exchanges: readonly Exchange[]): FloorRequests {
  const { BatchGetItem = [], TransactWriteItems = [], ...others } = inputsByOperation(exchanges);
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`The floor makes no ${other}, and one was recorded.`);
  return {
    read: merged(BatchGetItem as BatchGetItemCommandInput[]),
    writes: (TransactWriteItems as TransactWriteItemsCommandInput[]).map(withoutToken),
  };
}

function inputsByOperation(exchanges: readonly Exchange[]): Record<string, Exchange["input"][]> {
  const succeeded = exchanges.filter(({ status }) => status === 200);
  const byOperation = Map.groupBy(succeeded, ({ operation }) => operation);
  return Object.fromEntries([...byOperation].map(([name, all]) => [name, all.map(({ input }) => input)]));
}

/** Each key once; the last says whether the read is consistent. */
function merged(reads: BatchGetItemCommandInput[]): BatchGetItemCommandInput | null {
  if (reads.length === 0) return null;
  const asked = reads.flatMap(({ RequestItems = {} }) => Object.entries(RequestItems));
  const byTable = Map.groupBy(asked, ([table]) => table);
  const RequestItems = [...byTable].map(([table, requests]) => {
    const keys = requests.flatMap(([, { Keys = [] }]) => Keys);
    const unique = new Map(keys.map((key) => [JSON.stringify(key), key]));
    return [table, { ...requests.at(-1)?.[1], Keys: [...unique.values()] }];
  });
  return { RequestItems: Object.fromEntries(RequestItems) };
}

/** The SDK makes one for each request. */
function withoutToken({ ClientRequestToken: _, ...write }: TransactWriteItemsCommandInput) {
  return write;
}
