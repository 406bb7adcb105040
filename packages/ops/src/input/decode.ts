// The text of bytes as people have them: packed with gzip or zstd, in UTF-8 or UTF-16, with or without a byte order mark.
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { Mistake } from "../mistake.ts";

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What is told of bytes that end too early; the text up to there is given. */
export type Cut = { onCut(): void };

/** As many bytes as the marks at the beginning have. */
const HEAD = 4;

/**
 * @param name how the input is called in a sentence
 * @throws Mistake where packed bytes are damaged
 */
export async function* textOf(bytes: Bytes, name: string, { onCut }: Cut): AsyncGenerator<string> {
  const packed = await peeked(bytes);
  const unpack = unpackerFor(packed.head);
  const plain = unpack ? await peeked(unpacked(packed.all, unpack, name, onCut)) : packed;
  const decoder = new TextDecoder(encodingOf(plain.head));
  for await (const chunk of plain.all) yield decoder.decode(chunk, { stream: true });
  const last = decoder.decode();
  if (last !== "") yield last;
}

type Peeked = { head: Uint8Array; all: AsyncIterable<Uint8Array> };

/** Looks at the first bytes, however small the pieces they come in. */
async function peeked(bytes: Bytes): Promise<Peeked> {
  const iterator = iteratorOf(bytes);
  let head = Buffer.alloc(0);
  let next = await iterator.next();
  while (!next.done) {
    head = Buffer.concat([head, next.value]);
    if (head.length >= HEAD) break;
    next = await iterator.next();
  }
  async function* all() {
    if (head.length > 0) yield head;
    head = Buffer.alloc(0);
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: head.subarray(0, HEAD), all: all() };
}

async function* iteratorOf(bytes: Bytes): AsyncGenerator<Uint8Array, undefined> {
  yield* bytes;
}

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

function unpackerFor(head: Uint8Array): (() => Unpacker) | undefined {
  const mark = Buffer.from(head).toString("hex");
  if (mark.startsWith("1f8b")) return createGunzip;
  return mark === "28b52ffd" ? createZstdDecompress : undefined;
}

/** The end is told only when all before it has been read: a stream that fails forgets what nobody has read yet. */
async function* unpacked(
  bytes: AsyncIterable<Uint8Array>,
  create: () => Unpacker,
  name: string,
  onCut: Cut["onCut"],
): AsyncGenerator<Uint8Array> {
  const unpacker = create();
  const fed = async function* () {
    yield* bytes;
    while (unpacker.writableLength > 0 || unpacker.readableLength > 0) await nextTurn();
  };
  const source = Readable.from(fed());
  source.on("error", (error) => unpacker.destroy(error));
  try {
    yield* source.pipe(unpacker) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "Z_BUF_ERROR" && message !== "unexpected end of file") throw damaged(error, name);
    onCut();
  }
}

function damaged(error: unknown, name: string): unknown {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return /^(Z|ZSTD)_/.test(code) ? new Mistake(`${name} is packed, but damaged: ${message}.`) : error;
}

/** JSON begins with an ASCII character: in UTF-16 there is a NUL beside it. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first !== undefined && first !== 0 && second === 0) return "utf-16le";
  return first === 0 && second !== undefined && second !== 0 ? "utf-16be" : "utf-8";
}
