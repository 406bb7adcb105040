import { describe, expect, it } from "vitest";
import { depth, mostReceives, nextVisibleAt } from "./questions.ts";
import { fifoQueue, only, pass, scenario } from "./scenario.ts";

function given() {
  const world = scenario();
  const lanes = fifoQueue(world, "lanes.fifo", { VisibilityTimeout: "30" });
  const next = () => nextVisibleAt(world.state, lanes.url, world.now);
  return { world, lanes, next };
}

describe("the next time that something may be received", () => {
  it("is now while a group is ready", () => {
    const { world, lanes, next } = given();
    lanes.send("1", "a");
    expect(next()).toBe(world.now);
  });

  it("is when the visibility timeout of what is in flight runs out", () => {
    const { world, lanes, next } = given();
    lanes.send("1", "a");
    lanes.receive();
    const back = world.now + 30_000;
    expect(next()).toBe(back);
    pass(world, 30);
    expect(next()).toBe(back);
  });

  it("is never for an empty queue, and for one that does not exist", () => {
    const { world, next } = given();
    expect(next()).toBeUndefined();
    expect(nextVisibleAt(world.state, "no", world.now)).toBeUndefined();
  });
});

describe("the depth", () => {
  it("follows time alone", () => {
    const { world, lanes } = given();
    lanes.send("1", "a");
    lanes.receive();
    expect(depth(world.state, lanes.url, world.now)).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    pass(world, 30);
    expect(depth(world.state, lanes.url, world.now)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });
});

describe("the highest receive count in flight", () => {
  it("is that of the message received most often, and of none that waits", () => {
    const { world, lanes } = given();
    const most = () => mostReceives(world.state, lanes.url, world.now);
    lanes.send("1", "a");
    expect(most()).toBe(0);
    lanes.receive();
    pass(world, 30);
    expect(most()).toBe(0);
    lanes.send("2", "b");
    lanes.receive();
    expect(most()).toBe(2);
  });
});

describe("effects", () => {
  it("tell when a queue has something to receive", () => {
    const { world, lanes } = given();
    const available = (seconds: number) => [
      { kind: "messages-available", queue: lanes.url, at: world.now + 1000 * seconds },
    ];
    lanes.send("1", "a");
    expect(world.effects).toEqual(available(0));
    const message = only(lanes.receive());
    expect(world.effects).toEqual(available(30));
    lanes.hide(message, 5);
    expect(world.effects).toEqual(available(5));
    lanes.send("2", "a");
    lanes.remove(message);
    expect(world.effects).toEqual(available(0));
  });

  it("are none for a send that was swallowed and a deletion that unblocks nothing", () => {
    const { world, lanes } = given();
    lanes.send("1", "a");
    lanes.send("1", "a");
    expect(world.effects).toEqual([]);
    lanes.remove(only(lanes.receive()));
    expect(world.effects).toEqual([]);
  });

  it("tell of a queue's deletion", () => {
    const { world, lanes } = given();
    lanes.on("DeleteQueue");
    expect(world.effects).toEqual([{ kind: "queue-deleted", queue: lanes.url }]);
  });
});
