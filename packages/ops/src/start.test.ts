import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, newFolder, reportIn, start } from "./fixtures/start.ts";

const snapshot = (id: string, fields: object = {}, object: object = {}) => ({
  id,
  object: "event",
  api_version: "2026-10-28.endive",
  created: 1_700_000_000,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: "customer.updated",
  data: { object: { id: "cus_1", object: "customer", email: "a@example.com", metadata: {}, ...object } },
  ...fields,
});

const thin = {
  id: "evt_thin",
  object: "v2.core.event",
  type: "v1.customer.updated",
  created: "2026-10-28T10:00:00.123456789Z",
  livemode: false,
  related_object: { id: "cus_1", type: "customer", url: "/v1/customers/cus_1" },
};

const lines = (...events: unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");

const rowsIn = (file: string) =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("npm start -- --events", () => {
  it("takes an event from the bus to a row, through the handler that Lambda runs", async () => {
    const folder = folderWith({ "event.json": JSON.stringify(snapshot("evt_1")) });
    const dump = join(folder, "rows.dump");
    const ended = await start(["--events", folder, "--exit", "--json", "--dump", dump]).ended;
    expect(ended.code).toBe(0);
    expect(reportIn(ended)).toMatchObject({ sent: 1, applied: 1, parked: 0, lost: 0, roundTripsPerBatch: 2 });
    expect(rowsIn(dump)).toMatchObject([
      { noun: "customer", id: "cus_1", state: { email: "a@example.com" } },
    ]);
  });

  it("reads a list in a .json, lines in a .jsonl, and folders in folders", async () => {
    const folder = folderWith({
      "list.json": JSON.stringify([snapshot("evt_1"), snapshot("evt_2", { created: 1_700_000_001 })]),
      "lines.jsonl": lines(snapshot("evt_3", { created: 1_700_000_002 })),
      "notes.txt": "not an event",
    });
    expect(reportIn(await start(["--events", folder, "--exit", "--json"]).ended)).toMatchObject({
      sent: 3,
      lost: 0,
    });
  });

  it("parks what it cannot handle, says why, and goes on with everything else", async () => {
    const input = lines(
      { hello: "world" },
      snapshot("evt_live", { livemode: true }),
      snapshot("evt_large", {}, { description: "x".repeat(450_000) }),
      thin,
      snapshot("evt_good"),
      snapshot("evt_connect_live", { livemode: true, account: "acct_1" }),
    );
    const ended = await start(["--events", "-", "--exit", "--json"], input).ended;
    expect(ended.code).toBe(0);
    expect(reportIn(ended)).toMatchObject({
      sent: 6,
      applied: 1,
      ignored: 1,
      parked: 4,
      parkedReasons: { "no-stripe-key": 1, "not-an-event": 1, "too-large": 1, "wrong-mode": 1 },
      lost: 0,
    });
  });

  it("reports on the events of files where standard input has none", async () => {
    const file = join(folderWith({ "event.txt": JSON.stringify(snapshot("evt_1")) }), "event.txt");
    const { code, out, err } = await start([file, "-", "--exit", "--json"], "hello\n").ended;
    expect(JSON.parse(out)).toMatchObject({ sent: 1, applied: 1 });
    expect(err).toContain("standard input holds no Stripe event, but 1 line of text; ");
    expect(code).toBe(1);
  });

  it("parks what is nested 100,000 levels deep, and goes on", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const event = JSON.stringify(snapshot("evt_deep")).replace('"metadata":{}', `"metadata":${deep}`);
    const ended = await start(["-", "--exit", "--json"], `${event}\n${lines(snapshot("evt_good"))}`).ended;
    expect(reportIn(ended)).toMatchObject({
      sent: 2,
      applied: 1,
      parkedReasons: { "not-an-event": 1 },
      lost: 0,
    });
  });

  it("takes live events with --mode live, and all with --mode any", async () => {
    const input = lines(snapshot("evt_live", { livemode: true }), snapshot("evt_test"));
    const [live, any] = await Promise.all(
      ["live", "any"].map(
        (mode) => start(["--events", "-", "--mode", mode, "--exit", "--json"], input).ended,
      ),
    );
    expect(live && reportIn(live)).toMatchObject({ parked: 1, parkedReasons: { "wrong-mode": 1 } });
    expect(any && reportIn(any)).toMatchObject({ parked: 0, lost: 0 });
  });

  it("names a broken line of standard input and goes on with the others", async () => {
    const input = `${lines(snapshot("evt_1"))}{broken\n${lines(snapshot("evt_2"))}`;
    const ended = await start(["--events", "-", "--exit", "--json"], input).ended;
    expect(ended.err).toContain("standard input, line 2 is not JSON.");
    expect(reportIn(ended)).toMatchObject({ sent: 2, lost: 0 });
    expect(ended.code).toBe(1);
  });
});

describe("npm start -- --simulate", () => {
  const run = async (dump: string, ...options: string[]) => {
    const ended = await start(["--simulate", "400", "--exit", "--json", "--dump", dump, ...options]).ended;
    return { ...ended, report: reportIn(ended), rows: readFileSync(dump, "utf8") };
  };

  it("ends in the truth, and in the same rows whatever the order and the copies", async () => {
    const folder = newFolder();
    const plain = await run(join(folder, "plain"), "--seed", "7");
    const worse = await run(join(folder, "worse"), "--seed", "7", "--duplicates", "--shuffle");
    expect(plain.report).toMatchObject({ sent: 400, lost: 0, truth: { wrong: 0 }, ties: 0 });
    expect(worse.report).toMatchObject({ sent: 800, duplicate: 400, lost: 0, truth: { wrong: 0 }, ties: 0 });
    expect(worse.rows).toBe(plain.rows);
    expect([plain.code, worse.code]).toEqual([0, 0]);
  });

  it("has a clock that is not behind what it simulates: in live mode too nothing is from the future", async () => {
    const { report } = await run(join(newFolder(), "live"), "--mode", "live");
    expect(report).toMatchObject({ sent: 400, parked: 0, lost: 0, truth: { wrong: 0 } });
  });

  it("asks the ledger about half of the copies at least, which come when the queue has forgotten", async () => {
    const { report } = await run(join(newFolder(), "rows"), "--seed", "3", "--duplicates");
    expect(report.duplicate - report.duplicateInQueue).toBeGreaterThanOrEqual(200);
  });

  it("makes another day of another seed", async () => {
    const folder = newFolder();
    const [one, other] = await Promise.all([
      run(join(folder, "one"), "--seed", "1"),
      run(join(folder, "other"), "--seed", "2"),
    ]);
    expect(one.rows).not.toBe(other.rows);
  });
});
