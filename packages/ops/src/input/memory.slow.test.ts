import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";

const COUNT_EVENTS = new URL("./fixtures/count-events.ts", import.meta.url).pathname;

const EVENTS = 3_000;
/** Bytes of an event: together 300 MB. */
const SIZE = 100_000;
/** Megabytes of the child's heap: a tenth of its input. */
const HEAP = 32;

const event = (number: number, indent: number) =>
  JSON.stringify({ id: `evt_${number}`, object: "event", note: "x".repeat(SIZE) }, null, indent);

function* events(indent: number) {
  for (let number = 0; number < EVENTS; number++) yield `${event(number, indent)}\n`;
}

async function counted(input: Iterable<string>): Promise<{ out: string; code: number | null }> {
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP}`, COUNT_EVENTS]);
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  Readable.from(input).pipe(child.stdin);
  return new Promise((resolve) => child.on("close", (code) => resolve({ out: out.trim(), code })));
}

describe("300 MB of standard input", { timeout: 120_000 }, () => {
  it.each([
    ["lines", 0],
    ["documents over several lines", 2],
  ])("of %s are read in bounded memory", async (_, indent) => {
    expect(await counted(events(indent))).toEqual({ out: String(EVENTS), code: 0 });
  });
});
