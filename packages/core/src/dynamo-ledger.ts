// Ledger entries on DynamoDB: under which condition they are written, and the notes of starts in them (D6, D8).
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshalled } from "./dynamo-encoding.ts";
import { storeErrorOf } from "./dynamo-errors.ts";
import type { Table } from "./dynamo-table.ts";
import { ledgerItem } from "./item.ts";
import type { Key } from "./keys.ts";
import type { LedgerEntry } from "./ledger.ts";

/** The ledger takes an outcome where there is none that is final (D6); TTL deletes late, so it looks itself. */
const IS_WITHOUT_OUTCOME = "attribute_not_exists(#outcome)";
const IS_PARKED = "#outcome = :parked";
const IS_EXPIRED = "#expires <= :now";
const TAKES_OUTCOME = [IS_WITHOUT_OUTCOME, IS_PARKED, IS_EXPIRED].join(" OR ");

/** For a transaction: it takes what has no outcome that is final. */
export function ledgerPut(TableName: string, entry: LedgerEntry, now: number) {
  return {
    TableName,
    Item: marshalled(ledgerItem(entry)),
    ConditionExpression: TAKES_OUTCOME,
    ExpressionAttributeNames: { "#outcome": "outcome", "#expires": "expires" },
    ExpressionAttributeValues: { ":parked": { S: "parked" }, ":now": { N: String(now) } },
  };
}

/** There is no outcome from then on. A set takes each start once, and loses none to a copy that runs elsewhere. */
export async function note(options: Table, entry: LedgerEntry, start: string, now: number): Promise<void> {
  const { pk: _, sk: __, ...attributes } = ledgerItem(entry);
  const names = Object.keys(attributes);
  await update(options, entry.key, now, {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(", ")} REMOVE #outcome, #reason ADD #started :start`,
    ConditionExpression: TAKES_OUTCOME,
    names: [...names, "reason", "started"],
    values: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      ":start": new Set([start]),
    },
  });
}

export async function withdraw(options: Table, key: Key, start: string, now: number): Promise<void> {
  await update(options, key, now, {
    UpdateExpression: "DELETE #started :start",
    ConditionExpression: `attribute_exists(pk) AND (${TAKES_OUTCOME})`,
    names: ["started"],
    values: { ":start": new Set([start]) },
  });
}

type Update = {
  UpdateExpression: string;
  ConditionExpression: string;
  names: string[];
  values: Record<string, unknown>;
};

async function update({ client, table: TableName }: Table, key: Key, now: number, asked: Update) {
  const { UpdateExpression, ConditionExpression, names, values } = asked;
  const conditional = ["outcome", "expires"];
  const command = new UpdateItemCommand({
    TableName,
    Key: marshalled(key),
    UpdateExpression,
    ConditionExpression,
    ExpressionAttributeNames: Object.fromEntries(
      [...names, ...conditional].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: marshalled({ ...values, ":parked": "parked", ":now": now }),
  });
  await client.send(command).catch(storeErrorOf([key]));
}
