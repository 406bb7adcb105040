// What EventBridge is given for an event: the event itself where it is sure to arrive, else a claim check. Pure.
import { claimCheckOf } from "@stripe-lanes/core/claim-check";
import type { JsonObject } from "@stripe-lanes/core/json";
import { isDeeperThan } from "@stripe-lanes/core/json-depth";

/** The detail is the body as it was signed, but for escapes: no number in it is rounded. */
export type Entry = { Source: string; DetailType: string; Detail: string };

/** Put together; with a `claimCheck` beside the event, the ledger makes whichever comes later a duplicate (D6). */
export type Entries = { entry: Entry; claimCheck?: Entry };

/** Bytes of a request that EventBridge is known to take; no page of AWS's shows that it takes more (D1). */
const SURELY_TAKEN = 262_144;

/** Bytes that it is said to take ("Calculating PutEvents event entry size", Amazon EventBridge User Guide). */
const LARGEST_ENTRY = 1_048_576;

/** Levels of nested JSON that it takes are 1,000 ("PutEvents", Amazon EventBridge API Reference), less its envelope's. */
const DEEPEST = 990;

/** Why an event has no way to the worker, in one sentence. */
export type Barred = { barred: "too-large" | "too-deep"; sentence: string };

/** Characters, EventBridge's most. The rules go by the type in the detail. */
const LONGEST_DETAIL_TYPE = 128;

/** The entries for an event and the body that it was parsed from, or why there are none. */
export function entriesFor(
  body: string,
  event: JsonObject & { type: string },
  source: string,
): Entries | Barred {
  const entry = entryOf(escaped(body), event.type, source);
  const bytes = sizeOf(entry);
  const isTooDeep = isDeeperThan(body, DEEPEST);
  if (bytes <= SURELY_TAKEN && !isTooDeep && !mayBeLost(body)) return { entry };
  const claimCheck = checkFor(event, source);
  if (claimCheck === null) return alone(entry, bytes, isTooDeep);
  const fitsBeside = !isTooDeep && bytes + sizeOf(claimCheck) <= SURELY_TAKEN;
  return fitsBeside ? { entry, claimCheck } : { entry: claimCheck };
}

/** What nobody could fetch is tried as long as EventBridge may take it. */
function alone(entry: Entry, bytes: number, isTooDeep: boolean): Entries | Barred {
  if (isTooDeep) {
    return { barred: "too-deep", sentence: `The event is nested deeper than ${DEEPEST} levels.` };
  }
  if (bytes <= LARGEST_ENTRY) return { entry };
  const sentence = `The event takes ${bytes} bytes, and EventBridge ${LARGEST_ENTRY} at most.`;
  return { barred: "too-large", sentence };
}

/** Null where there is none, or where even that would be too large. */
function checkFor(event: JsonObject & { type: string }, source: string): Entry | null {
  const check = claimCheckOf(event);
  if (check === null) return null;
  const entry = entryOf(escaped(JSON.stringify(check)), event.type, source);
  return sizeOf(entry) <= SURELY_TAKEN ? entry : null;
}

function entryOf(detail: string, type: string, source: string): Entry {
  const DetailType = type.slice(0, LONGEST_DETAIL_TYPE).toWellFormed();
  return { Source: source, DetailType, Detail: detail };
}

function sizeOf(entry: Entry): number {
  return Object.values(entry).reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

/** SQS refuses these two characters, and JSON has them in strings only; an escape is the same to who parses it. */
function escaped(json: string): string {
  return json.replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
}

/**
 * Whether a string of the event holds what SQS refuses or UTF-8 has no bytes for, however it is written: no page says
 * that EventBridge keeps escapes, and what it sends without them is lost, past its dead-letter queue too.
 */
function mayBeLost(json: string): boolean {
  if (!/[\ufffe\uffff]|\\u(?:fff[ef]|d[89a-f])/i.test(json)) return false;
  const text = json.replaceAll(/\\(?:u([0-9a-f]{4})|.)/gi, (_, code) =>
    code === undefined ? " " : String.fromCharCode(Number.parseInt(code, 16)),
  );
  return !text.isWellFormed() || /[\ufffe\uffff]/.test(text);
}
