// Replays: what is sent again, to whom, in which order.
import { describe, expect, it } from "vitest";
import { START } from "./given.ts";
import { ANY, ARN, BUS, givenArchive, REPLAY } from "./given-archive.ts";
import { isIdle } from "./state.ts";

describe("a replay", () => {
  it("sends an archive's events to their bus once more, marked with its name", () => {
    const given = givenArchive();
    const [original] = given.sent([1]);
    expect(given.replay("r")).toEqual({
      ReplayArn: `${ARN}:replay/r`,
      State: "STARTING",
      ReplayStartTime: START / 1000,
    });
    expect(isIdle(given.state)).toBe(false);
    expect(given.wake()).toBe(0);
    const [again] = given.bodies();
    expect(again).toEqual({ ...original, "replay-name": "r" });
    expect(Object.keys(again ?? {})).toEqual([
      ...[
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "replay-name",
        "resources",
        "detail",
      ],
    ]);
    expect(given.described("r")).toEqual({
      ReplayName: "r",
      ...REPLAY,
      ReplayArn: `${ARN}:replay/r`,
      State: "COMPLETED",
      ReplayStartTime: START / 1000,
      EventLastReplayedTime: START / 1000,
      ReplayEndTime: START / 1000,
    });
  });

  it("is not archived again", () => {
    const given = givenArchive();
    given.sent([1, 2]);
    given.replay("r");
    given.wake();
    expect(given.count()).toBe(2);
  });

  it("counts what it sends", () => {
    const given = givenArchive();
    given.sent([1, 2]);
    given.replay("r");
    given.wake();
    expect(given.state.metrics).toMatchObject({ putEventsEntries: 2, replayedEvents: 2 });
  });

  it("takes the events from the start time on and before the end time", () => {
    const given = givenArchive();
    for (const n of [1, 2, 3]) given.sent([n], n * 60);
    given.replay("r", { EventStartTime: 60, EventEndTime: 180 });
    given.wake();
    expect(given.numbers()).toEqual([1, 2]);
  });

  it("can be for some rules only", () => {
    const given = givenArchive();
    given.sent([1]);
    given.rule("some", ANY, { Input: '"some"' });
    given.replay("r", { Destination: { Arn: BUS, FilterArns: [`${ARN}:rule/some`] } });
    given.wake();
    expect(given.taken().map(({ body }) => body)).toEqual(['"some"']);
  });

  it("mixes the events of a minute, the same way each time for its name, but keeps minutes in order", () => {
    const given = givenArchive();
    given.sent(Array(20).keys(), 0);
    given.sent([100, 101], 60);
    const orders = ["r", "s"].map((name) => {
      given.replay(name, { EventStartTime: 0, EventEndTime: 120 });
      given.wake();
      return given.numbers();
    });
    const [first = [], second = []] = orders;
    expect(first.slice(0, 20).toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(first.slice(20).toSorted()).toEqual([100, 101]);
    expect(second).not.toEqual(first);
    const twin = givenArchive();
    twin.sent(Array(20).keys(), 0);
    twin.sent([100, 101], 60);
    twin.replay("r", { EventStartTime: 0, EventEndTime: 120 });
    twin.wake();
    expect(twin.numbers()).toEqual(first);
  });

  it("goes step by step, so that it can be cancelled on the way", () => {
    const given = givenArchive();
    given.sent(Array(250).keys());
    given.replay("r");
    given.wake();
    expect(given.described("r")).toMatchObject({ State: "RUNNING" });
    expect(given.ask("CancelReplay", { ReplayName: "r" })).toMatchObject({ State: "CANCELLING" });
    given.wake();
    expect(given.described("r")).toMatchObject({ State: "CANCELLED", ReplayEndTime: START / 1000 });
    expect(given.taken()).toHaveLength(100);
    expect(() => given.ask("CancelReplay", { ReplayName: "r" })).toThrow(
      expect.objectContaining({ code: "IllegalStatusException" }),
    );
  });

  it("sends everything in the end, and is idle when all of it has arrived", () => {
    const given = givenArchive();
    given.sent(Array(250).keys());
    given.replay("r");
    for (const _ of [1, 2, 3]) given.wake();
    expect(given.described("r")).toMatchObject({ State: "COMPLETED" });
    const deliveries = given.taken();
    expect(deliveries).toHaveLength(250);
    expect(isIdle(given.state)).toBe(false);
  });

  it.each([
    [
      { EventSourceArn: `${ARN}:archive/b` },
      "Parameter EventSourceArn is not valid. Reason: Archive b does not exist.",
    ],
    [{ Destination: { Arn: `${ARN}:event-bus/nope` } }, "Event bus nope does not exist."],
    [
      { Destination: { Arn: `${ARN}:event-bus/other` } },
      "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
    ],
    [
      { EventStartTime: 10, EventEndTime: 10 },
      "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
    ],
    [{ EventStartTime: undefined }, "Value null at 'eventStartTime'"],
  ])("is refused: %j", (input, message) => {
    const given = givenArchive();
    given.ask("CreateEventBus", { Name: "other" });
    expect(() => given.replay("r", input)).toThrow(message);
  });

  it("has a name of its own, and no more than nine others beside it", () => {
    const given = givenArchive();
    for (let at = 0; at < 10; at++) given.replay(`r${at}`);
    expect(() => given.replay("r0")).toThrow("Replay r0 already exists.");
    expect(() => given.replay("r10")).toThrow(expect.objectContaining({ code: "LimitExceededException" }));
    given.wake();
    given.replay("r10");
    expect(() => given.described("none")).toThrow("Replay none does not exist.");
  });
});
