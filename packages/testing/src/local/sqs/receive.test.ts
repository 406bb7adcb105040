import { describe, expect, it } from "vitest";
import { receiveNow } from "./machine.ts";
import { fifoQueue, only, pass, queue, refusal, scenario } from "./scenario.ts";

function given() {
  const world = scenario();
  const lanes = fifoQueue(world, "lanes.fifo", { VisibilityTimeout: "30" });
  lanes.send("1", "a");
  lanes.send("2", "a");
  return { world, lanes };
}

describe("a receive", () => {
  it("that finds nothing has no Messages", () => {
    const events = queue(scenario());
    expect(events.on("ReceiveMessage")).toEqual({});
  });

  it("gets one message unless it asks for more", () => {
    const { lanes } = given();
    expect(lanes.on("ReceiveMessage").Messages).toHaveLength(1);
  });

  it("counts the receives of a message and keeps the time of the first", () => {
    const { world, lanes } = given();
    const first = world.now;
    lanes.receive(1);
    pass(world, 30);
    expect(only(lanes.receive(1)).Attributes).toMatchObject({
      ApproximateReceiveCount: "2",
      ApproximateFirstReceiveTimestamp: String(first),
    });
  });

  it("answers at once, whatever it would wait", () => {
    const { world, lanes } = given();
    const { messages } = receiveNow(world.state, { QueueUrl: lanes.url, WaitTimeSeconds: 20 }, world.now);
    expect(messages.map(({ Body }) => Body)).toEqual(["1"]);
  });

  it.each([
    { MaxNumberOfMessages: 11 },
    { MaxNumberOfMessages: 0 },
    { WaitTimeSeconds: 21 },
    { VisibilityTimeout: -1 },
  ])("is refused with %o", (input) => {
    const { lanes } = given();
    expect(refusal(() => lanes.on("ReceiveMessage", input))).toMatch("InvalidParameterValue");
  });

  it("is refused for a system attribute that does not exist", () => {
    const { lanes } = given();
    expect(refusal(() => lanes.receive(1, { AttributeNames: ["Colour"] }))).toBe(
      "InvalidAttributeName: Unknown Attribute Colour.",
    );
  });
});

describe("a receive that is tried again with its attempt id", () => {
  const attempt = { ReceiveRequestAttemptId: "attempt" };

  it("gets the same messages with the same handles, hidden anew", () => {
    const { world, lanes } = given();
    const first = lanes.receive(1, attempt);
    pass(world, 20);
    expect(lanes.receive(1, attempt)).toEqual(first);
    pass(world, 20);
    lanes.remove(only(first));
    expect(lanes.bodies()).toEqual(["2"]);
  });

  it("gets what is there now once a message was deleted", () => {
    const { lanes } = given();
    lanes.remove(only(lanes.receive(1, attempt)));
    expect(lanes.bodies(1, attempt)).toEqual(["2"]);
  });

  it("gets what is there now once a visibility timeout was changed", () => {
    const { lanes } = given();
    lanes.hide(only(lanes.receive(1, attempt)), 60);
    expect(lanes.bodies(1, attempt)).toEqual([]);
  });

  it("gets nothing of what another received meanwhile", () => {
    const { lanes } = given();
    lanes.hide(only(lanes.receive(1, attempt)), 0);
    lanes.receive(1);
    expect(lanes.bodies(1, attempt)).toEqual([]);
  });

  it("is a receive like any other once the messages came back", () => {
    const { world, lanes } = given();
    lanes.receive(1, attempt);
    pass(world, 30);
    expect(only(lanes.receive(1, attempt)).Attributes?.ApproximateReceiveCount).toBe("2");
  });
});
