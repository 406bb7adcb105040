import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf } from "./decode.ts";

async function read(bytes: Buffer, size = 64 * 1024) {
  let isCut = false;
  let text = "";
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const onCut = () => {
    isCut = true;
  };
  for await (const part of textOf(parts, "events.gz", { onCut })) text += part;
  return { text, isCut };
}

const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();

const ENCODINGS: [name: string, encode: (text: string) => Buffer][] = [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with a byte order mark", (text) => Buffer.from(`\uFEFF${text}`)],
  ["UTF-16, little end first", (text) => Buffer.from(text, "utf16le")],
  ["UTF-16, little end first, with a mark", (text) => Buffer.from(`\uFEFF${text}`, "utf16le")],
  ["UTF-16, big end first", swapped],
  ["UTF-16, big end first, with a mark", (text) => swapped(`\uFEFF${text}`)],
];

const PACKINGS: [name: string, pack: (bytes: Buffer) => Buffer][] = [
  ["plain", (bytes) => bytes],
  ["packed with gzip", (bytes) => gzipSync(bytes)],
  [
    "packed with gzip in two members",
    (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 2)), gzipSync(bytes.subarray(2))]),
  ],
  ["packed with zstd", (bytes) => zstdCompressSync(bytes)],
];

describe.each(ENCODINGS)("%s", (_, encode) => {
  it.each(PACKINGS)("%s, is read as it was written, in pieces of any size", async (_, pack) => {
    const text = fc.string({ unit: "grapheme" }).map((name) => JSON.stringify({ name }));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (written, size) => {
        expect(await read(pack(encode(written)), size)).toEqual({ text: written, isCut: false });
      }),
      { numRuns: 20 },
    );
  });
});

describe("packed bytes", () => {
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ id: `evt_${index * 7919}` })));

  it.each(PACKINGS.slice(1))("%s, that are cut off give what was whole", async (_, pack) => {
    const bytes = pack(Buffer.from(text));
    const { text: given, isCut } = await read(bytes.subarray(0, bytes.length - 10));
    expect(isCut).toBe(true);
    expect(given.length).toBeGreaterThan(text.length / 2);
    expect(text.startsWith(given)).toBe(true);
  });

  it("that are damaged are refused in a sentence", async () => {
    const bytes = gzipSync(Buffer.from(text));
    bytes.fill(0xff, 1_000, 2_000);
    await expect(read(bytes)).rejects.toThrow(/^events\.gz is packed, but damaged: .*\.$/);
  });

  it("are none of nothing", async () => {
    expect(await read(Buffer.alloc(0))).toEqual({ text: "", isCut: false });
  });
});
