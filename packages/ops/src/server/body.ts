// Reads a request's body, and no more of it than is taken.
import type { IncomingMessage } from "node:http";

/** Gives null where there are more bytes than `most`: the rest is let pass unread, so that an answer reaches its sender. */
export async function readUpTo(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > most) break;
    chunks.push(chunk as Buffer);
  }
  if (bytes <= most) return Buffer.concat(chunks);
  request.resume();
  return null;
}
