import { describe, expect, it } from "vitest";
import { CUSTOMER_ROW, customerUpdated } from "./fixtures/customer.ts";
import { bodiesOf, failuresFrom, givenContender } from "./fixtures/opened.ts";

const givenTwoWrites = () => givenContender(() => import("./two-writes.ts"));

describe("two-writes", () => {
  it("makes two requests an event, and writes a log line", async () => {
    const { handle, database, lines } = await givenTwoWrites();
    expect(await handle(bodiesOf(10))).toEqual({ batchItemFailures: [] });
    expect(database.metrics().requests).toEqual({ PutItem: 20 });
    expect(lines.map(({ lane, outcome }) => [lane, outcome])).toEqual(Array(10).fill(["lane-00", "applied"]));
  });

  it("keeps the object's main state beside the ledger", async () => {
    const { handle, rows } = await givenTwoWrites();
    await handle([customerUpdated("ada@example.com", 1)]);
    expect(await rows()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sk: { S: "event" }, type: { S: "customer.updated" } }),
        expect.objectContaining({ sk: { S: CUSTOMER_ROW }, email: { S: "ada@example.com" } }),
      ]),
    );
  });

  it("writes nothing for a batch that it has handled before", async () => {
    const { handle, database, rows, lines } = await givenTwoWrites();
    await handle(bodiesOf(10));
    const before = await rows();
    database.resetMetrics();
    expect(await handle(bodiesOf(10))).toEqual({ batchItemFailures: [] });
    expect(database.metrics().requests).toEqual({ PutItem: 10 });
    expect(lines.slice(10).map(({ outcome }) => outcome)).toEqual(Array(10).fill("duplicate"));
    expect(await rows()).toEqual(before);
  });

  it("refuses what is older than its row", async () => {
    const { handle, lines } = await givenTwoWrites();
    await handle([customerUpdated("new@example.com", 2), customerUpdated("old@example.com", 1)]);
    expect(lines.map(({ outcome }) => outcome)).toEqual(["applied", "superseded"]);
  });

  it("applies what is of the same second as its row", async () => {
    const { handle, lines } = await givenTwoWrites();
    await handle([customerUpdated("first@example.com", 1), customerUpdated("second@example.com", 1)]);
    expect(lines.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
  });

  it("fails a record that it cannot handle and what follows it, and says why", async () => {
    const { handle, lines } = await givenTwoWrites();
    const [first = "", second = ""] = bodiesOf(2);
    expect(await handle([first, "no JSON", second])).toEqual(failuresFrom(2, 3));
    expect(lines).toMatchObject([{ outcome: "applied" }, { outcome: "failed" }]);
    expect(lines[1]?.error).toMatch(/^SyntaxError: /);
  });

  it("takes its ledger row back when the other write fails, so that the event is applied when it comes again", async () => {
    const { handle, broken, lines } = await givenTwoWrites();
    const bodies = [customerUpdated("ada@example.com", 1)];
    broken.row = CUSTOMER_ROW;
    expect(await handle(bodies)).toEqual(failuresFrom(1, 1));
    broken.row = "";
    expect(await handle(bodies)).toEqual({ batchItemFailures: [] });
    expect(lines.map(({ outcome }) => outcome)).toEqual(["failed", "applied"]);
  });
});
