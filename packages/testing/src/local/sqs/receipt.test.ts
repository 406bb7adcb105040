import { describe, expect, it } from "vitest";
import { fifoQueue, only, pass, queue, refusal, scenario } from "./scenario.ts";

const EXPIRED = /^InvalidParameterValue: .*The receipt handle has expired\.$/;

function given() {
  const world = scenario();
  const lanes = fifoQueue(world, "lanes.fifo", { VisibilityTimeout: "30" });
  lanes.send("1", "a");
  const events = queue(world, "events", { VisibilityTimeout: "30" });
  events.send("1");
  return { world, lanes, events };
}

describe("deleting", () => {
  it("is idempotent", () => {
    const { lanes } = given();
    const message = only(lanes.receive());
    lanes.remove(message);
    lanes.remove(message);
    expect(lanes.bodies()).toEqual([]);
  });

  it("with a FIFO handle whose visibility timeout ran out is refused", () => {
    const { world, lanes } = given();
    const message = only(lanes.receive());
    pass(world, 30);
    expect(refusal(() => lanes.remove(message))).toMatch(EXPIRED);
    expect(lanes.bodies()).toEqual(["1"]);
  });

  it("with the FIFO handle of an earlier receive is refused", () => {
    const { world, lanes } = given();
    const message = only(lanes.receive());
    pass(world, 30);
    lanes.receive();
    expect(refusal(() => lanes.remove(message))).toMatch(EXPIRED);
  });

  it("works on a standard queue after the visibility timeout, until another receive", () => {
    const { world, events } = given();
    const late = only(events.receive());
    pass(world, 30);
    events.remove(late);
    expect(events.bodies()).toEqual([]);
  });

  it("with a standard queue's earlier handle succeeds and deletes nothing", () => {
    const { world, events } = given();
    const earlier = only(events.receive());
    pass(world, 30);
    const later = only(events.receive());
    events.remove(earlier);
    events.hide(later, 0);
    expect(events.bodies()).toEqual(["1"]);
  });

  it("with what is no handle of this queue is refused", () => {
    const { lanes, events } = given();
    expect(refusal(() => lanes.on("DeleteMessage", { ReceiptHandle: "?" }))).toMatch(
      "ReceiptHandleIsInvalid",
    );
    expect(refusal(() => events.remove(only(lanes.receive())))).toMatch("ReceiptHandleIsInvalid");
  });

  it("in a batch tells which entries failed", () => {
    const { lanes } = given();
    const { ReceiptHandle } = only(lanes.receive());
    const Entries = [
      { Id: "good", ReceiptHandle },
      { Id: "bad", ReceiptHandle: "?" },
    ];
    expect(lanes.on("DeleteMessageBatch", { Entries })).toMatchObject({
      Successful: [{ Id: "good" }],
      Failed: [{ Id: "bad", Code: "ReceiptHandleIsInvalid", SenderFault: true }],
    });
  });
});

describe("changing the visibility timeout", () => {
  it("counts from now, not from the receive", () => {
    const { world, lanes } = given();
    const message = only(lanes.receive());
    pass(world, 20);
    lanes.hide(message, 20);
    pass(world, 19.999);
    expect(lanes.bodies()).toEqual([]);
    pass(world, 0.001);
    expect(lanes.bodies()).toEqual(["1"]);
  });

  it("keeps the handle good while it is extended", () => {
    const { world, lanes } = given();
    const message = only(lanes.receive());
    lanes.hide(message, 60);
    pass(world, 45);
    lanes.remove(message);
    expect(lanes.bodies()).toEqual([]);
  });

  it("to 0 gives the message back at once", () => {
    const { lanes } = given();
    lanes.hide(only(lanes.receive()), 0);
    expect(lanes.bodies()).toEqual(["1"]);
  });

  it("is refused by a FIFO queue once the timeout ran out, and has no effect on a standard one", () => {
    const { world, lanes, events } = given();
    const [fifo, standard] = [only(lanes.receive()), only(events.receive())];
    pass(world, 30);
    expect(refusal(() => lanes.hide(fifo, 60))).toMatch(EXPIRED);
    events.hide(standard, 60);
    expect(events.bodies()).toEqual(["1"]);
  });

  it("of a message that was deleted, or received again from a standard queue, is refused", () => {
    const { world, lanes, events } = given();
    const [deleted, receivedAgain] = [only(lanes.receive()), only(events.receive())];
    lanes.remove(deleted);
    pass(world, 30);
    events.receive();
    for (const change of [() => lanes.hide(deleted, 5), () => events.hide(receivedAgain, 5)]) {
      expect(refusal(change)).toMatch("not available for visibility timeout change");
    }
  });

  it("cannot keep a message longer than 12 hours after its receive", () => {
    const { world, lanes } = given();
    const message = only(lanes.receive());
    pass(world, 20);
    lanes.hide(message, 43_180);
    expect(refusal(() => lanes.hide(message, 43_181))).toMatch("beyond the limit [43200 seconds]");
  });

  it("in a batch tells which entries failed", () => {
    const { lanes } = given();
    const { ReceiptHandle } = only(lanes.receive());
    const Entries = [
      { Id: "good", ReceiptHandle, VisibilityTimeout: 0 },
      { Id: "long", ReceiptHandle, VisibilityTimeout: 43_201 },
      { Id: "none", ReceiptHandle },
    ];
    expect(lanes.on("ChangeMessageVisibilityBatch", { Entries })).toMatchObject({
      Successful: [{ Id: "good" }],
      Failed: [
        { Id: "long", Code: "InvalidParameterValue" },
        { Id: "none", Code: "MissingParameter" },
      ],
    });
  });
});
