// Event buses: what the API keeps, lists and refuses.
import { describe, expect, it } from "vitest";
import { givenEventBridge } from "./given.ts";

const EventPattern = JSON.stringify({ source: ["shop"] });
const ARN = "arn:aws:events:us-east-1:000000000000";
const PARTNER = "aws.partner/stripe.com/ed_1";

const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe("an event bus", () => {
  it("is created, described, listed and deleted", () => {
    const given = givenEventBridge();
    const EventBusArn = `${ARN}:event-bus/orders`;
    expect(given.ask("CreateEventBus", { Name: "orders", Description: "d" })).toEqual({
      EventBusArn,
      Description: "d",
    });
    expect(given.ask("DescribeEventBus", { Name: EventBusArn })).toMatchObject({
      Name: "orders",
      Arn: EventBusArn,
    });
    expect(given.ask("DescribeEventBus")).toMatchObject({ Name: "default" });
    expect(given.ask("ListEventBuses", { NamePrefix: "ord" })).toMatchObject({
      EventBuses: [{ Name: "orders" }],
    });
    given.ask("DeleteEventBus", { Name: "orders" });
    expect(() => given.ask("DescribeEventBus", { Name: "orders" })).toThrow(
      "Event bus orders does not exist.",
    );
  });

  it("of a partner has the name of its event source, slashes included", () => {
    const given = givenEventBridge();
    given.ask("CreateEventBus", { Name: PARTNER, EventSourceName: PARTNER });
    expect(given.ask("PutRule", { Name: "lane-00", EventPattern, EventBusName: PARTNER })).toEqual({
      RuleArn: `${ARN}:rule/${PARTNER}/lane-00`,
    });
  });

  it.each([
    [
      "CreateEventBus",
      { Name: "default" },
      "ResourceAlreadyExistsException",
      "Event bus default already exists.",
    ],
    ["CreateEventBus", { Name: "a/b" }, "ValidationException", "Event bus name must not contain '/'."],
    ["CreateEventBus", { Name: "a b" }, "ValidationException", "Member must satisfy regular expression"],
    [
      "CreateEventBus",
      { Name: "mine", EventSourceName: PARTNER },
      "ValidationException",
      "must have the name of its",
    ],
    [
      "CreateEventBus",
      {},
      "ValidationException",
      "Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    ["DeleteEventBus", { Name: "default" }, "ValidationException", "Cannot delete event bus default."],
    ["DeleteEventBus", { Name: "nope" }, "ResourceNotFoundException", "Event bus nope does not exist."],
    [
      "PutRule",
      { Name: "r", EventPattern, EventBusName: "nope" },
      "ResourceNotFoundException",
      "Event bus nope does not exist.",
    ],
  ])("refuses %s %j", (operation, input, code, message) => {
    expect(() => givenEventBridge().ask(operation, input)).toThrow(refusal(code, message));
  });

  it("with rules cannot be deleted", () => {
    const given = givenEventBridge();
    given.ask("CreateEventBus", { Name: "orders" });
    given.ask("PutRule", { Name: "r", EventPattern, EventBusName: "orders" });
    expect(() => given.ask("DeleteEventBus", { Name: "orders" })).toThrow(
      "can't be deleted since it has rules",
    );
  });
});

it("an operation that EventBridge does not have here is refused", () => {
  expect(() => givenEventBridge().ask("CreateEndpoint")).toThrow(
    refusal("UnknownOperationException", "CreateEndpoint"),
  );
});
