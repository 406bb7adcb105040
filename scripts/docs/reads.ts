// The reads that an app has, each with the requests that it was seen to make.
import { readFileSync } from "node:fs";
import { type BillingOptions, billing } from "../../packages/core/src/billing.ts";
import { dynamoStore } from "../../packages/core/src/dynamo.ts";
import { declarationOf, type Member } from "./declarations.ts";
import { TENANT } from "./probe.ts";

export type Read = {
  name: string;
  parameters: string[];
  /** What its comment says that it gives. */
  gives: string;
  cases: ReadCase[];
};

/** `given`: the arguments that make the case, as one would write them. */
export type ReadCase = { given: string; requests: string[] };

const BILLING = new URL("../../packages/core/src/billing.ts", import.meta.url);

/** What to call a read with, where a text that names the parameter will not do; each makes a case. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  noun: ["order", "subscription"],
  listed: ["order"],
  paging: [undefined],
  options: [undefined],
};

/**
 * Every read of `Billing`, in its order.
 * @throws Error when one makes more requests than its comment says.
 */
export async function billingReads(): Promise<Read[]> {
  const declaration = declarationOf(readFileSync(BILLING, "utf8"), "Billing");
  if (declaration?.type.kind !== "object") throw new Error("billing.ts has no type Billing with its reads.");
  return Promise.all(declaration.type.members.map(readOf));
}

async function readOf({ name, doc, parameters = [] }: Member): Promise<Read> {
  const cases = await Promise.all(argumentsOf(parameters).map((given) => caseOf(name, given)));
  return checked({ name, parameters, gives: doc, cases });
}

/** @throws Error when a read makes more requests than its comment says. */
export function checked(read: Read): Read {
  const most = Math.max(...read.cases.map(({ requests }) => requests.length));
  const promised = promisedBy(read.gives);
  if (most <= promised) return read;
  throw new Error(`${read.name} made ${most} requests, and its comment says at most ${promised}.`);
}

/** Every way to call a read with these parameters. */
function argumentsOf(parameters: string[]): unknown[][] {
  const choices = parameters.map((name) =>
    Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : [`{${name}}`],
  );
  return choices.reduce<unknown[][]>(
    (given, choice = []) => given.flatMap((some) => choice.map((one) => [...some, one])),
    [[]],
  );
}

async function caseOf(name: string, given: unknown[]): Promise<ReadCase> {
  const { options, requests } = recording();
  const reads: Record<string, unknown> = billing(options);
  const read = reads[name];
  if (typeof read !== "function") throw new Error(`billing() has no ${name}, which its type declares.`);
  await read(...given);
  const chosen = given.filter((one) => typeof one === "string" && !one.startsWith("{"));
  return { given: chosen.map((one) => JSON.stringify(one)).join(", "), requests };
}

/** The most requests that a comment speaks of. */
function promisedBy(doc: string): number {
  const told = doc.split(/(?<=\.) /).filter((sentence) => /\brequests?\b/.test(sentence));
  return Math.max(0, ...(told.join(" ").match(/\d+/g) ?? []).map(Number));
}

type Client = Parameters<typeof dynamoStore>[0]["client"];
type Keys = { pk: { S: string }; sk: { S: string } };
type Input = {
  RequestItems?: Record<string, { Keys: Keys[] }>;
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: Record<string, { S: string }>;
};

const TABLE = "table";

/** A table that has one row wherever one is looked for, and no ledger. */
function recording(): { options: BillingOptions; requests: string[] } {
  const requests: string[] = [];
  const send = async ({ input }: { input: Input }) => {
    requests.push(requestOf(input));
    return answerTo(input);
  };
  const client = { send } as unknown as Client;
  const store = dynamoStore({ client, table: TABLE, sleep: async () => {} });
  return { options: { store, tenant: TENANT, now: () => 0 }, requests };
}

/** The row that an index lists, whatever it is asked. */
const LISTED = { pk: { S: `${TENANT}#{customer}` }, sk: { S: "subscription#{id}" } };

function requestOf(input: Input): string {
  const keys = input.RequestItems?.[TABLE]?.Keys;
  if (keys === undefined) return queryOf(input);
  const isListed = keys.every(({ pk }) => pk.S === LISTED.pk.S);
  const items = isListed
    ? "the rows that the index listed"
    : keys.map(({ pk, sk }) => `${pk.S} / ${sk.S}`).join(", ");
  return `BatchGetItem ${items}`;
}

function queryOf({ IndexName, KeyConditionExpression = "", ExpressionAttributeValues = {} }: Input): string {
  const condition = KeyConditionExpression.replaceAll(
    /:\w+/g,
    (name) => ExpressionAttributeValues[name]?.S ?? name,
  );
  return `Query ${IndexName === undefined ? "" : `${IndexName}, `}${condition}`;
}

function answerTo(input: Input): object {
  const keys = input.RequestItems?.[TABLE]?.Keys;
  if (keys !== undefined) return { Responses: { [TABLE]: keys.map(itemAt) } };
  if (input.IndexName !== undefined) return { Items: [LISTED] };
  return { Items: input.KeyConditionExpression?.includes("begins_with") ? [] : [itemAt(LISTED)] };
}

function itemAt(key: Keys): object {
  const part = { M: { second: { N: "0" }, rank: { N: "0" }, told: { L: [] } } };
  const state = { M: { customer: { S: "{customer}" } } };
  return { ...key, rev: { N: "1" }, state, parts: { L: [part] } };
}
