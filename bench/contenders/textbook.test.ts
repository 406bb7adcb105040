import { describe, expect, it } from "vitest";
import { CUSTOMER_ROW, customerUpdated } from "./fixtures/customer.ts";
import { bodiesOf, failuresFrom, givenContender } from "./fixtures/opened.ts";

const givenTextbook = () => givenContender(() => import("./textbook.ts"));

describe("textbook", () => {
  it("makes four requests an event, and writes a log line", async () => {
    const { handle, database, lines } = await givenTextbook();
    expect(await handle(bodiesOf(10))).toEqual({ batchItemFailures: [] });
    expect(database.metrics().requests).toEqual({ PutItem: 20, GetItem: 10, UpdateItem: 10 });
    expect(lines.map(({ message, outcome }) => [message, outcome])).toEqual(
      Array(10).fill(["handled", "applied"]),
    );
  });

  it("keeps the object's main state", async () => {
    const { handle, rows } = await givenTextbook();
    await handle([customerUpdated("ada@example.com", 1)]);
    expect(await rows()).toMatchObject([{ sk: { S: CUSTOMER_ROW }, email: { S: "ada@example.com" } }]);
  });

  it("writes nothing for a batch that it has handled before", async () => {
    const { handle, database, rows } = await givenTextbook();
    await handle(bodiesOf(10));
    const before = await rows();
    database.resetMetrics();
    expect(await handle(bodiesOf(10))).toEqual({ batchItemFailures: [] });
    expect(database.metrics().requests).toEqual({ PutItem: 10 });
    expect(await rows()).toEqual(before);
  });

  it("refuses what is older than its row", async () => {
    const { handle, rows, lines } = await givenTextbook();
    await handle([customerUpdated("new@example.com", 2), customerUpdated("old@example.com", 1)]);
    expect(await rows()).toMatchObject([{ email: { S: "new@example.com" } }]);
    expect(lines.map(({ outcome }) => outcome)).toEqual(["applied", "superseded"]);
  });

  it("applies what is of the same second as its row", async () => {
    const { handle, rows } = await givenTextbook();
    await handle([customerUpdated("first@example.com", 1), customerUpdated("second@example.com", 1)]);
    expect(await rows()).toMatchObject([{ email: { S: "second@example.com" } }]);
  });

  it("fails a record that it cannot handle and what follows in its message group, and says why", async () => {
    const { handle, lines } = await givenTextbook();
    const [first = "", second = ""] = bodiesOf(2);
    expect(await handle([first, "no JSON", second])).toEqual(failuresFrom(2, 3));
    expect(lines).toMatchObject([
      { message: "handled" },
      { message: "failed", error: { name: "SyntaxError" } },
    ]);
  });

  it("applies what failed when it comes again", async () => {
    const { handle, broken, rows } = await givenTextbook();
    const bodies = [customerUpdated("ada@example.com", 1)];
    broken.row = CUSTOMER_ROW;
    expect(await handle(bodies)).toEqual(failuresFrom(1, 1));
    broken.row = "";
    expect(await handle(bodies)).toEqual({ batchItemFailures: [] });
    expect(await rows()).toMatchObject([{ email: { S: "ada@example.com" } }]);
  });

  it("handles batches of several lanes at once, and one's failure is its own", async () => {
    const { handle } = await givenTextbook();
    const answers = await Promise.all([handle(bodiesOf(10)), handle(["no JSON"])]);
    expect(answers).toEqual([{ batchItemFailures: [] }, failuresFrom(1, 1)]);
  });

  it("opens again on the tables that it has made", async () => {
    const { database, handle } = await givenTextbook();
    await handle(bodiesOf(10));
    const { open } = await import("./textbook.ts");
    const again = await open({ dynamodb: database.url, table: "billing" });
    await expect(again.close()).resolves.toBeUndefined();
  });
});
