// Time to live. DynamoDB deletes expired items "within days" and shows them until then, so nothing here hides
// them from reads: `sweepExpired` is the moment at which AWS gets round to it.
import type { Input } from "./accept.ts";
import type { Item } from "./attributes.ts";
import { namedTable } from "./control.ts";
import { type Database, isLocked } from "./database.ts";
import { validate } from "./dynalite.ts";
import { validationException } from "./errors.ts";
import { applyIndexChange, indexChanges } from "./indexes.ts";
import { type Rules, rules } from "./rules.ts";
import { TIME_TO_LIVE, tellReaders } from "./stream.ts";
import type { Table } from "./table.ts";

const updateRules: Rules = {
  types: {
    ...rules.DescribeTimeToLive.types,
    TimeToLiveSpecification: {
      type: "FieldStruct<TimeToLiveSpecification>",
      notNull: true,
      children: {
        AttributeName: {
          type: "String",
          notNull: true,
          lengthGreaterThanOrEqual: 1,
          lengthLessThanOrEqual: 255,
        },
        Enabled: { type: "Boolean", notNull: true },
      },
    },
  },
};

type UpdateRequest = {
  TableName: string;
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
};

/** "UpdateTimeToLive", in effect at once. Throws ValidationException when it is already on, or already off. */
export function updateTimeToLive(database: Database, input: Input): object {
  const { TableName, TimeToLiveSpecification } = validate<UpdateRequest>(updateRules, input);
  const { AttributeName, Enabled } = TimeToLiveSpecification;
  const table = namedTable(database, { TableName });
  if (Enabled === (table.timeToLive !== undefined)) {
    throw validationException(`TimeToLive is already ${Enabled ? "enabled" : "disabled"}`);
  }
  table.timeToLive = Enabled ? AttributeName : undefined;
  return { TimeToLiveSpecification };
}

/** "DescribeTimeToLive"; never ENABLING or DISABLING. Throws ResourceNotFoundException. */
export function describeTimeToLive(database: Database, input: Input): object {
  const { TableName } = validate<{ TableName: string }>(rules.DescribeTimeToLive, input);
  const { timeToLive } = namedTable(database, { TableName });
  const description = timeToLive
    ? { TimeToLiveStatus: "ENABLED", AttributeName: timeToLive }
    : { TimeToLiveStatus: "DISABLED" };
  return { TimeToLiveDescription: description };
}

/** Deletes what has expired, at no cost in capacity; gives how many items that were. */
export function sweepExpired(database: Database): number {
  return [...database.tables.values()].reduce((total, table) => total + sweepTable(database, table), 0);
}

function sweepTable(database: Database, table: Table): number {
  const { timeToLive } = table;
  const at = database.clock.now();
  if (timeToLive === undefined) return 0;
  const expired = [...table.items.keys({})].filter((key) => {
    const item = table.items.get(key)?.item;
    return item && isExpired(item[timeToLive], at / 1000) && !isLocked(database, table, key);
  });
  for (const key of expired) remove(table, key, at);
  return expired.length;
}

const fiveYears = 5 * 365 * 24 * 3600;

/** Only numbers count, as seconds; one more than five years ago is taken for a mistake. */
function isExpired(value: Item[string] | undefined, now: number): boolean {
  if (value === undefined || !("N" in value)) return false;
  const expires = Number(value.N);
  return expires < now && expires > now - fiveYears;
}

function remove(table: Table, key: string, at: number): void {
  const before = table.items.get(key)?.item;
  table.items.delete(key);
  for (const change of indexChanges(table, before, undefined)) applyIndexChange(change);
  tellReaders(table, { before, after: undefined, at, by: TIME_TO_LIVE });
}
