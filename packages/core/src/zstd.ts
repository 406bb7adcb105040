// Packs whole Stripe objects small enough to stay beside their states (D13): zstd, whose dictionary is what Stripe's
// objects have in common, and then what the row itself says.
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { DICTIONARY } from "./dictionaries/v1.ts";
import { canonical, type JsonObject } from "./json.ts";
import type { Beside } from "./raw.ts";

/** By the version that a packed object's first byte names. One that was ever published stays, and stays as it is. */
export const DICTIONARIES: ReadonlyMap<number, Buffer> = new Map([[1, Buffer.from(DICTIONARY, "base64")]]);

const NEWEST = 1;

/** What every zstd frame begins with, so that it need not be kept. */
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * Most of the time goes into loading the dictionary, so a lower level saves little of it; the next that packs better
 * takes ten times as long. The checksum tells whether what is beside the object is still what it was packed with.
 */
const PARAMETERS = {
  [constants.ZSTD_c_compressionLevel]: 9,
  [constants.ZSTD_c_checksumFlag]: 1,
  [constants.ZSTD_c_contentSizeFlag]: 0,
  [constants.ZSTD_c_dictIDFlag]: 0,
};

/** The object in as few bytes as what is beside it leaves to be told; the same in whatever order its keys were. */
export function pack(object: JsonObject, beside: Beside): Uint8Array {
  const dictionary = dictionaryWith(DICTIONARIES.get(NEWEST) as Buffer, beside);
  const frame = zstdCompressSync(canonical(object), { dictionary, params: PARAMETERS });
  return new Uint8Array(Buffer.concat([Buffer.of(NEWEST), frame.subarray(MAGIC.length)]));
}

/** The object as it was packed; null where it was packed beside something else, or by a later version of this. */
export function unpack(packed: Uint8Array, beside: Beside): JsonObject | null {
  const common = DICTIONARIES.get(packed[0] ?? 0);
  if (common === undefined) return null;
  const text = unpackedText(Buffer.concat([MAGIC, packed.subarray(1)]), dictionaryWith(common, beside));
  return text === null ? null : (JSON.parse(text) as JsonObject);
}

function unpackedText(frame: Buffer, dictionary: Buffer): string | null {
  try {
    return zstdDecompressSync(frame, { dictionary }).toString();
  } catch {
    return null;
  }
}

function dictionaryWith(common: Buffer, { row, part, state }: Beside): Buffer {
  return Buffer.concat([common, Buffer.from(canonical([row, part, state]))]);
}
