// The digest by which SQS's clients check that a body arrived whole.
import { createHash } from "node:crypto";

export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
