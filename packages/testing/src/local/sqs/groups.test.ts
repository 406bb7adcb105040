import { describe, expect, it } from "vitest";
import { fifoQueue, pass, queue, scenario, type TestQueue } from "./scenario.ts";

function given(attributes: Record<string, string> = {}) {
  const world = scenario();
  return { world, lanes: fifoQueue(world, "lanes.fifo", attributes) };
}

function sendAll(to: TestQueue, group: string, bodies: string[]): void {
  for (const body of bodies) to.send(body, group);
}

/** Receives a whole group and puts each message back after its own number of seconds. */
function receiveWithTimeouts(lanes: TestQueue, seconds: number[]): void {
  const messages = lanes.receive();
  for (const [index, message] of messages.entries()) lanes.hide(message, seconds[index] ?? 0);
}

describe("a message group", () => {
  it("is delivered in the order of sending", () => {
    const { lanes } = given();
    sendAll(lanes, "a", ["1", "2", "3"]);
    expect(lanes.bodies()).toEqual(["1", "2", "3"]);
  });

  it("delivers nothing behind a message in flight", () => {
    const { lanes } = given();
    sendAll(lanes, "a", ["1", "2"]);
    expect(lanes.bodies(1)).toEqual(["1"]);
    expect(lanes.bodies()).toEqual([]);
  });

  it("goes on once the message in flight is deleted", () => {
    const { lanes } = given();
    sendAll(lanes, "a", ["1", "2"]);
    for (const message of lanes.receive(1)) lanes.remove(message);
    expect(lanes.bodies()).toEqual(["2"]);
  });

  it("starts again with the message whose visibility timeout ran out", () => {
    const { world, lanes } = given({ VisibilityTimeout: "30" });
    sendAll(lanes, "a", ["1", "2"]);
    lanes.receive(1);
    pass(world, 29.999);
    expect(lanes.bodies()).toEqual([]);
    pass(world, 0.001);
    expect(lanes.bodies()).toEqual(["1", "2"]);
  });

  it.each([
    { hidden: "first", timeouts: [60, 1, 1], delivered: [] },
    { hidden: "second", timeouts: [1, 60, 1], delivered: ["1"] },
    { hidden: "third", timeouts: [1, 1, 60], delivered: ["1", "2"] },
  ])("delivers its visible prefix when the $hidden of three is hidden", ({ timeouts, delivered }) => {
    const { world, lanes } = given();
    sendAll(lanes, "a", ["1", "2", "3"]);
    receiveWithTimeouts(lanes, timeouts);
    pass(world, 1);
    expect(lanes.bodies()).toEqual(delivered);
  });

  it("delivers a message again at once when its visibility timeout is 0", () => {
    const { lanes } = given();
    sendAll(lanes, "a", ["1", "2"]);
    expect(lanes.bodies(10, { VisibilityTimeout: 0 })).toEqual(["1", "2"]);
    expect(lanes.bodies(10, { VisibilityTimeout: 0 })).toEqual(["1", "2"]);
  });
});

describe("several message groups", () => {
  it("fill a receive one after the other, each as far as it goes", () => {
    const { lanes } = given();
    sendAll(lanes, "a", ["a1", "a2"]);
    sendAll(lanes, "b", ["b1", "b2"]);
    expect(lanes.bodies(3)).toEqual(["a1", "a2", "b1"]);
  });

  it("do not block each other", () => {
    const { lanes } = given();
    sendAll(lanes, "a", ["a1", "a2"]);
    lanes.receive(1);
    lanes.send("b1", "b");
    expect(lanes.bodies()).toEqual(["b1"]);
  });

  it("take turns: a group that was served waits behind those that were not", () => {
    const { world, lanes } = given({ VisibilityTimeout: "1" });
    sendAll(lanes, "a", ["a1", "a2"]);
    lanes.send("b1", "b");
    expect(lanes.bodies(2)).toEqual(["a1", "a2"]);
    pass(world, 1);
    expect(lanes.bodies()).toEqual(["b1", "a1", "a2"]);
  });

  it("take turns also when what they deliver stays visible", () => {
    const { lanes } = given();
    lanes.send("a1", "a");
    lanes.send("b1", "b");
    const oneByOne = [1, 2, 3].flatMap(() => lanes.bodies(1, { VisibilityTimeout: 0 }));
    expect(oneByOne).toEqual(["a1", "b1", "a1"]);
  });
});

describe("a standard queue", () => {
  it("lets later messages overtake one in flight, whatever their groups", () => {
    const world = scenario();
    const events = queue(world);
    sendAll(events, "a", ["1", "2"]);
    expect(events.bodies(1)).toEqual(["1"]);
    expect(events.bodies()).toEqual(["2"]);
  });
});

describe("delay", () => {
  it("keeps a standard queue's message back for its own seconds", () => {
    const world = scenario();
    const events = queue(world, "events", { DelaySeconds: "5" });
    events.send("by the queue");
    events.send("by itself", undefined, { DelaySeconds: 2 });
    events.send("at once", undefined, { DelaySeconds: 0 });
    expect(events.bodies()).toEqual(["at once"]);
    pass(world, 2);
    expect(events.bodies()).toEqual(["by itself"]);
    pass(world, 3);
    expect(events.bodies()).toEqual(["by the queue"]);
  });

  it("is the queue's on a FIFO queue, even when a message asks for none", () => {
    const { world, lanes } = given({ DelaySeconds: "5" });
    lanes.send("1", "a", { DelaySeconds: 0 });
    expect(lanes.bodies()).toEqual([]);
    pass(world, 5);
    expect(lanes.bodies()).toEqual(["1"]);
  });

  it("of a FIFO queue holds for waiting messages too when it changes", () => {
    const { world, lanes } = given({ DelaySeconds: "60" });
    lanes.send("1", "a");
    pass(world, 4);
    lanes.on("SetQueueAttributes", { Attributes: { DelaySeconds: "5" } });
    pass(world, 1);
    expect(lanes.bodies()).toEqual(["1"]);
  });
});

describe("retention", () => {
  it("drops what is older than the queue keeps, in flight or not", () => {
    const { world, lanes } = given({ MessageRetentionPeriod: "60" });
    sendAll(lanes, "a", ["1", "2"]);
    lanes.receive(1, { VisibilityTimeout: 600 });
    pass(world, 30);
    lanes.send("3", "a");
    pass(world, 30);
    expect(lanes.bodies()).toEqual(["3"]);
  });
});
