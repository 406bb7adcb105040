import { describe, expect, it } from "vitest";
import { floorRequestsOf } from "./floor-requests.ts";
import type { Exchange } from "./servers/recording.ts";

const key = (id: string) => ({ pk: { S: id }, sk: { S: "row" } });
const exchange = (operation: string, input: object, status = 200): Exchange => {
  return { operation, input, status, answer: "{}" };
};
const read = (...ids: string[]) =>
  exchange("BatchGetItem", { RequestItems: { billing: { Keys: ids.map(key), ConsistentRead: false } } });
const write = (id: string, status?: number) =>
  exchange(
    "TransactWriteItems",
    { TransactItems: [{ Put: { TableName: "billing", Item: key(id) } }], ClientRequestToken: "token" },
    status,
  );

describe("the floor's requests", () => {
  it("are one read of all that a batch read, each key once, and its write", () => {
    const { read: asked, writes } = floorRequestsOf([read("a", "b"), read("b", "c"), write("a")]);
    const Keys = ["a", "b", "c"].map(key);
    expect(asked).toEqual({ RequestItems: { billing: { Keys, ConsistentRead: false } } });
    expect(writes).toEqual([{ TransactItems: [{ Put: { TableName: "billing", Item: key("a") } }] }]);
  });

  it("are none for a batch that asked nothing", () => {
    expect(floorRequestsOf([])).toEqual({ read: null, writes: [] });
  });

  it("leave out a write that was refused and made again", () => {
    expect(floorRequestsOf([read("a"), write("a", 400), write("a")]).writes).toHaveLength(1);
  });

  it("are of no other kind", () => {
    expect(() => floorRequestsOf([read("a"), exchange("Query", {})])).toThrow(
      "The floor makes no Query, and one was recorded.",
    );
  });
});
