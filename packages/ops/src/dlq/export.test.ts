import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dlq } from "./fixtures/command.ts";
import { idsIn, numbered, parkEvent, parkEvents } from "./fixtures/letters.ts";
import { startQueues } from "./fixtures/queues.ts";

const messagesIn = (lines: string) =>
  lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).Messages[0]);

describe("an export", () => {
  it("prints every message whole, also behind the first ten of a group, and leaves all of them parked", async () => {
    const queues = await startQueues();
    await parkEvents(queues, numbered(25));
    const bodies = queues.bodies(queues.parkedUrl)["lane-01"];
    const { code, out, err } = await dlq(`export ${queues.where}`);
    expect(code).toBe(0);
    expect(messagesIn(out).map(({ Body }) => Body)).toEqual(bodies);
    expect(err).toBe("Exported 25 messages, whole and unmasked: they hold your customers' data.");
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(numbered(25));
    expect(queues.inFlight()).toBe(0);
  });

  it("goes into a new file, those that a filter chooses alone, with their attributes", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", { customer: "cus_1" });
    await parkEvent(queues, "evt_2", { customer: "cus_2", reason: "crash" });
    const file = join(mkdtempSync(join(tmpdir(), "export-")), "parked.jsonl");
    const { code, out } = await dlq(`export --customer cus_2 --to ${file} ${queues.where}`);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(messagesIn(readFileSync(file, "utf8"))).toMatchObject([
      {
        Body: expect.stringContaining('"cus_2"'),
        MessageAttributes: { reason: { StringValue: "crash" } },
      },
    ]);
    expect((await dlq(`export --to ${file} ${queues.where}`)).err).toContain("nothing is overwritten");
  });

  it("says that there is nothing, and which ids are not parked", async () => {
    const queues = await startQueues();
    expect(await dlq(`export ${queues.where}`)).toEqual({ code: 0, out: "", err: "Nothing to export." });
    expect(await dlq(`export evt_9 ${queues.where}`)).toEqual({
      code: 2,
      out: "",
      err: "evt_9 is not parked.",
    });
  });
});
