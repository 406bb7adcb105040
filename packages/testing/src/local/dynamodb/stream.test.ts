import { BatchWriteItemCommand, DeleteItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import {
  type Given,
  givenDynamoDb,
  ifNew,
  ifRev,
  keyOf,
  put,
  type Row,
  refusalOf,
  remove,
  row,
  save,
  transact,
  update,
} from "./given.ts";
import { table } from "./given-tables.ts";
import type { StreamRecord } from "./stream.ts";

const n = (value: number) => ({ N: String(value) });

/** A DynamoDB with a reader of its stream. */
async function givenStream(): Promise<Given & { records: StreamRecord[] }> {
  const given = await givenDynamoDb();
  const records: StreamRecord[] = [];
  given.dynamodb.follow(table, (record) => records.push(record));
  return { ...given, records };
}

/** What changed, without what every record has. */
const changes = (records: StreamRecord[]) =>
  records.map(({ eventName, dynamodb: { OldImage, NewImage } }) => [eventName, OldImage, NewImage]);

describe("a table's stream", () => {
  it("has a record for each change, with the item before it and after it", async () => {
    const given = await givenStream();
    await save(given, row("a", 1));
    await save(given, row("a", 2));
    await given.client.send(new DeleteItemCommand({ TableName: table, Key: keyOf("a") }));
    expect(changes(given.records)).toEqual([
      ["INSERT", undefined, row("a", 1)],
      ["MODIFY", row("a", 1), row("a", 2)],
      ["REMOVE", row("a", 2), undefined],
    ]);
  });

  it("says of each which item it was, in which second, and after which other", async () => {
    const given = await givenStream();
    given.clock.advance(999);
    const before = Math.floor(given.clock.now() / 1000);
    await save(given, row("a", 1));
    await save(given, row("b", 1));
    const [first, second] = given.records.map(({ dynamodb }) => dynamodb);
    expect(first).toMatchObject({ Keys: keyOf("a"), StreamViewType: "NEW_AND_OLD_IMAGES" });
    expect(Number.isInteger(first?.ApproximateCreationDateTime)).toBe(true);
    expect(first?.ApproximateCreationDateTime).toBeGreaterThanOrEqual(before);
    expect((second?.SequenceNumber ?? "") > (first?.SequenceNumber ?? "")).toBe(true);
  });

  it("has one record for each item that a transaction writes, and none for one that it only checks", async () => {
    const given = await givenStream();
    await save(given, row("gone", 1));
    given.records.length = 0;
    const check = { TableName: table, Key: keyOf("none"), ConditionExpression: "attribute_not_exists(pk)" };
    const count = update("count", "ADD amount :one", { ":one": n(1) });
    await transact(given, put(row("a", 1), ifNew), { ConditionCheck: check }, count, remove("gone"));
    expect(changes(given.records)).toEqual([
      ["INSERT", undefined, row("a", 1)],
      ["INSERT", undefined, { ...keyOf("count"), amount: n(1) }],
      ["REMOVE", row("gone", 1), undefined],
    ]);
  });

  it("has none for a write or a transaction that is refused", async () => {
    const given = await givenStream();
    await save(given, row("a", 1));
    await refusalOf(transact(given, put(row("b", 1)), put(row("a", 3), ifRev(2))));
    await refusalOf(
      given.client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf("a"),
          UpdateExpression: "ADD rev :one",
          ConditionExpression: "attribute_not_exists(pk)",
          ExpressionAttributeValues: { ":one": n(1) },
        }),
      ),
    );
    expect(changes(given.records)).toEqual([["INSERT", undefined, row("a", 1)]]);
  });

  it("has none for a transaction that is sent again, and none for one that met another", async () => {
    const given = await givenDynamoDb({ conflicts: (keys) => keys.length === 2 });
    const records: StreamRecord[] = [];
    given.dynamodb.follow(table, (record) => records.push(record));
    const again = {
      ClientRequestToken: "once",
      TransactItems: [update("a", "ADD amount :one", { ":one": n(1) })],
    };
    await given.dynamodb.dispatch("TransactWriteItems", again);
    await given.dynamodb.dispatch("TransactWriteItems", again);
    await refusalOf(transact(given, put(row("b", 1)), put(row("c", 1))));
    expect(changes(records)).toEqual([["INSERT", undefined, { ...keyOf("a"), amount: n(1) }]]);
  });

  it("has none for a write that leaves an item as it was, and none for one of what is not there", async () => {
    const given = await givenStream();
    await save(given, row("a", 1, { tags: { L: [{ S: "x" }] } }));
    await save(given, row("a", 1, { tags: { L: [{ S: "x" }] } }));
    await transact(given, update("a", "SET rev = :rev", { ":rev": n(1) }), remove("nobody"));
    expect(given.records).toHaveLength(1);
  });

  it("has each write of a batch", async () => {
    const given = await givenStream();
    await save(given, row("old", 1));
    await given.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [table]: [{ PutRequest: { Item: row("new", 1) } }, { DeleteRequest: { Key: keyOf("old") } }],
        },
      }),
    );
    expect(given.records.map(({ eventName }) => eventName)).toEqual(["INSERT", "INSERT", "REMOVE"]);
  });

  it("says of an item that has expired that DynamoDB deleted it", async () => {
    const given = await givenStream();
    const TimeToLiveSpecification = { AttributeName: "expires", Enabled: true };
    await given.dynamodb.dispatch("UpdateTimeToLive", { TableName: table, TimeToLiveSpecification });
    const expired: Row = row("a", 1, { expires: n(Math.floor(given.clock.now() / 1000) - 1) });
    await save(given, expired);
    given.dynamodb.sweepExpired();
    await Promise.resolve();
    expect(changes(given.records)).toEqual([
      ["INSERT", undefined, expired],
      ["REMOVE", expired, undefined],
    ]);
    expect(given.records.map(({ userIdentity }) => userIdentity)).toEqual([
      undefined,
      { type: "Service", principalId: "dynamodb.amazonaws.com" },
    ]);
  });

  it("hands a reader the changes of its own table until it leaves, in copies of its own", async () => {
    const given = await givenDynamoDb();
    const seen: StreamRecord[] = [];
    const leave = given.dynamodb.follow(table, (record) => {
      if (record.dynamodb.NewImage) record.dynamodb.NewImage.rev = n(99);
    });
    const stop = given.dynamodb.follow(table, (record) => seen.push(record));
    await save(given, { id: { S: "x" }, owner: { S: "y" } }, "Owned");
    await save(given, row("a", 1));
    leave();
    stop();
    await save(given, row("a", 2));
    expect(changes(seen)).toEqual([["INSERT", undefined, row("a", 1)]]);
  });
});
