import { Logger } from "@aws-lambda-powertools/logger";
import type { Result } from "@stripe-lanes/core/batch";
import type { Doubt } from "@stripe-lanes/core/doubt";
import { Defect, Malformed, Unavailable } from "@stripe-lanes/core/errors";
import { parseEvent } from "@stripe-lanes/core/event";
import { messageOf } from "@stripe-lanes/core/message";
import { snapshotEvent } from "@stripe-lanes/testing/events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sqsRecord } from "./fixtures/record.ts";
import { logResult } from "./records.ts";

describe("a record", () => {
  it("of a lane is a message of its group, tried as often as it was received", () => {
    expect(messageOf(sqsRecord({ body: '{"id":"evt_1"}', group: "lane-07", receives: 2 }))).toEqual({
      id: "msg_1",
      origin: "msg_1",
      body: '{"id":"evt_1"}',
      group: "lane-07",
      lane: "lane-07",
      receives: 2,
      attempts: 0,
    });
  });

  it("of an aggregate that is retried still tells its lane, its id and the tries it had there (D9)", () => {
    const moved = { lane: "lane-07", attempt: "3", origin: "msg_0" };
    expect(messageOf(sqsRecord({ group: "retry-main#cus_1" }, moved))).toMatchObject({
      id: "msg_1",
      origin: "msg_0",
      group: "retry-main#cus_1",
      lane: "lane-07",
      attempts: 3,
    });
  });

  it("that was redriven from the dead-letter queue still tells its lane", () => {
    const parked = { lane: "lane-07", reason: "defect", error: "TypeError", receiveCount: "1" };
    expect(messageOf(sqsRecord({ group: "lane-07" }, parked))).toMatchObject({
      lane: "lane-07",
      attempts: 0,
    });
  });
});

const EMAIL = "ada@example.com";
const object = { object: "customer", id: "cus_1", email: EMAIL };
const body = JSON.stringify(snapshotEvent({ id: "evt_1", type: "customer.created", object }));
const event = parseEvent(body);
const message = messageOf(sqsRecord({ body }));

type Level = "info" | "warn" | "error";

/** What Powertools writes, in one line, and what else goes to console.error. */
function logged(result: Result) {
  vi.stubEnv("POWERTOOLS_DEV", "true");
  onTestFinished(() => void vi.unstubAllEnvs());
  const written: { level: Level; what: unknown }[] = [];
  for (const level of ["info", "warn", "error"] as const) {
    const spy = vi.spyOn(console, level).mockImplementation((what) => void written.push({ level, what }));
    onTestFinished(() => spy.mockRestore());
  }
  logResult(new Logger({ serviceName: "stripe-lanes" }), result);
  const [line, ...rest] = written;
  return { level: line?.level, text: String(line?.what), line: JSON.parse(String(line?.what)), rest };
}

describe("a log line", () => {
  it("tells ids, outcome and reason", () => {
    const { level, line, rest } = logged({
      message,
      event,
      kind: "settled",
      outcome: "applied",
      reason: "first",
    });
    expect(level).toBe("info");
    expect(line).toMatchObject({
      message: "applied",
      eventId: "evt_1",
      eventType: "customer.created",
      messageId: "msg_1",
      lane: "lane-00",
      receives: 1,
      outcome: "applied",
      reason: "first",
    });
    expect(rest).toEqual([]);
  });

  it("tells what an event was applied without, and why", () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const error = new Unavailable("Stripe does not answer as it should.", { cause });
    const doubt: Doubt = { because: "unavailable", lists: ["lines"], error };
    const settled = { message, event, kind: "settled", outcome: "applied", reason: "first" } as const;
    expect(logged({ ...settled, doubt }).line).toMatchObject({
      outcome: "applied",
      doubt: "unavailable",
      incomplete: ["lines"],
      cause: "ECONNREFUSED",
    });
    const plain = logged({ ...settled, doubt: { because: "no-stripe-key", lists: [] }, ahead: 90_000 }).line;
    expect(plain).toMatchObject({ doubt: "no-stripe-key", ahead: 90_000 });
    expect(plain).not.toHaveProperty("incomplete");
    expect(plain).not.toHaveProperty("cause");
  });

  it("of a retry tells what is to be waited for, and what was at the bottom of it", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const cause = new Unavailable("SQS does not answer as it should.", { cause: refused });
    const error = new Unavailable("The message could not be parked.", { cause });
    const { level, line } = logged({ message, kind: "retry", error });
    expect(level).toBe("warn");
    expect(line).toMatchObject({
      outcome: "retried",
      reason: "The message could not be parked.",
      cause: "ECONNREFUSED",
    });
    expect(line).not.toHaveProperty("eventId");
  });

  it("of a message that could not be parked tells why it was to be", () => {
    const error = new Unavailable("The message could not be parked.", { cause: new Error("No answer.") });
    const refusal = Defect.of(new TypeError("x is not a function"));
    expect(logged({ message, event, kind: "retry", error, refusal }).line).toMatchObject({
      outcome: "retried",
      parking: "defect",
      error: "TypeError: x is not a function",
    });
  });

  it("of a parked message tells its error and what was at the bottom of it", () => {
    const cause = new Error("Outer.", { cause: Object.assign(new Error("Inner."), { code: "E_INNER" }) });
    const error = new Defect("DynamoDB refuses the request.", { cause });
    const parkedSo = { message, event, kind: "settled", outcome: "parked", reason: "defect", error } as const;
    expect(logged(parkedSo).line).toMatchObject({
      error: "DynamoDB refuses the request.",
      cause: "E_INNER",
    });
  });

  it("of a message that was moved tells where it went", () => {
    const error = new Unavailable("Throttled.", { cause: new RangeError("Too many.") });
    const { level, line } = logged({ message, event, kind: "moved", group: "retry-main#cus_1", error });
    expect(level).toBe("warn");
    expect(line).toMatchObject({ outcome: "retried", group: "retry-main#cus_1", cause: "RangeError" });
  });

  it.each([
    ["malformed", new Malformed("wrong-mode", "The event is of live mode, and this stage is test.")],
    ["a defect", Defect.of(new TypeError("x is not a function"))],
  ])("of a parked message that is %s is an error, and console.error gets it too", (_, error) => {
    const { reason } = error;
    const { level, line, rest } = logged({
      message,
      event,
      kind: "settled",
      outcome: "parked",
      reason,
      error,
    });
    expect(level).toBe("error");
    expect(line).toMatchObject({ eventId: "evt_1", outcome: "parked", reason });
    expect(rest).toEqual([{ level: "error", what: error }]);
  });

  it.each<Result>([
    { message, event, kind: "settled", outcome: "superseded", reason: "earlier-second" },
    { message, event, kind: "retry", error: new Unavailable("Throttled.") },
    { message, event, kind: "moved", group: "retry-a", error: new Unavailable("Throttled.") },
    {
      message,
      event,
      kind: "settled",
      outcome: "parked",
      reason: "crash",
      error: new Malformed("crash", "!"),
    },
  ])("holds no payload: %o (D19)", (result) => {
    const { text } = logged(result);
    expect(text).toContain("evt_1");
    expect(text).not.toContain(EMAIL);
    expect(text).not.toContain("handle-of");
  });
});
