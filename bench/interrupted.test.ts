import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";

const MEASURING = fileURLToPath(new URL("./fixtures/measuring.ts", import.meta.url));

/** Milliseconds in which a measurement has begun, once it has its folder. */
const BEGINNING = 3_000;

it("Ctrl-C ends a measurement, and leaves nothing behind", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "interrupted-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ...process.env, TMPDIR: folder };
  const measuring = spawn(process.execPath, [MEASURING], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [said, exited] = [text(measuring.stdout), once(measuring, "exit")];
  await vi.waitUntil(() => readdirSync(folder).some((name) => name.startsWith("stripe-lanes-bench-")), {
    timeout: 20_000,
  });
  await sleep(BEGINNING);
  measuring.kill("SIGINT");
  expect(await exited).toEqual([130, null]);
  expect(await said).toBe("The benchmark was interrupted.\n");
  expect(readdirSync(folder).filter((name) => name.startsWith("stripe-lanes"))).toEqual([]);
});
