import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "./report.ts";

const START = new URL("./start.ts", import.meta.url).pathname;

type Ended = { code: number | null; out: string; err: string };

function start(args: string[], input = ""): Promise<Ended> {
  const child = spawn(process.execPath, [START, ...args], { stdio: "pipe" });
  const ended: Ended = { code: null, out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    ended.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    ended.err += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
}

const reportIn = ({ out }: Ended) => JSON.parse(out.trimEnd().split("\n").at(-1) ?? "") as Report;

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "stripe-lanes-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const customer = (id: string, created: number, email: string) => ({
  id: `evt_${id}_${created}`,
  object: "event",
  api_version: "2026-10-28.endive",
  created,
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: "customer.updated",
  data: { object: { id, object: "customer", email, metadata: {} } },
});

describe("npm start", () => {
  it("takes an event from the bus to a row, through the handler that Lambda runs", async () => {
    const folder = folderWith({
      "event.json": JSON.stringify(customer("cus_1", 1_700_000_000, "a@example.com")),
    });
    const dump = join(folder, "rows.dump");
    const ended = await start(["--events", folder, "--exit", "--json", "--dump", dump]);
    expect(ended.code).toBe(0);
    expect(reportIn(ended)).toMatchObject({ sent: 1, applied: 1, parked: 0, lost: 0, roundTripsPerBatch: 2 });
    expect(JSON.parse(readFileSync(dump, "utf8"))).toMatchObject({
      noun: "customer",
      id: "cus_1",
      state: { email: "a@example.com" },
    });
  });
});
