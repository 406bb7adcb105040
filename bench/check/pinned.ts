// The mix that the bars of `npm run bench -- --check` are about: bodies that were written down once, so that they stay
// the same bytes whatever the simulated Stripe tells by now.
import { readFileSync, writeFileSync } from "node:fs";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** So many bodies are pinned, each number a day of its own. */
export const PINNED = [1_000, 5_000] as const;

type Pinned = (typeof PINNED)[number];

/** As small as zstd makes it; the window holds all of 5,000 bodies, whose objects come again and again. */
const PARAMETERS = {
  [constants.ZSTD_c_compressionLevel]: 22,
  [constants.ZSTD_c_windowLog]: 27,
  [constants.ZSTD_c_checksumFlag]: 1,
};

export function pathOf(events: Pinned): URL {
  return new URL(`../pinned/${events}.jsonl.zst`, import.meta.url);
}

/** The pinned bodies, in the order they were sent. @throws Error where the file is not there or not whole. */
export function pinned(events: Pinned): string[] {
  const bodies = linesOf(readFileSync(pathOf(events)));
  if (bodies.length === events) return bodies;
  throw new Error(`${pathOf(events).pathname} has ${bodies.length} bodies.`);
}

/** @throws Error with the code EEXIST where bodies are pinned already: the figures committed are about those. */
export function pin(events: Pinned, bodies: readonly string[]): void {
  writeFileSync(pathOf(events), packed(bodies), { flag: "wx" });
}

/** A JSON line for each body, in a zstd frame. */
export function packed(bodies: readonly string[]): Buffer {
  return zstdCompressSync(bodies.map((body) => `${body}\n`).join(""), { params: PARAMETERS });
}

/** The bodies of what `packed` made, each a string of its own: to parse a slice of a larger one allocates more. */
export function linesOf(frame: Buffer): string[] {
  const lines = zstdDecompressSync(frame).toString().split("\n").slice(0, -1);
  return lines.map((line) => Buffer.from(line).toString());
}
