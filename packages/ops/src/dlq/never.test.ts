import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import { describe, expect, it } from "vitest";
import { dlq } from "./fixtures/command.ts";
import { idsIn, numbered, parkEvent, parkEvents } from "./fixtures/letters.ts";
import { startQueues } from "./fixtures/queues.ts";

const NEVER = Object.entries(PARK_REASONS).filter(([, { redrive }]) => redrive === "never");

describe("what a redrive cannot help", () => {
  it("stays parked, with what to do instead, message by message, and the others go", async () => {
    const queues = await startQueues();
    for (const [reason] of NEVER) await parkEvent(queues, `evt_${reason}`, { reason });
    await parkEvent(queues, "evt_2");
    const { code, out } = await dlq(`redrive --all --wait 0 ${queues.where}`);
    expect(code).toBe(1);
    for (const [reason, { means, nextStep }] of NEVER) {
      expect(out).toMatch(new RegExp(`evt_${reason} .*not sent +${reason}`));
      expect(out).toContain(`Not sent: evt_${reason} (${reason}): ${means} ${nextStep}`);
    }
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(NEVER.map(([reason]) => `evt_${reason}`));
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual(["evt_2"]);
  });

  it("does not hide what stands behind it", async () => {
    const queues = await startQueues();
    await parkEvents(queues, numbered(11), { reason: "not-an-event" });
    await parkEvent(queues, "evt_behind");
    await dlq(`redrive --all --wait 0 ${queues.where}`);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual(["evt_behind"]);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(numbered(11));
  });

  it("goes to its lane all the same with --force", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", { reason: "too-large" });
    await dlq(`redrive --all --force --wait 0 ${queues.where}`);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual(["evt_1"]);
  });

  it("is told by a dry run, which sends nothing", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", { reason: "not-json" });
    await parkEvent(queues, "evt_2");
    const { code, out } = await dlq(`redrive --all --dry-run ${queues.where}`);
    expect(code).toBe(0);
    expect(out).toContain("Dry run: 1 of 2 parked messages would be redriven. Nothing was changed.");
    expect(out).toContain("Would stay parked: evt_1 (not-json): ");
    const json = JSON.parse((await dlq(`redrive --all --dry-run --json ${queues.where}`)).out);
    expect(json).toMatchObject({
      dryRun: true,
      messages: [{ eventId: "evt_2" }],
      left: [{ eventId: "evt_1" }],
    });
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(["evt_1", "evt_2"]);
    expect(queues.bodies(queues.queueUrl)).toEqual({});
  });
});
