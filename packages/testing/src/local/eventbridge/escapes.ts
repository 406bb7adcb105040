// The two characters that SQS refuses, U+FFFE and U+FFFF: raw or as JSON escapes, in what EventBridge passes on.
// AWS does not say whether an escape in an event's JSON text arrives as one, so this is a switch (`keepsEscapes`).
import { ESCAPES, type EventBridgeEvent } from "./event.ts";

const RAW = /[\ufffe\uffff]/;

/** An escape is one only after an even number of backslashes. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u[Ff]{3}[EeFf]/;

/** Whether all such characters in the text are JSON escapes. */
export function isEscaped(json: string): boolean {
  return ESCAPED.test(json) && !RAW.test(json);
}

/** JSON for a target, with escapes where the event had them and they are kept. */
export function withEscapes(json: string, event: EventBridgeEvent): string {
  if (!event[ESCAPES] || !RAW.test(json)) return json;
  return json.replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
}
