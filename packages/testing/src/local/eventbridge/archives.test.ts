// Archives: what they keep, and for how long.
import { describe, expect, it } from "vitest";
import { START } from "./given.ts";
import { ARN, BUS, DAY, givenArchive } from "./given-archive.ts";

describe("an archive", () => {
  it("keeps the events of its bus, and says how many and how large", () => {
    const given = givenArchive({ Description: "d", RetentionDays: 7 });
    given.ask("CreateEventBus", { Name: "other" });
    given.put({ n: 0 }, { EventBusName: "other" });
    const [event] = given.sent([1]);
    expect(given.ask("DescribeArchive", { ArchiveName: "a" })).toEqual({
      ArchiveArn: `${ARN}:archive/a`,
      ArchiveName: "a",
      EventSourceArn: BUS,
      Description: "d",
      State: "ENABLED",
      RetentionDays: 7,
      EventCount: 1,
      SizeBytes: JSON.stringify(event).length,
      CreationTime: START / 1000,
    });
  });

  it("keeps only what matches its pattern, whether or not a rule does", () => {
    const EventPattern = JSON.stringify({ detail: { n: [{ numeric: [">", 1] }] } });
    const given = givenArchive({ EventPattern });
    given.ask("DisableRule", { Name: "all" });
    given.sent([1, 2, 3]);
    expect(given.ask("DescribeArchive", { ArchiveName: "a" })).toMatchObject({ EventPattern, EventCount: 2 });
  });

  it("forgets events when their days are over, and keeps them for ever when none are given", () => {
    const [short, long] = [givenArchive({ RetentionDays: 1 }), givenArchive()];
    for (const given of [short, long]) {
      given.sent([1]);
      given.pass(DAY);
      given.sent([2]);
    }
    expect([short.count(), long.count()]).toEqual([2, 2]);
    for (const given of [short, long]) given.pass(1);
    expect([short.count(), long.count()]).toEqual([1, 2]);
  });

  it("is deleted", () => {
    const given = givenArchive();
    given.ask("DeleteArchive", { ArchiveName: "a" });
    expect(() => given.count()).toThrow("Archive a does not exist.");
    expect(() => given.ask("DeleteArchive", { ArchiveName: "a" })).toThrow("Archive a does not exist.");
  });

  it.each([
    [{ ArchiveName: "a" }, "Archive a already exists."],
    [{ ArchiveName: "b", EventSourceArn: `${ARN}:event-bus/nope` }, "Event bus nope does not exist."],
    [{ ArchiveName: "b", EventPattern: "[]" }, "Filter is not an object"],
    [{ ArchiveName: "b".repeat(49) }, "length less than or equal to 48"],
    [{ ArchiveName: "b", RetentionDays: -1 }, "greater than or equal to 0"],
  ])("is refused: %j", (input, message) => {
    const given = givenArchive();
    expect(() => given.ask("CreateArchive", { EventSourceArn: BUS, ...input })).toThrow(message);
  });
});
