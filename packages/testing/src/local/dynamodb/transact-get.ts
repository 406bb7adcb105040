// TransactGetItems: all items as of one moment, or none while one of them is being written.
import type { Input } from "./accept.ts";
import { type Bill, chargeTable, consistency, consumedCapacities, readUnits } from "./capacity.ts";
import { type Database, findTable, spend } from "./database.ts";
import { transactionCanceled, validationException } from "./errors.ts";
import { locateRead, projected, type Read } from "./read.ts";
import { conflictReasons, openEnvelope, refuseUnfit } from "./transaction.ts";

/** Finds on arrival what is in its way; what it gives reads. */
export function beginTransactGet(database: Database, input: Input): () => object {
  const { items, mode } = openEnvelope(input);
  const reads = locateAll(database, items);
  const conflicts = conflictReasons(database, reads);
  if (conflicts) throw transactionCanceled(conflicts);
  return () => {
    const bill: Bill = new Map();
    const Responses = reads.map((read) => respond(read, bill));
    spend(database, "readUnits", bill);
    return { Responses, ConsumedCapacity: consumedCapacities(bill, mode, "ReadCapacityUnits") };
  };
}

function locateAll(database: Database, items: Input[]): Read[] {
  const requests = items.map(({ Get }, position) => {
    if (Get) return database.accept("GetItem", Get as Input);
    throw validationException(
      `1 validation error detected: Value null at 'transactItems.${position + 1}.member.get' failed to satisfy constraint: Member must not be null`,
    );
  });
  const placed = requests.map((request) => ({ request, table: findTable(database, request.TableName) }));
  return refuseUnfit(placed.map(({ request, table }) => locateRead(table, request.Key ?? {}, request)));
}

function respond({ table, key, request }: Read, bill: Bill): object {
  const found = table.items.get(key);
  chargeTable(bill, table.name, readUnits(found?.bytes, consistency.transactional));
  return found ? { Item: projected(found, request) } : {};
}
