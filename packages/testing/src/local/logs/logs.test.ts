import { describe, expect, it } from "vitest";
import { logs } from "./machine.ts";
import { createLogsState, type LogsInput } from "./state.ts";

const NOW = Date.parse("2026-11-28T10:00:00Z");
const HOUR = 3_600_000;
const ANY = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: "*", Action: "logs:*", Resource: "*" }],
});

function given() {
  const state = createLogsState();
  const ask = (operation: string, input: LogsInput = {}) => logs(state, { operation, input }, NOW);
  const refusal = (operation: string, input: LogsInput = {}) => {
    try {
      return ask(operation, input);
    } catch (error) {
      return String(error);
    }
  };
  return { ask, refusal };
}

const stream = { logGroupName: "a", logStreamName: "s" };

describe("a log group", () => {
  it("is created once, described and deleted", () => {
    const { ask, refusal } = given();
    ask("CreateLogGroup", { logGroupName: "/aws/events/a" });
    expect(refusal("CreateLogGroup", { logGroupName: "/aws/events/a" })).toMatch(
      "ResourceAlreadyExistsException",
    );
    expect(refusal("CreateLogGroup", { logGroupName: "a b" })).toMatch("InvalidParameterException");
    expect(ask("DescribeLogGroups", { logGroupNamePrefix: "/aws" })).toMatchObject({
      logGroups: [{ arn: "arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/a:*", storedBytes: 0 }],
    });
    ask("DeleteLogGroup", { logGroupName: "/aws/events/a" });
    expect(ask("DescribeLogGroups")).toEqual({ logGroups: [] });
    expect(refusal("DeleteLogGroup", { logGroupName: "/aws/events/a" })).toMatch("ResourceNotFoundException");
  });

  it("keeps lines stream by stream, and gives them in the order of their time", () => {
    const { ask, refusal } = given();
    ask("CreateLogGroup", { logGroupName: "a" });
    expect(refusal("PutLogEvents", { ...stream, logEvents: [{ timestamp: NOW, message: "m" }] })).toMatch(
      "log stream does not exist",
    );
    ask("CreateLogStream", stream);
    expect(refusal("CreateLogStream", stream)).toMatch("ResourceAlreadyExistsException");
    const logEvents = [
      { timestamp: NOW, message: "second line" },
      { timestamp: NOW - 1, message: "first line" },
    ];
    expect(ask("PutLogEvents", { ...stream, logEvents })).toEqual({});
    const { events } = ask("FilterLogEvents", { logGroupName: "a" }) as { events: { message: string }[] };
    expect(events.map(({ message }) => message)).toEqual(["first line", "second line"]);
    expect(ask("FilterLogEvents", { logGroupName: "a", filterPattern: '"first"' }).events).toHaveLength(1);
  });

  it("drops lines older than 14 days or 2 hours ahead, and the request succeeds (PutLogEvents)", () => {
    const { ask } = given();
    ask("CreateLogGroup", { logGroupName: "a" });
    ask("CreateLogStream", stream);
    const times = [NOW - 337 * HOUR, NOW - 336 * HOUR, NOW + 2 * HOUR, NOW + 2 * HOUR + 1];
    const logEvents = times.map((timestamp) => ({ timestamp, message: String(timestamp) }));
    expect(ask("PutLogEvents", { ...stream, logEvents })).toEqual({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 3 },
    });
    expect(ask("FilterLogEvents", { logGroupName: "a" }).events).toHaveLength(2);
  });

  it.each([[undefined], [[]], [[{ message: "no time" }]], [[{ timestamp: NOW, message: "" }]]])(
    "refuses %j as lines",
    (logEvents) => {
      const { ask, refusal } = given();
      ask("CreateLogGroup", { logGroupName: "a" });
      ask("CreateLogStream", stream);
      expect(refusal("PutLogEvents", { ...stream, logEvents })).toMatch("InvalidParameterException");
    },
  );
});

describe("resource policies", () => {
  const put = (policyName: string) => ({ policyName, policyDocument: ANY });

  it("are ten in a region at most (CloudWatch Logs quotas)", () => {
    const { ask, refusal } = given();
    for (let n = 0; n < 10; n++) ask("PutResourcePolicy", put(`p${n}`));
    expect(refusal("PutResourcePolicy", put("p10"))).toBe("LimitExceededException: Resource limit exceeded.");
    ask("PutResourcePolicy", put("p9"));
    ask("DeleteResourcePolicy", { policyName: "p0" });
    ask("PutResourcePolicy", put("p10"));
    expect(ask("DescribeResourcePolicies").resourcePolicies).toHaveLength(10);
  });

  it("are refused when they are malformed, too long or not there", () => {
    const { refusal } = given();
    expect(refusal("PutResourcePolicy", { policyName: "p", policyDocument: "{" })).toMatch("not JSON");
    const policyDocument = ANY.replace('"*"', JSON.stringify("x".repeat(5_120)));
    expect(refusal("PutResourcePolicy", { policyName: "p", policyDocument })).toMatch(
      "at most 5120 characters",
    );
    expect(refusal("DeleteResourcePolicy", { policyName: "p" })).toMatch("ResourceNotFoundException");
    expect(refusal("MakeCoffee")).toMatch("UnknownOperationException");
  });
});
