// The digest by which SQS's clients check that a body arrived whole.
import { createHash } from "node:crypto";

/** In hexadecimal, of the text in UTF-8: the SDK's client rejects an answer whose digest differs. */
export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
