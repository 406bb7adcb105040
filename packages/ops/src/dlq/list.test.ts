import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import { describe, expect, it } from "vitest";
import { dlq } from "./fixtures/command.ts";
import { idsIn, numbered, parkEvent, parkEvents } from "./fixtures/letters.ts";
import { startQueues } from "./fixtures/queues.ts";

describe("the list of what is parked", () => {
  it("says of each reason what it means, and what to do next", async () => {
    const queues = await startQueues();
    const reasons = Object.keys(PARK_REASONS);
    for (const [lane, reason] of reasons.entries())
      await parkEvent(queues, `evt_${lane}`, { reason, lane: `${lane}` });
    const { out } = await dlq(`list ${queues.where}`);
    for (const [reason, { means, nextStep }] of Object.entries(PARK_REASONS))
      expect(out).toContain(`${reason} (1): ${means} ${nextStep}`);
  });

  it("says what to do of what the queue itself moved, and of a reason that it does not know", async () => {
    const queues = await startQueues();
    await queues.park({ body: "{", group: "lane-01" });
    await parkEvent(queues, "evt_1", { reason: "constructor" });
    const { out } = await dlq(`list ${queues.where}`);
    expect(out).toContain("none (1): The queue itself moved the message after too many receives");
    expect(out).toContain("constructor (1): This version does not know the reason.");
  });

  it("does not say that a filter found all where SQS shows ten of a group, unless it looks deeper", async () => {
    const queues = await startQueues();
    await parkEvents(queues, numbered(14));
    await parkEvent(queues, "evt_invoice", { type: "invoice.paid" });
    const shallow = await dlq(`list --type invoice.* ${queues.where}`);
    expect(shallow.out).toContain("0 of 15 parked messages.");
    expect(shallow.out).toContain("5 stand behind the first ten of their message group");
    expect(shallow.out).toContain("whether they match is unknown");
    const deep = await dlq(`list --type invoice.* --deep ${queues.where}`);
    expect(deep.out).toContain("1 of 15 parked messages.");
    expect(deep.out).not.toContain("behind");
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual([...numbered(14), "evt_invoice"]);
  });

  it("keeps when a message was parked that goes to the end of its group", async () => {
    const queues = await startQueues();
    for (let index = 0; index < 12; index++) await queues.park({ body: `${index}`, group: "lane-01" });
    const parkedAt = async () =>
      JSON.parse((await dlq(`list --deep --json ${queues.where}`)).out).messages.map(
        (one: { parkedAt: string }) => one.parkedAt,
      );
    const before = await parkedAt();
    queues.clock.advance(3_600_000);
    expect(await parkedAt()).toEqual(before);
  });

  it("names what show needs to look deeper", async () => {
    const queues = await startQueues();
    await parkEvents(queues, numbered(12));
    expect((await dlq(`show evt_11 ${queues.where}`)).err).toBe(
      "evt_11 is not among the 10 parked messages that SQS shows; 2 others stand behind the first ten of their group: add --deep.",
    );
    expect((await dlq(`show evt_11 --deep ${queues.where}`)).out).toMatch(
      /^next step +Fix the code, deploy/m,
    );
  });
});
