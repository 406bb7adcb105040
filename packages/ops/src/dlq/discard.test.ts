import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError } from "@stripe-lanes/testing/local/http";
import { beforeEach, describe, expect, it } from "vitest";
import { dlq, dlqAlone } from "./fixtures/command.ts";
import { idsIn, numbered, parkEvent, parkEvents } from "./fixtures/letters.ts";
import { startQueues } from "./fixtures/queues.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "discard-"));
  file = join(folder, "copies.jsonl");
});

const copies = (path = file) =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).Messages[0]);

const REFUSAL = new AwsError("AccessDenied", "You may not delete.", { status: 403 });

describe("a discard", () => {
  it("deletes what is chosen, and keeps a whole copy of it in a file that only its owner reads", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", { reason: "crash" });
    await queues.park({ body: '{"half', group: "lane-stray", attributes: { reason: "not-json" } });
    const { code, out } = await dlq(`discard --reason not-json --to ${file} ${queues.where}`);
    expect(code).toBe(0);
    expect(out).toContain(`Discarded 1 messages. Their copies are in ${file}, whole and unmasked.`);
    expect(copies()).toEqual([
      {
        MessageId: expect.any(String),
        Body: '{"half',
        Attributes: { MessageGroupId: "lane-stray", SentTimestamp: expect.stringMatching(/^\d+$/) },
        MessageAttributes: { reason: { DataType: "String", StringValue: "not-json" } },
      },
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(["evt_1"]);
  });

  it("reaches what stands behind the first ten of a group, and leaves the others in their order", async () => {
    const queues = await startQueues();
    for (const [index, id] of numbered(23).entries())
      await parkEvent(queues, id, { type: index % 5 === 4 ? "invoice.paid" : "customer.updated" });
    const { code, out } = await dlq(`discard --type invoice.* --to ${file} --json ${queues.where}`);
    expect({ code, copy: JSON.parse(out).copy }).toEqual({ code: 0, copy: file });
    expect(copies().map(({ Body }) => JSON.parse(Body).id)).toEqual(["evt_4", "evt_9", "evt_14", "evt_19"]);
    const left = numbered(23).filter((_, index) => index % 5 !== 4);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(left);
    expect(queues.inFlight()).toBe(0);
  });

  it("overwrites no file, and deletes nothing then", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1");
    writeFileSync(file, "precious");
    const { code, err } = await dlq(`discard --all --to ${file} ${queues.where}`);
    expect({ code, err }).toEqual({
      code: 2,
      err: `--to takes a new file, and ${file} exists: nothing is overwritten.`,
    });
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(["evt_1"]);
  });

  it("deletes nothing where the copy cannot be written", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1");
    const { code, err } = await dlq(`discard --all --to ${join(folder, "none", "x")} ${queues.where}`);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("There is no folder") });
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(["evt_1"]);
    expect(queues.inFlight()).toBe(0);
  });

  it("chooses a new file where none is named, and makes none where nothing is parked", async () => {
    const queues = await startQueues();
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(await dlq(`discard --all ${queues.where}`)).toEqual({
        code: 0,
        out: "Nothing to discard.",
        err: "",
      });
      expect(readdirSync(folder)).toEqual([]);
      await parkEvent(queues, "evt_1");
      await dlq(`discard --all ${queues.where}`);
      const [name = ""] = readdirSync(folder);
      expect(name).toMatch(/^discarded-.*\.jsonl$/);
      expect(copies(join(folder, name))).toHaveLength(1);
    } finally {
      process.chdir(before);
    }
  });

  it("takes several ids, and says which of them are not parked", async () => {
    const queues = await startQueues();
    await parkEvents(queues, ["evt_1", "evt_2", "evt_3"]);
    const { code, out } = await dlq(`discard evt_1 evt_3 evt_9 --to ${file} ${queues.where}`);
    expect(code).toBe(1);
    expect(out).toContain("Discarded 2 messages.");
    expect(out).toContain("evt_9 is not parked.");
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(["evt_2"]);
    const none = await dlq(`discard evt_8 evt_9 --to ${file}2 ${queues.where}`);
    expect(none).toEqual({ code: 2, out: "", err: "evt_8, evt_9 are not parked." });
  });

  it("says what it could not delete, of which there is a copy all the same", async () => {
    const queues = await startQueues((_, operation) =>
      operation === "DeleteMessage" ? { when: "before", error: REFUSAL } : undefined,
    );
    await parkEvent(queues, "evt_1");
    const { code, out } = await dlq(`discard --all --to ${file} ${queues.where}`);
    expect(code).toBe(1);
    expect(out).toContain("Copied and still parked: evt_1, since You may not delete.");
    expect(copies()).toHaveLength(1);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual(["evt_1"]);
    expect(queues.inFlight()).toBe(0);
  });

  it("has a copy of all that it deleted when Ctrl-C ends it, and the rest is parked still", async () => {
    let interrupt = () => {};
    const queues = await startQueues((_, operation) => {
      if (operation === "DeleteMessage") {
        interrupt();
        interrupt = () => {};
      }
      return undefined;
    });
    await parkEvents(queues, numbered(25));
    const running = dlqAlone(`discard --all --to ${file} --json ${queues.where}`, queues.aws.env);
    interrupt = running.interrupt;
    const { code, out } = await running.ended;
    const left = idsIn(queues.bodies(queues.parkedUrl));
    const copied = copies().map(({ Body }) => JSON.parse(Body).id);
    expect({ code, discarded: JSON.parse(out).discarded.length }).toEqual({
      code: 130,
      discarded: 25 - left.length,
    });
    expect(numbered(25).filter((id) => !left.includes(id) && !copied.includes(id))).toEqual([]);
    expect(queues.inFlight()).toBe(0);
  });

  it("changes nothing in a dry run", async () => {
    const queues = await startQueues();
    await parkEvents(queues, numbered(12));
    const before = queues.bodies(queues.parkedUrl);
    const { code, out } = await dlq(`discard --type customer.* --to ${file} --dry-run ${queues.where}`);
    expect(code).toBe(0);
    expect(out).toContain("Dry run: 10 of 12 parked messages would be discarded. Nothing was changed.");
    expect(out).toContain("2 stand behind the first ten of their message group");
    expect(out).toContain("whether they match is unknown");
    expect(queues.bodies(queues.parkedUrl)).toEqual(before);
    expect(readdirSync(folder)).toEqual([]);
  });
});
