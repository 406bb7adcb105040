// One read of one item, alone or within a batch or transaction.
import { AwsError } from "../http.ts";
import type { Accepted, Input } from "./accept.ts";
import type { Item } from "./attributes.ts";
import { type Bill, chargeTable, consistency, consumedCapacity, readUnits } from "./capacity.ts";
import { type Database, findTable, spend } from "./database.ts";
import { keyFault, keyOf, pathFault, project } from "./dynalite.ts";
import { refuseEmptyKey } from "./keys.ts";
import type { Stored, Table } from "./table.ts";

type Projection = Pick<Accepted, "_projection" | "AttributesToGet">;

export type Read<Request extends Projection = Accepted> = { table: Table; key: string; request: Request };

/**
 * The output of "GetItem", without `Item` where there is none. Throws ValidationException for a key that does not
 * fit the table, and ResourceNotFoundException.
 */
export function getItem(database: Database, input: Input): object {
  const request = database.accept("GetItem", input);
  const read = locateRead(findTable(database, request.TableName), request.Key ?? {}, request);
  if (read instanceof AwsError) throw read;
  const found = read.table.items.get(read.key);
  const bill: Bill = new Map();
  chargeTable(bill, request.TableName, readUnits(found?.bytes, timesOf(request)));
  spend(database, "readUnits", bill);
  return {
    Item: found && projected(found, request),
    ConsumedCapacity: consumedCapacity(bill, request.ReturnConsumedCapacity),
  };
}

/** Finds the item of a read in its table; gives what is wrong with the key, if anything is. */
export function locateRead<Request extends Projection>(
  table: Table,
  key: Item,
  request: Request,
): Read<Request> | AwsError {
  refuseEmptyKey(table, key);
  const fault = keyFault(key, table.description) ?? pathFault(request, table.description);
  return fault ?? { table, key: keyOf(key, table.description), request };
}

/** The attributes that a request asks for. */
export function projected({ item }: Stored, { _projection, AttributesToGet }: Projection): Item {
  const paths = _projection?.paths ?? AttributesToGet;
  return paths ? project(item, paths) : item;
}

/** Reads to bill for one item: a half when eventually consistent, one when consistent. */
export const timesOf = ({ ConsistentRead }: { ConsistentRead?: boolean }) =>
  ConsistentRead ? consistency.strong : consistency.eventual;
