import { describe, expect, it } from "vitest";
import { readOptions as readDlqOptions } from "./dlq/options.ts";
import { endpointsAt } from "./dlq/where.ts";
import { readOptions } from "./options.ts";
import { DEFAULT_PORT, LAST_PORT, portsFrom } from "./ports.ts";

describe("the ports of a run", () => {
  it("are ours, then EventBridge's, SQS's and DynamoDB's", () => {
    expect(portsFrom(5000)).toEqual({ own: 5000, events: 5001, sqs: 5002, dynamodb: 5003 });
    expect(portsFrom(LAST_PORT).dynamodb).toBe(65_535);
  });

  it("start at 4100 where the run stays up", () => {
    expect(readOptions([]).port).toBe(4100);
    expect(readOptions(["--events", "x"]).port).toBe(4100);
  });

  it("are free ones with --exit, and where they are asked for", () => {
    expect(readOptions(["--exit"]).port).toBe(0);
    expect(portsFrom(readOptions(["--port", "0"]).port)).toEqual({ own: 0, events: 0, sqs: 0, dynamodb: 0 });
  });

  it("all move with --port, also with --exit", () => {
    expect(readOptions(["--port", "5000"]).port).toBe(5000);
    expect(readOptions(["--port", "5000", "--exit"]).port).toBe(5000);
  });

  it("have the queues at 4102 and the ledger at 4103, where npm run dlq looks when nothing else is said", () => {
    expect(endpointsAt(DEFAULT_PORT)).toEqual({
      sqs: "http://127.0.0.1:4102",
      dynamodb: "http://127.0.0.1:4103",
    });
  });

  it("are where npm run dlq looks with the same --port", () => {
    const { sqs, dynamodb } = portsFrom(readOptions(["--port", "5000"]).port);
    expect(readDlqOptions(["list", "--port", "5000"]).where.endpoints).toEqual({
      sqs: `http://127.0.0.1:${sqs}`,
      dynamodb: `http://127.0.0.1:${dynamodb}`,
    });
  });
});
